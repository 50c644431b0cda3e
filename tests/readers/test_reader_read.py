"""The one entry: options, notes and errors that every file meets."""

from __future__ import annotations

import io
import os
import pickle
import sys
import threading
from pathlib import Path

import pytest
import shop
from hypothesis import given
from hypothesis import strategies as st

from cslint.readers import ReadNotes, ReadOptions, UnreadableError, read

NAMES = ("a.txt", "a.md", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.yaml", "a.toml", "a.html", "a.xls", "a.xlsx", "-")
PIECES = st.sampled_from(
    [
        "【买家】:",
        "【小花】\uff1a",
        "买家:",
        "客服:",
        "会话ID,角色,内容\n",
        "标题\t详情\n",
        "version 1.00\n",
        "第二篇:x\n",
        '"',
        ",",
        "\t",
        "\n",
        "\r",
        "{",
        "}",
        "[",
        "]",
        ":",
        '"text"',
        "\\u4e",
        "\\",
        "亲",
        "一、",
        "好",
        " ",
        "2024-1-2 9:05",
        "小花 2024-1-2 9:05:03\n",
        "\n9:05:03\n",
        "<p>",
        "</b>",
        "<table><tr><td>",
        "<!--",
        "<?xml version='1.0'?>",
        "&amp;",
        "**",
        "![",
        "](",
        "a: ",
        "- ",
        "|\n",
        "= ",
        '"""',
        "[[",
        "#",
    ]
)


def test_reads_a_file_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "话术.txt"
    path.write_bytes("亲,您好".encode("gbk"))
    (unit,) = read(path)
    assert (unit.text, unit.path) == ("亲,您好", str(path))
    (unit,) = read(str(path), data="换了".encode(), encoding="utf-8")
    assert unit.text == "换了"


def test_reads_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("【买家】:在吗\n【小花】:在的".encode())))
    assert [(u.path, u.role) for u in read("-")] == [("-", "customer"), ("-", "agent")]


def test_what_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        list(read(tmp_path / "nowhere.txt"))
    with pytest.raises(UnreadableError, match="cannot be read"):
        list(read(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="has no named pipes in its folders")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "chat.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=("角色,内容\n客服,亲\n".encode(),))
    writer.start()
    (unit,) = read(pipe)
    writer.join()
    assert (unit.role, unit.text) == ("agent", "亲")


def test_a_workbook_is_read_from_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    data = shop.workbook({"聊天": [list(row) for row in shop.TABLE]})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [(u.path, u.cell) for u in read("-")] == [("-", "E2"), ("-", "E3")]


def test_an_empty_buffer_has_no_units_and_an_empty_file_is_no_export(tmp_path: Path) -> None:
    assert list(read("a.txt", data=b"")) == []
    (tmp_path / "a.txt").touch()
    with pytest.raises(UnreadableError, match="the file is empty"):
        list(read(tmp_path / "a.txt"))


def test_options_and_what_is_given_beside_them() -> None:
    options = ReadOptions(unit="public", agents=("小花",))
    text = "发送人,内容\n小花,亲\n小美,亲\n".encode()
    first = next(read("a.csv", data=text, options=options))
    assert (first.unit, first.role) == ("public", "agent")
    units = read("a.csv", data=text, options=options, agents=["小美"], unit="message")
    assert [(u.unit, u.role) for u in units] == [("message", "customer"), ("message", "agent")]


def test_bad_arguments_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="unknown unit 'chat'; expected auto, message, listing, public"):
        read("a.txt", unit="chat", data=b"")  # type: ignore[arg-type]


def test_notes_add_up_over_files_and_processes() -> None:
    notes = ReadNotes()
    for name, text in (
        ("a.txt", "【买家】:在吗\n【阿美】:在\n【阿强】:在"),
        ("b.txt", "亲"),
        ("c.md", "亲"),
        ("d.csv", "x\n好"),
    ):
        list(read(name, data=text.encode(), notes=notes))
    assert (notes.files, notes.units, notes.unknown_roles) == (4, 7, 2)
    assert notes.guessed == {"message": 1, "public": 2, "listing": 1}
    assert notes.unrecognised == ["d.csv"]
    other = pickle.loads(pickle.dumps(notes))
    other.merge(notes)
    assert (other.files, other.units, other.unknown_roles, other.unrecognised) == (8, 14, 4, ["d.csv"] * 2)
    assert other.unknown_speakers == {"阿美": 2, "阿强": 2}


def test_a_kind_that_was_asked_for_is_no_guess() -> None:
    notes = ReadNotes()
    list(read("a.txt", data="亲".encode(), unit="listing", notes=notes))
    assert notes.guessed == {}


def test_a_file_that_fails_is_not_counted_as_read() -> None:
    notes = ReadNotes()
    with pytest.raises(UnreadableError):
        list(read("a.json", data=b"{", notes=notes))
    assert notes.files == 0


@given(st.lists(PIECES, max_size=20), st.sampled_from(NAMES))
def test_any_text_is_read_or_refused(parts: list[str], name: str) -> None:
    assert_read_or_refused("".join(parts).encode(), name)


@given(st.binary(max_size=60), st.sampled_from(NAMES))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    assert_read_or_refused(data, name)


def assert_read_or_refused(data: bytes, name: str) -> None:
    units, problem = [], ""
    try:
        for unit in read(name, data=data):
            units.append(unit)
    except UnreadableError as error:
        problem = str(error)
    assert not problem or problem.startswith(f"{name}: ")
    for unit in units:
        assert unit.text.strip()
        assert unit.path == name
        place = unit.place(0, len(unit.text))
        assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)
