"""Laws of fixing a file: it reads back as it should, keeps encoding, mark and line ends, and is written whole or not at all."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslint import Finding, Suggestion
from cslint.fixer.atomic import write_atomically
from cslint.fixer.files import FixedFile, fix_file
from cslint.readers import read


def fix(
    data: bytes, path: str, table: dict[str, str], *, unsafe: bool = False, encoding: str | None = None
) -> FixedFile:
    """Fix with a check that finds the words of a table, each with one safe rewrite."""

    def units(now: bytes):
        return list(read(path, data=now, encoding=encoding))

    def check(now: bytes) -> list[Finding]:
        findings = []
        for unit in units(now):
            for word, rewrite in table.items():
                start = unit.text.find(word)
                while start >= 0:
                    end = start + len(word)
                    findings.append(
                        Finding(
                            rule="OWN001",
                            name="own",
                            group="own",
                            severity="error",
                            confidence="exact",
                            start=start,
                            end=end,
                            matched=word,
                            term=word,
                            message="",
                            why="",
                            place=unit.place(start, end),
                            suggestions=(Suggestion(rewrite, "safe"),),
                            fingerprint="",
                        )
                    )
                    start = unit.text.find(word, end)
        return findings

    return fix_file(path, data, encoding=encoding, check=check, read=units, unsafe=unsafe)


AWKWARD = ['"', "'", ",", "\\", "&", "<b>", "\n", "\t", "，", "👍", "a: b", "#", "{x}", ""]


class TestFormats:
    @pytest.mark.parametrize("rewrite", ["很好", *AWKWARD])
    @pytest.mark.parametrize("row", ["绝佳,x", 'x,"说""绝佳""的"', "x,绝佳", '"绝佳\n绝佳",绝佳'])
    def test_csv(self, rewrite, row):
        before = f"标题,卖点\r\n{row}\r\n普通,普通\r\n"
        result = fix(before.encode(), "a.csv", {"绝佳": rewrite})
        rows = list(csv.reader(io.StringIO(before, newline="")))
        expected = [[cell.replace("绝佳", rewrite) for cell in cells] for cells in rows]
        after = list(csv.reader(io.StringIO(result.data.decode(), newline="")))
        if result.applied:
            assert after == expected
        else:
            assert after == rows
        if rewrite.strip() and rewrite != "<b>":  # a blank cell is no text any more, one with tags another text
            assert result.applied

    @pytest.mark.parametrize("rewrite", ["很好", *AWKWARD])
    @pytest.mark.parametrize(
        "text",
        ['[{"reply": "说\\"绝佳\\"的"}, {"reply": "\\u7edd\\u4f73"}]', '[{"reply": "绝佳\\n绝\\u4f73", "x": 1}]'],
    )
    def test_json(self, rewrite, text):
        result = fix(text.encode(), "a.json", {"绝佳": rewrite})
        before, after = json.loads(text), json.loads(result.data)
        expected = json.loads(text, object_hook=lambda o: {k: _said(v, rewrite) for k, v in o.items()})
        if rewrite.strip():
            assert after == expected
        else:  # a string that is blank would be no text any more
            assert all(a["reply"] in (b["reply"], e["reply"]) for a, b, e in zip(after, before, expected, strict=True))

    def test_json_in_ascii_stays_in_ascii(self):
        data = b'["\\u7edd\\u4f73"]'
        assert fix(data, "a.json", {"绝佳": "很好"}).data == b'["\\u5f88\\u597d"]'

    def test_jsonl(self):
        data = '{"text": "绝佳"}\n{"text": "x"}\n{"text": "绝佳"}\n'.encode()
        assert fix(data, "a.jsonl", {"绝佳": '"好"'}).data.decode().splitlines() == [
            '{"text": "\\"好\\""}', '{"text": "x"}', '{"text": "\\"好\\""}',
        ]  # fmt: skip

    def test_a_chat_stays_a_chat(self):
        before = "【买家】：绝佳吗\n【小美】：绝佳\n绝佳的\n"
        assert fix(before.encode(), "a.txt", {"绝佳": "很好"}).data.decode() == before.replace("绝佳", "很好")
        result = fix(before.encode(), "a.txt", {"绝佳的": "【买家】：好"})  # would make another turn of it
        assert (result.data, result.applied) == (before.encode(), ())

    def test_what_cannot_be_written_is_left_and_the_rest_is_fixed(self):
        before = "一行绝佳\n二行绝妙\n"
        result = fix(before.encode(), "a.txt", {"绝佳": "两\n行", "绝妙": "很好"})
        assert result.data.decode() == "一行绝佳\n二行很好\n"
        assert [f.matched for f in result.applied] == ["绝妙"]


def _said(value: object, rewrite: str) -> object:
    return value.replace("绝佳", rewrite) if isinstance(value, str) else value


class TestBytes:
    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n\r\n", ""])
    @pytest.mark.parametrize(
        ("mark", "codec"),
        [
            (b"", "utf-8"),
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (b"", "utf-16-le"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (b"", "gb18030"),
        ],
    )
    def test_encoding_mark_and_line_ends_stay(self, mark, codec, ends):
        text = f"标题这里绝佳的款式{ends}第二行普通文字{ends}第三行绝佳{ends}"
        data = mark + text.encode(codec)
        result = fix(data, "a.txt", {"绝佳": "很好"}, encoding=codec if codec == "utf-16-le" else None)
        assert result.problem == ""
        assert result.data == mark + text.replace("绝佳", "很好").encode(codec)

    def test_what_the_encoding_cannot_hold_is_left(self):
        data = "绝佳,绝妙的文字\n".encode("gbk")
        result = fix(data, "a.txt", {"绝佳": "👍", "绝妙": "很好"}, encoding="gbk")
        assert result.data.decode("gbk") == "绝佳,很好的文字\n" or result.data == data
        assert b"?" not in result.data

    def test_bytes_that_would_not_survive_are_left_alone(self):
        data = codecs.BOM_UTF8 + "绝佳".encode()
        result = fix(
            b"\x84\x31\x95\x33" + "绝佳的文字".encode("gb18030"), "a.txt", {"绝佳": "很好"}, encoding="gb18030"
        )
        assert "not what gb18030 writes" in result.problem
        assert fix(data, "a.txt", {"绝佳": "很好"}, encoding="utf-8").data == codecs.BOM_UTF8 + "很好".encode()

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.sampled_from(["绝佳", "好", ",", '"', "\n", "\r\n", "a", "👍", "，", " ", "\t", "\ufeff"]), max_size=20).map("".join),
        st.sampled_from(["a.csv", "a.txt", "a.md", "a.tsv"]),
        st.sampled_from(["很好", "很,好", '"好"', "'好'"]),
    )  # fmt: skip
    def test_nothing_outside_the_spans_changes(self, text, path, rewrite):
        from cslint.readers import UnreadableError

        data = text.encode()
        try:
            before = [unit.text for unit in read(path, data=data)]
        except UnreadableError:
            return
        result = fix(data, path, {"绝佳": rewrite})
        after = [unit.text for unit in read(path, data=result.data)]
        assert len(after) == len(before)
        assert all(b in (a, a.replace("绝佳", rewrite)) for a, b in zip(before, after, strict=True))
        again = fix(result.data, path, {"绝佳": rewrite})
        assert (again.data, again.applied) == (result.data, ())


class TestAtomic:
    def test_a_failure_leaves_the_old_file_and_nothing_else(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        path.write_text("old", encoding="utf-8")

        def power_cut(*_arguments):
            raise OSError("power cut")

        for name in ("replace", "fsync", "fdopen"):
            with monkeypatch.context() as patch:
                patch.setattr(os, name, power_cut)
                with pytest.raises(OSError, match="power cut"):
                    write_atomically(path, b"new")
            assert path.read_bytes() == b"old"
            assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]

    def test_the_new_file_is_whole_before_it_takes_the_name(self, tmp_path, monkeypatch):
        path = tmp_path / "a.txt"
        path.write_text("old", encoding="utf-8")
        seen = []

        def replace(source, target):
            seen.append((Path(source).read_bytes(), Path(target).read_bytes()))

        monkeypatch.setattr(os, "replace", replace)
        write_atomically(path, b"new")
        assert seen == [(b"new", b"old")]

    @pytest.mark.skipif(os.name == "nt", reason="Windows has neither these modes nor links for all")
    def test_permissions_and_links_stay(self, tmp_path):
        path, link = tmp_path / "a.txt", tmp_path / "link.txt"
        path.write_text("old", encoding="utf-8")
        path.chmod(0o640)
        link.symlink_to(path)
        write_atomically(link, b"new")
        assert link.is_symlink()
        assert path.read_bytes() == b"new"
        assert path.stat().st_mode & 0o777 == 0o640

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
    def test_a_new_file_is_as_others_are(self, tmp_path):
        before = os.umask(0o027)
        try:
            write_atomically(tmp_path / "new.txt", b"new")
        finally:
            os.umask(before)
        assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o640
