"""The CSV reading is the csv module's, and every cell knows its place."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cslint.model import Unit
from cslint.readers import Source, UnreadableError
from cslint.readers.delimited import records, sniff_delimiter

ALPHABET = 'ab亲, \t\r\n";'


def expected(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(st.text(st.sampled_from(ALPHABET), max_size=40), st.sampled_from(",\t;"))
def test_reads_what_the_csv_module_reads(text: str, delimiter: str) -> None:
    try:
        found = [[cell.text for cell in record] for record in records(Source(text), delimiter)]
    except UnreadableError:
        assume(False)
    assert found == expected(text, delimiter)


@given(st.lists(st.lists(st.text(st.sampled_from(ALPHABET), max_size=8), min_size=1), max_size=5), st.booleans())
def test_every_character_of_a_cell_has_its_place(rows: list[list[str]], quote_all: bool) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerows(rows)
    source = Source(out.getvalue())
    found = list(records(source))
    assert [[cell.text for cell in record] for record in found] == expected(source.text, ",")
    for cell in (cell for record in found for cell in record):
        unit = Unit(cell.text, anchors=source.anchors(cell.text, cell.joints, cell.end))
        places = [source.offset(*unit.position(at)) for at in range(len(cell.text))]
        assert [source.text[place] for place in places] == list(cell.text)
        assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\n", [["a", "b"]]),
        ("a,\n", [["a", ""]]),
        ("a,", [["a", ""]]),
        ('""\n', [[""]]),
        ("\n\na", [[], [], ["a"]]),
        ('"a"b,c', [["ab", "c"]]),
        ('a"b",c', [['a"b"', "c"]]),
        ('"a\r\nb"\r\nc', [["a\r\nb"], ["c"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_the_corners(text: str, cells: list[list[str]]) -> None:
    assert [[cell.text for cell in record] for record in records(Source(text))] == cells == expected(text, ",")


def test_a_quote_that_is_never_closed_is_an_error_with_its_place() -> None:
    with pytest.raises(UnreadableError, match=r"line 2, column 3: the quoted cell that begins here is never closed"):
        list(records(Source('a,b\n1,"亲\n2,好\n', "x.csv")))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("会话ID,内容\n", ","),
        ("会话ID\t内容\n", "\t"),
        ("会话ID;内容\n", ";"),
        ("version 1.00\ntitle\tcid\n", "\t"),
        ("聊天记录导出\n时间,内容\n", ","),
        ("话术\n亲;您好;在的\n", ","),
        ('"a;b;c",d\n', ","),
        ("亲您好\n", ","),
    ],
)
def test_the_delimiter_is_that_of_the_header(text: str, delimiter: str) -> None:
    assert sniff_delimiter(Source(text), ",") == delimiter
