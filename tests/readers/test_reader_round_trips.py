"""Decode, units, places: whatever the content, each character of a unit stands in the file where the unit says."""

from __future__ import annotations

import html
import io
import json
import re
from typing import Any

import openpyxl
import pytest
import shop
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cslint.model import Unit
from cslint.readers import Source, UnreadableError, decode, read, windows
from cslint.readers.options import ReadOptions

TRICKY = "亲好 aB1\"'\\,;\t\n#:-|>*_`[](){}<&%\u3000\u200b😀国"


def is_no_html(text: str) -> bool:
    """HTML in a cell or a value is read as what is seen of it; it has tests of its own."""
    return html.unescape(text) == text and not re.search(r"<[/!A-Za-z][^>]*>", text)


TEXT = st.text(st.sampled_from(TRICKY), min_size=1, max_size=20).filter(str.strip).filter(is_no_html)
TEXTS = st.lists(TEXT, min_size=1, max_size=4)
ENCODING = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"])
END = st.sampled_from(["\n", "\r\n", "\r"])


def raw_of(source: Source, unit: Unit, at: int) -> str:
    """What stands in the file for one character."""
    place = unit.place(at, at + 1)
    start, end = source.offset(place.line, place.column), source.offset(place.end_line, place.end_column)
    return source.text[start:end]


def units_of(name: str, text: str, encoding: str = "utf-8", **options: Any) -> tuple[Source, list[Unit]]:
    data = text.encode(encoding)
    return Source(decode(data)[0]), list(read(name, data=data, **options))


def assert_seen(source: Source, unit: Unit, *escaped: str) -> None:
    """Every character that is no blank is in the file as it is, or as an escape that begins with one of ``escaped``."""
    for at, character in enumerate(unit.text):
        raw = raw_of(source, unit, at)
        if not character.isspace():
            assert raw == character or raw.startswith(escaped or ("\0",)), (unit.text, at, raw)


@given(TEXTS, ENCODING, END, st.sampled_from("\t,;"))
def test_delimited(texts: list[str], encoding: str, end: str, mark: str) -> None:
    table = [["标题", "备注", "详情"], *([text, "x", text] for text in texts)]
    text = shop.csv([[cell.replace("<", "(").replace("&", "+") for cell in row] for row in table], mark, end)
    source, units = units_of("a.csv", text, encoding)
    assert [unit.text for unit in units] == [
        row[at].replace("<", "(").replace("&", "+") for row in table[1:] for at in (0, 2)
    ]
    for unit in units:
        for at, character in enumerate(unit.text):
            assert raw_of(source, unit, at) == ('""' if character == '"' else character)


@given(TEXTS, ENCODING)
def test_html_in_cells(texts: list[str], encoding: str) -> None:
    cells = [f'<p class="x">{html.escape(text)}</p>' for text in texts]
    source, units = units_of("a.csv", shop.csv([["标题", "详情"], *(["新款", cell] for cell in cells)]), encoding)
    details = [unit for unit in units if unit.field == "详情"]
    assert [unit.text.split() for unit in details] == [text.split() for text in texts]
    for unit in details:
        assert_seen(source, unit, "&", '""')


@given(TEXTS, ENCODING, END)
def test_html(texts: list[str], encoding: str, end: str) -> None:
    body = end.join(f"<div><!-- 微信 --><b>{html.escape(text)}</b><i>尾</i></div>" for text in texts)
    source, units = units_of("a.html", f"<html><script>微信</script>{end}{body}</html>", encoding)
    assert [unit.text.split() for unit in units] == [f"{text}尾".split() for text in texts]
    for unit in units:
        assert_seen(source, unit, "&")


@given(TEXTS, ENCODING, END)
def test_markdown(texts: list[str], encoding: str, end: str) -> None:
    plain = [
        text.translate({ord(sign): "" for sign in "\\*_`[](){}<&|>#-\t\n:'\"+="}).strip() or "亲" for text in texts
    ]
    lines = [f"- **{text}**尾 [链接](http://x.cn/微信)" for text in plain]
    source, units = units_of("a.md", end.join(lines), encoding)
    assert [unit.text for unit in units] == [f"{text}尾 链接" for text in plain]
    for unit in units:
        assert_seen(source, unit)


@given(st.dictionaries(st.sampled_from(["a", "b", "标题", "甲/乙"]), st.one_of(TEXT, TEXTS), min_size=1), ENCODING)
def test_json(document: dict[str, Any], encoding: str) -> None:
    for ascii_only in (False, True):
        written = json.dumps(document, ensure_ascii=ascii_only, indent=2)
        source, units = units_of("a.json", written, encoding)
        expected = [text for value in document.values() for text in ([value] if isinstance(value, str) else value)]
        assert [unit.text for unit in units] == expected
        for unit in units:
            assert "".join(json.loads(f'"{raw_of(source, unit, at)}"') for at in range(len(unit.text))) == unit.text


