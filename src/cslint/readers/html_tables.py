"""Tables of HTML under the name of a workbook, as back offices export them: rows and cells with places in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..model import Unit
from .cells import Cell, Row, column_name
from .html_text import pieces
from .notes import ReadNotes
from .options import ReadOptions
from .pages import read_html, unit_of
from .roles import settle
from .sheets import Table, read_tables
from .source import Joint, Source, through
from .spans import Piece, joined

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b", re.IGNORECASE
)
_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>table|tr|td|th)\b(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>", re.IGNORECASE
)
_WIDEST = 256  # columns that one cell may span
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)


def is_html(opening: str) -> bool:
    """Whether a text opens as a page does."""
    return _OPENING.match(opening) is not None


def read_html_tables(source: Source, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The rows of all tables, numbered through; if no column in them is known, the page as a page."""
    rows = list(_rows(source))
    own = ReadNotes()
    found = list(read_tables([Table(None, lambda: iter(rows))], source.path, options, own))
    if own.unrecognised or not rows:
        yield from read_html(source, options)
        return
    notes.merge(own)
    yield from _round_tables(source, options)
    yield from settle(found, options.agents)


def _round_tables(source: Source, options: ReadOptions) -> Iterator[Unit]:
    """What stands above the first table and below the last: the export's own words."""
    tags = [tag for tag in _TAG.finditer(source.text) if tag["name"].lower() == "table"]
    if tags:
        for start, end in ((0, tags[0].start()), (tags[-1].end(), len(source.text))):
            for text, joints, last, field in pieces(source.text[start:end]):
                moved = Piece(text, through(joints, len(text), (Joint(0, start),)), start + last, field)
                unit = unit_of(source, moved, options)
                yield msgspec.structs.replace(unit, unit=options.kind("message"), role="system")


def _rows(source: Source) -> Iterator[Row]:
    cells: list[Cell] = []
    number, nested, start, wide = 0, 0, -1, 1
    for tag in _TAG.finditer(source.text):
        name, closing = tag["name"].lower(), bool(tag["closing"])
        if start >= 0 and name == "table" and (nested or not closing):
            nested += -1 if closing else 1
            continue
        if nested:
            continue  # a table inside a cell is the cell's text
        if start >= 0:
            cells.extend(_cell(source, start, tag.start(), number + 1, len(cells), wide))
            start = -1
        if name in ("td", "th") and not closing:
            start = tag.end()
            span = _SPAN.search(tag["rest"])
            wide = min(int(span[1]), _WIDEST) if span else 1
        elif name in ("tr", "table") and cells:
            number += 1
            yield Row(number, cells)
            cells = []
    if cells:
        yield Row(number + 1, cells)


def _cell(source: Source, start: int, end: int, row: int, at: int, wide: int) -> list[Cell]:
    name = f"{column_name(at)}{row}"
    seen = list(pieces(source.text[start:end]))
    rest = [Cell("", name=f"{column_name(at + more)}{row}") for more in range(1, wide)]
    if not seen:
        return [Cell("", name=name), *rest]
    text, joints, last, _ = joined(seen)
    outer = (Joint(0, start),)
    return [Cell(text, start, start + last, source, name, marks=through(joints, len(text), outer)), *rest]
