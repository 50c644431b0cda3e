"""Suppressions: comments and cslint-ignore.toml, what they cover, and what is said of those that cover nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

COVERED = "加我微信"


@pytest.fixture
def check(cslint):
    """Check one file of this text; the findings as `line rule`."""

    def found(text: str, name: str = "a.md", *more: str) -> list[str]:
        Path(name).write_text(text, encoding="utf-8")
        outcome = cslint("check", name, "--unit", "public", "-f", "json", *more)
        assert outcome.code in (0, 1), outcome.err
        return [f"{f['place']['line']} {f['rule']}" for f in json.loads(outcome.out)["findings"]]

    return found


class TestComments:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("加我微信 <!-- cslint: ignore[TPP001] 品牌 -->", []),
            ("加我微信 <!--cslint:ignore[third-party]-->", []),
            ("加我微信 <!-- cslint: ignore[TPP] x -->\n加我微信", ["2 TPP001"]),
            ("<!-- cslint: ignore-next-line[third-party-wechat] x -->\n加我微信\n加我微信", ["3 TPP001"]),
            (
                "加我微信\n<!-- cslint: ignore-start[TPP001] x -->\n加我微信\n加我微信\n<!-- cslint: ignore-end -->\n加我微信",
                ["1 TPP001", "6 TPP001"],
            ),
            ("加我微信\n<!-- cslint: ignore-file[TPP001] x -->\n加我微信", []),
            ("加我微信，全网最低价 <!-- cslint: ignore[TPP001, ABS001] x -->", []),
            ("加我微信 <!-- cslint: ignore[ABS001] x -->", ["1 SUP001", "1 TPP001"]),
            ("您好 <!-- cslint: ignore[TPP001] 全网最低价 -->", ["1 SUP001"]),  # its reason is no text of the shop
            ("`<!-- cslint: ignore[TPP001] -->`加我微信", ["1 TPP001"]),
            ("```\n<!-- cslint: ignore-file[TPP001] -->\n```\n加我微信", ["4 TPP001"]),
            ("加我微信 <!-- cslint: ignore -->", ["1 SUP002", "1 TPP001"]),
            ("加我微信 <!-- cslint: ignore[TPP999] x -->", ["1 SUP002", "1 TPP001"]),
            ("加我微信 <!-- cslint: ingore[TPP001] x -->", ["1 SUP002", "1 TPP001"]),
            ("<!-- cslint: ignore-start[TPP001] x -->\n加我微信", ["1 SUP002"]),
            ("<!-- cslint: ignore-end -->", ["1 SUP002"]),
            ("您好 <!-- see cslint: ignore[TPP001] -->", []),
        ],
    )
    def test_markdown(self, check, text, expected):
        assert sorted(check(text)) == sorted(expected)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("<p>加我微信</p> <!-- cslint: ignore[TPP001] x -->", []),
            ('<p title="<!-- cslint: ignore[TPP001] -->">加我微信</p>', ["1 TPP001"]),
            ("<script>var a = '<!-- cslint: ignore-file[TPP001] -->'</script>\n<p>加我微信</p>", ["2 TPP001"]),
        ],
    )
    def test_html(self, check, text, expected):
        assert check(text, "a.html") == expected

    def test_a_comment_in_yaml_and_a_value_that_looks_like_one(self):
        from cslint.readers import Source
        from cslint.suppression.comments import comments

        text = (
            'a: "# cslint: ignore[A] no"  # cslint: ignore[B] yes\n'
            "b: |\n  # cslint: ignore[C] no\n# cslint: ignore[D] yes\nc: x#cslint no\n"
        )
        found = [text[c.start : c.end] for c in comments(Source(text, "a.yaml"))]
        assert found == ["# cslint: ignore[B] yes", "# cslint: ignore[D] yes"]

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("a.toml", 'a = "# cslint: 1" # cslint: 2\nb = """\n# cslint: 3\n"""\r\n# cslint: 4\r\n', ["# cslint: 2", "# cslint: 4"]),
            ("a.jsonc", '{"a": "// cslint: 1", /* // cslint: 2 */ "b": 1} // cslint: 3\n', ["// cslint: 3"]),
            ("a.json", "// cslint: 1", []),
            ("a.csv", "# cslint: 1", []),
            ("a.txt", "# cslint: 1 <!-- cslint: 2 --> // cslint: 3", []),
        ],
    )  # fmt: skip
    def test_only_real_comments(self, name, text, expected):
        from cslint.readers import Source
        from cslint.suppression.comments import comments

        assert [text[c.start : c.end] for c in comments(Source(text, name))] == expected

    @pytest.mark.parametrize("name", ["chat.txt", "chat.csv", "chat.jsonl", "chat.json"])
    def test_stray_text_suppresses_nothing(self, check, name):
        order = "# cslint: ignore-file[TPP001] x <!-- cslint: ignore[TPP001] --> // cslint: ignore[TPP001]"
        text = f"加我微信 {order}"
        text = {"chat.jsonl": json.dumps({"reply": text}), "chat.json": json.dumps([text])}.get(name, text)
        assert check(text, name) == ["1 TPP001"]

    def test_the_reason_reaches_sarif(self, cslint):
        Path("a.md").write_text("加我微信 <!-- cslint: ignore[TPP001] 已报备 -->", encoding="utf-8")
        code, out, _ = cslint("check", "a.md", "-f", "sarif")
        (result,) = json.loads(out)["runs"][0]["results"]
        assert code == 0
        assert result["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "已报备"}]

    def test_they_are_counted_and_the_run_is_not_called_clean(self, cslint):
        Path("a.md").write_text("加我微信 <!-- cslint: ignore[TPP001] x -->", encoding="utf-8")
        code, out, _ = cslint("check", "a.md", "--lang", "en")
        assert (code, out) == (0, "1 finding suppressed (comment or cslint-ignore.toml).\n")


class TestUnused:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ([], ["1 SUP001"]),
            (["--select", "TPP"], []),
            (["--select", "TPP,SUP"], ["1 SUP001"]),
            (["--ignore", "SUP001"], []),
            (["--ignore", "unused-suppression"], []),
            (["--ignore", "TPP"], []),  # not looked for, so not unused
        ],
    )
    def test_is_said_where_it_can_be_known(self, check, arguments, expected):
        assert check("您好 <!-- cslint: ignore[TPP001] x -->", "a.md", *arguments) == expected

    def test_what_depends_on_the_platform_is_not_unused_without_one(self, check):
        text = "您好 <!-- cslint: ignore[TPP002] x -->"
        assert check(text) == []
        assert check(text, "a.md", "-p", "taobao") == []
        assert check(text, "a.md", "-p", "pdd") == ["1 SUP001"]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("您好 <!-- cslint: ignore[TPP001] x -->\n谢谢\n", "您好\n谢谢\n"),
            ("您好\r\n  <!-- cslint: ignore[TPP001] x -->  \r\n谢谢\r\n", "您好\r\n谢谢\r\n"),
            ("您<!-- cslint: ignore[TPP001] x -->好", "您好"),
            (
                "加我微信 <!-- cslint: ignore[TPP001, ABS001] x -->",
                "加我微信 <!-- cslint: ignore[TPP001] x -->",
            ),
            ("a\n<!-- cslint: ignore-start[TPP001] x -->\nb\n<!-- cslint: ignore-end -->\nc", "a\nb\nc"),
        ],
    )
    def test_fix(self, cslint, before, after):
        Path("a.md").write_bytes(before.encode())
        assert cslint("check", "a.md", "--unit", "public", "--fix").code == 0
        assert Path("a.md").read_bytes().decode() == after

    def test_the_rule_is_explained(self, cslint):
        out = cslint("rule", "SUP001", "--lang", "en").out
        assert "unused-suppression" in out
        assert cslint("rule", "invalid-suppression").code == 0