@example({"a": " &11;"}, None, False, 5)  # no reference, so no HTML
@given(
    st.dictionaries(st.sampled_from(["a", "b", "标题"]), st.one_of(TEXT, TEXTS), min_size=1),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.sampled_from([5, 20, 1000]),
)
def test_yaml(document: dict[str, Any], style: str | None, allow_unicode: bool, width: int) -> None:
    written = yaml.safe_dump(document, default_style=style, allow_unicode=allow_unicode, width=width)
    loaded = yaml.safe_load(written)  # folded texts do not always come back as they went
    source, units = units_of("a.yaml", written)
    expected = [text for value in loaded.values() for text in ([value] if isinstance(value, str) else value)]
    assert sorted(unit.text for unit in units) == sorted(text for text in expected if text.strip())
    for unit in units:
        assert_seen(source, unit, "\\", "''")


@given(TEXTS, st.booleans())
def test_toml(texts: list[str], multiline: bool) -> None:
    quote = '"""' if multiline else '"'
    written = "".join(f"k{at} = {quote}{_toml(text)}{quote} # 微信\n" for at, text in enumerate(texts))
    source, units = units_of("a.toml", written)
    assert [(unit.pointer, unit.text) for unit in units] == [(f"/k{at}", text) for at, text in enumerate(texts)]
    for unit in units:
        assert_seen(source, unit, "\\")


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


@given(TEXTS, ENCODING)
def test_code(texts: list[str], encoding: str) -> None:
    written = "".join(f"var x = {json.dumps(f'亲{text}', ensure_ascii=False)}; // 微信\n" for text in texts)
    source, units = units_of("a.js", written, encoding, options=ReadOptions(code=True))
    assert [unit.text for unit in units] == [f"亲{text}".strip() for text in texts]
    for unit in units:
        assert_seen(source, unit, "\\")


@given(TEXTS, st.integers(1, 5), st.integers(1, 30))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_workbooks(texts: list[str], left: int, top: int) -> None:
    texts = [text.replace("<", "(").replace("&", "+").lstrip("=") or "亲" for text in texts]
    data = shop.workbook({"甲": [["标题", "详情"], *(["新款", text] for text in texts)]}, left, top)
    units = [unit for unit in read("a.xlsx", data=data) if unit.field == "详情"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["甲"]
    assert [unit.text for unit in units] == [text for text in texts if text.strip()]
    assert [sheet[unit.cell].value for unit in units] == [unit.text for unit in units]
    assert [sheet[unit.cell].row for unit in units] == [unit.row for unit in units]


LINES = st.lists(
    st.sampled_from(["买家 2024-5-1 9:05:03", "小花 2024-5-1 9:05:04", "亲", "在吗", "好的", ""]), max_size=30
)


@given(LINES, END)
def test_windows_of_any_size_read_the_same(lines: list[str], end: str) -> None:
    chat = end.join(["买家 2024-5-1 9:05:01", "在吗", "小花 2024-5-1 9:05:02", "在的", *lines])
    texts = [line for line in lines if not line.endswith(("3", "4"))]
    table = shop.csv([["角色", "内容"], *(["客服", f'亲"{end}{line}'] for line in lines)], end=end)
    records = end.join(json.dumps({"role": "agent", "content": f"亲{line}"}, ensure_ascii=False) for line in lines)
    for name, text in (("a.txt", chat), ("b.csv", table), ("c.jsonl", records), ("d.txt", "亲" + end.join(texts))):
        whole = list(read(name, data=text.encode()))
        assert read_in_windows(name, text, 64) == whole


def read_in_windows(name: str, text: str, size: int) -> list[Unit]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(windows, "WINDOW", size)
        patched.setattr("cslint.readers.input.CHUNK", 7)
        return list(read(name, data=text.encode()))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=40), st.integers(1, 9))
def test_pieces_of_any_size_decode_the_same(text: str, size: int) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        data = ("亲," + text).encode(encoding)
        whole, cut = outcome(data), outcome(data[:-1])
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("cslint.readers.input.CHUNK", size)
            assert outcome(data) == whole
            assert outcome(data[:-1]) == cut


def outcome(data: bytes) -> tuple[str, str] | str:
    try:
        return decode(data)
    except UnreadableError as error:
        return str(error)
