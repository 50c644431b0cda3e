"""Rows under a header to units: chat exports, listings (also those of 淘宝助理) and tables of templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from ..model import Role, Unit
from .cells import Cell, Row
from .columns import Column, Layout, recognise
from .errors import UnreadableError
from .html_text import looks_like_html, pieces
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech
from .spans import joined
from .speakers import Saying, speech_of

HEADER_WITHIN = 10  # rows; exports and upload templates put a title or instructions above the header
_VERSION_ROW = re.compile(r"^version [\d.]+$")  # the first row of 淘宝助理
_LETTER = re.compile(r"[^\W\d_]")
_HEADER_CELL = 30  # code points
_SHOWN = 5  # rows that an error names
_REPEATED = 3  # rows of one length that make a column without a header


class Header(NamedTuple):
    """The header of a table: the numbers of its first and last row (from 1), its names and what they hold."""

    first: int
    row: int
    names: tuple[str, ...]
    layout: Layout

    @classmethod
    def of(cls, names: Sequence[str], options: ReadOptions) -> Header | None:
        """The header of columns that have names of their own, as in Parquet, and take no row."""
        layout = _layout(names, options)
        return cls(0, 0, tuple(names), layout) if layout is not None else None


class Sheet(NamedTuple):
    """What a table is part of: its file, the name of its sheet, and the conversation that this name stands for."""

    path: str
    name: str | None = None
    conversation: str | None = None


def read_rows(
    rows: Iterator[Row], sheet: Sheet, options: ReadOptions, notes: ReadNotes, header: Header | None = None
) -> Iterator[Speech | Unit]:
    """The texts of a table, drawn row by row; its header is looked for unless it is given.

    A chat table gives one message per row, with role, sender, time and conversation; any other known table one unit
    per text cell, with ``field`` the header. If no column is known every cell with letters is checked as ``public``.
    """
    opening: list[Row] = []
    if header is None:
        opening, header = find_header(rows, options)
    if header is None:
        if opening:
            notes.unrecognised.append(sheet.path)
        yield from every_cell(chain(opening, rows), sheet, options, "agent")
        return
    table = _Table(sheet, options, notes, header, _unnamed_columns(opening, header))
    above = [row for row in opening if row.number < header.first]
    yield from table.above(above)
    for row in chain((row for row in opening if row.number > header.row), rows):
        yield from table.texts_of(row)
    table.refuse_misfits()


def find_header(rows: Iterator[Row], options: ReadOptions) -> tuple[list[Row], Header | None]:
    """The first rows, taken from ``rows``, and the header among them, or None."""
    wanted = options.header_row
    opening = list(islice(rows, HEADER_WITHIN if wanted is None else wanted + 1))
    for at, row in enumerate(opening):
        if wanted is not None and row.number != wanted:
            continue
        names = _names(row)
        layout = _layout(names, options)
        if layout is None:
            continue
        below = _names(opening[at + 1]) if at + 1 < len(opening) else ()
        again = _layout(below, options)
        if again is not None and len(below) == len(names) and set(again.texts()) <= set(layout.texts()):
            return opening, Header(row.number, row.number + 1, below, layout)  # 淘宝助理: keys, then in Chinese
        return opening, Header(row.number, row.number, names, layout)
    return opening, None


def every_cell(rows: Iterator[Row], sheet: Sheet, options: ReadOptions, role: Role) -> Iterator[Unit]:
    """Every cell with letters, of a table in which no column is known."""
    kind = options.kind("message" if role == "system" else "public")
    for row in rows:
        for cell in row.cells:
            if _LETTER.search(cell.text) and not cell.merged:
                yield Unit(
                    cell.text, kind, role, sheet.path, cell.anchors(), row=row.number, sheet=sheet.name, cell=cell.name
                )


def _names(row: Row) -> tuple[str, ...]:
    return tuple(cell.text.strip() for cell in row.cells)


def _layout(names: Sequence[str], options: ReadOptions) -> Layout | None:
    if not names or any(len(name) > _HEADER_CELL for name in names):
        return None
    return recognise(names, options.columns, options.parts)


def _unnamed_columns(opening: Sequence[Row], header: Header) -> int:
    """How many columns follow the last header in every row, as in older WeChat exports."""
    lengths = [len(row.cells) for row in opening if row.number > header.row and row.cells]
    width = len(header.names)
    if header.layout.kind == "message" and len(lengths) >= _REPEATED and len(set(lengths)) == 1 and lengths[0] > width:
        return lengths[0] - width
    return 0


class _Table:
    """The rows of a table whose header is known."""

    def __init__(self, sheet: Sheet, options: ReadOptions, notes: ReadNotes, header: Header, unnamed: int) -> None:
        self.sheet = sheet
        self.options = options
        self.notes = notes
        self.header = header
        self.names = (*header.names, *("",) * unnamed)
        self.width = len(self.names)
        self.texts = frozenset(header.layout.texts())
        self.kind = options.kind(header.layout.kind)
        self.is_chat = header.layout.kind == "message"
        self.watched = tuple(self._watched())
        self.places = tuple(header.layout.about())
        self.misfits: list[int] = []

    def above(self, rows: Sequence[Row]) -> Iterator[Unit]:
        """Titles and instructions above the header: the export's words, not the shop's."""
        for row in rows:
            for cell in row.cells:
                if _LETTER.search(cell.text) and not _VERSION_ROW.match(cell.text):
                    yield self._unit(cell, row, None, "system")

    def texts_of(self, row: Row) -> Iterator[Speech | Unit]:
        """The texts of one row under the header."""
        if len(row.cells) > self.width:
            row = self._fitted(row)
        cells = row.cells
        for at, is_text in self.watched:
            if at >= len(cells):
                break
            cell = cells[at]
            if not cell.text or cell.merged or cell.text.isspace():
                continue
            if is_text:
                yield from self._said(cell, row, at) if self.is_chat else self._seen(cell, row, at)
            elif not _LETTER.search(cell.text):
                continue
            elif self.names[at] or self.is_chat:
                self.notes.columns_aside[self.names[at] or "?"] += 1
            else:  # a column without a name, such as the second of a merged header
                yield from self._seen(cell, row, at)
        for at in range(self.width, len(cells)):
            if _LETTER.search(cells[at].text) and not cells[at].merged:
                yield from self._said(cells[at], row, at) if self.is_chat else self._seen(cells[at], row, at)

    def _watched(self) -> Iterator[tuple[int, bool]]:
        """The columns that are checked, and those of which the notes tell that they are not."""
        for at in range(self.width):
            known = at < len(self.header.names) and self.header.layout.columns[at] is not None
            if at in self.texts or not known:
                yield at, at in self.texts

    def _fitted(self, row: Row) -> Row:
        """A row with more cells than the header: unquoted delimiters in a text of the last column are its own."""
        self.notes.ragged_rows += 1
        last = row.cells[self.width - 1 :]
        source = last[0].source
        if source is None or last[0].name is not None:
            return row  # cells of a sheet are where they are
        start, end = last[0].start, last[-1].end
        if self.width - 1 not in self.texts or any(cell.marks for cell in last) or '"' in source.text[start:end]:
            self.misfits.append(row.number)
            return row
        return Row(row.number, [*row.cells[: self.width - 1], Cell(source.text[start:end], start, end, source)])

    def refuse_misfits(self) -> None:
        """Errors: :class:`UnreadableError` if rows were longer than the header, so that one cannot know what is what."""
        if self.misfits:
            shown = ", ".join(map(str, self.misfits[:_SHOWN])) + (" …" if len(self.misfits) > _SHOWN else "")
            problem = f"{len(self.misfits)} row(s) have more cells than the header ({self.width}): {shown}"
            hint = "put the texts that hold commas in double quotes; the rows were read as far as they could be"
            raise UnreadableError(self.sheet.path, problem, hint)

    def _seen(self, cell: Cell, row: Row, at: int) -> Iterator[Unit]:
        """The texts of a cell of a listing or template, in which HTML is frequent."""
        unit = self._unit(cell, row, at, "agent")
        if not looks_like_html(cell.text):
            yield unit
            return
        for piece in pieces(cell.text):
            anchors = cell.anchors_within(piece.text, piece.joints, piece.end)
            yield msgspec.structs.replace(unit, text=piece.text, anchors=anchors)

    def _said(self, cell: Cell, row: Row, at: int) -> Iterator[Speech | Unit]:
        """The message of a row. A bubble that was exported as HTML is said as it is seen."""
        unit = self._unit(cell, row, at, "unknown")
        if looks_like_html(cell.text):
            seen = list(pieces(cell.text))
            if not seen:
                self.notes.textless += 1
                return
            text, joints, end, _ = joined(seen)
            unit = msgspec.structs.replace(unit, text=text, anchors=cell.anchors_within(text, joints, end))
        yield speech_of(unit, self._saying(row))

    def _unit(self, cell: Cell, row: Row, at: int | None, role: Role) -> Unit:
        known = at is not None and at < len(self.header.names)
        return Unit(
            cell.text,
            self.kind,
            role,
            self.sheet.path,
            cell.anchors(),
            row=row.number,
            field=(self.header.names[at] or None) if known and at is not None else None,
            sheet=self.sheet.name,
            cell=cell.name,
            part=self.header.layout.parts[at] if known and at is not None else None,
        )

    def _saying(self, row: Row) -> Saying:
        values: dict[Column, str] = {}
        for column, at in self.places:
            text = row.cells[at].text.strip() if at < len(row.cells) else ""
            if text:
                values[column] = text
        sender = self.header.layout.sender
        named = row.cells[sender].text.strip() if sender is not None and sender < len(row.cells) else None
        return Saying.of(values, named or None, self.sheet.conversation)