SIDECAR = '[[ignore]]\nrule = "{}"\ntext = "{}"\nreason = "已报备"\n'


class TestSidecar:
    @pytest.mark.parametrize(
        ("rule", "text"),
        [
            ("TPP001", "微信"),
            ("third-party", "加我微信"),
            ("TPP", " 请 加我微 信 "),
            ("third-party-wechat", "請加我微信"[1:]),
        ],
    )
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.csv", "话术\n请加我微信\n"),
            ("a.csv", '话术\n"请加我\n您好""请加我微信"""\n'),
            ("a.json", '[{"reply": "请加我微\\u4fe1"}]'),
            ("a.txt", "请加我微信"),
        ],
    )
    def test_covers_by_rule_and_words(self, check, rule, text, name, content):
        Path("cslint-ignore.toml").write_text(SIDECAR.format(rule, text), encoding="utf-8")
        assert check(content, name) == []

    @pytest.mark.parametrize(
        ("rule", "text"), [("ABS", "微信"), ("TPP001", "微"), ("TPP001", "谢谢微信"), ("TPP001", "淘宝")]
    )
    def test_covers_nothing_else(self, check, rule, text):
        Path("cslint-ignore.toml").write_text(SIDECAR.format(rule, text), encoding="utf-8")
        assert check("请加我微信", "a.txt") == ["1 TPP001"]

    def test_path_and_width(self, check):
        entry = SIDECAR.format("TPP001", "ｗｘ") + 'path = "in/*.csv"\n'
        Path("cslint-ignore.toml").write_text(entry, encoding="utf-8")
        Path("in").mkdir()
        assert check("话术\n加我WX\n", "a.csv") == ["2 TPP001"]
        assert check("话术\n加我WX\n", "in/a.csv") == []

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ('[[ignore]]\nrule = "TPP001"\ntext = "微信"\n', "cslint-ignore.toml:1:1: the entry has no reason"),
            ('[[ignore]]\nrule = "TPP001"\ntext = "微信"\nreason = " "\n', "the entry has no reason"),
            ('[[ignore]]\nrule = "TPX"\ntext = "a"\nreason = "b"\n', "cslint-ignore.toml:2:9: no rule 'TPX'"),
            ('[[ignore]]\nrle = "TPP001"\ntext = "a"\nreason = "b"\n', "cslint-ignore.toml:2:1: unknown key 'rle'"),
            ('[[ignor]]\nrule = "a"\n', "cslint-ignore.toml: "),
            ("ignore = 1", "cslint-ignore.toml: "),
            ("[[ignore]", "not TOML"),
        ],
    )
    def test_mistakes_are_2(self, cslint, content, message):
        Path("cslint-ignore.toml").write_text(content, encoding="utf-8")
        Path("a.txt").write_text("加我微信", encoding="utf-8")
        code, _, err = cslint("check", "a.txt")
        assert code == 2
        assert message in err

    def test_unused_entries_are_found_where_the_run_can_know(self, cslint):
        one = SIDECAR.format("TPP001", "没有的词") + 'path = "a.txt"\n'
        Path("cslint-ignore.toml").write_text(one + SIDECAR.format("ABS", "也没有"), encoding="utf-8")
        Path("a.txt").write_text("您好", encoding="utf-8")
        Path("b.txt").write_text("您好", encoding="utf-8")

        def found(*arguments: str) -> list[str]:
            out = cslint("check", *arguments, "-f", "concise", "--quiet").out
            return [line.split(" ")[0] for line in out.splitlines()]

        assert found("b.txt") == []
        assert found("a.txt") == ["cslint-ignore.toml:1:1:"]
        assert found(".") == ["cslint-ignore.toml:1:1:", "cslint-ignore.toml:6:1:"]
        assert found(".", "--select", "TPP,SUP") == ["cslint-ignore.toml:1:1:"]

    def test_fix_takes_out_what_is_unused_and_nothing_else(self, cslint):
        keep = "# why\n" + SIDECAR.format("TPP001", "微信") + "\n"
        text = "\ufeff# head\n\n" + SIDECAR.format("ABS", "没有") + "\n" + keep + SIDECAR.format("TPP", "也没有")
        Path("cslint-ignore.toml").write_bytes(text.replace("\n", "\r\n").encode())
        Path("a.txt").write_text("加我微信", encoding="utf-8")
        assert cslint("check", ".", "--fix").code == 0
        expected = ("\ufeff# head\n\n" + keep).replace("\n", "\r\n").encode()
        assert Path("cslint-ignore.toml").read_bytes() == expected
        assert cslint("check", ".", "--fix").code == 0
        assert Path("cslint-ignore.toml").read_bytes() == expected

    def test_isolated_reads_none(self, cslint):
        Path("cslint-ignore.toml").write_text(SIDECAR.format("TPP001", "微信"), encoding="utf-8")
        Path("a.txt").write_text("加我微信", encoding="utf-8")
        assert cslint("check", "a.txt").code == 0
        assert cslint("check", "a.txt", "--isolated").code == 1
