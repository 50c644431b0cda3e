"""Delimited tables to units: chat exports, listings (also those of 淘宝助理) and tables of templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..model import Role, Unit
from .columns import Column, Layout, recognise
from .delimited import Cell, records, sniff_delimiter
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech, role_of_field, role_of_flag, settle
from .source import Joint, Source

_HEADER_WITHIN = 10  # rows; exports and upload templates put a title or instructions above the header
_VERSION_ROW = re.compile(r"^version [\d.]+$")  # the first row of 淘宝助理
_LETTER = re.compile(r"[^\W\d_]")
_HEADER_CELL = 30  # code points


class _Header(NamedTuple):
    first: int  # 0-based index of the header's first row
    row: int  # and of its last
    names: tuple[str, ...]
    layout: Layout


def read_table(source: Source, options: ReadOptions, notes: ReadNotes, default: str = ",") -> Iterator[Unit]:
    """The units of a CSV or TSV file; ``row`` is 1-based and counts the header.

    A chat table gives one ``message`` per row, with role, sender, time and conversation; any other known table one unit
    per text cell, with ``field`` the header. If no column is known every cell with letters is checked as ``public``.
    Errors: :class:`UnreadableError` for a quoted cell that is never closed.
    """
    rows = list(records(source, sniff_delimiter(source, default)))
    header = _find_header(rows, options)
    if header is None:
        if rows:
            notes.unrecognised.append(source.path)
        yield from _every_cell(source, options, rows)
        return
    table = _Table(source, options, notes, header)
    speeches = [*table.above(rows[: header.first]), *table.below(rows[header.row + 1 :])]
    yield from settle(speeches, options.agents)


def is_table(source: Source, options: ReadOptions) -> bool:
    """Whether a file of unknown kind opens as a table does: a header of a chat table, or a known one with tabs."""
    delimiter = sniff_delimiter(source, ",")
    head = source.text[: source.starts[min(_HEADER_WITHIN, len(source.starts)) - 1]] or source.text
    if '"' in head:
        return False
    header = _find_header(list(records(Source(head), delimiter)), options)
    return header is not None and len(header.names) > 1 and (delimiter == "\t" or header.layout.kind == "message")


def _find_header(rows: Sequence[list[Cell]], options: ReadOptions) -> _Header | None:
    for at, row in enumerate(islice(rows, _HEADER_WITHIN)):
        names = tuple(cell.text.strip() for cell in row)
        layout = recognise(names, options.columns) if all(len(name) <= _HEADER_CELL for name in names) else None
        if layout is None:
            continue
        below = tuple(cell.text.strip() for cell in rows[at + 1]) if at + 1 < len(rows) else ()
        again = recognise(below, options.columns)
        if again is not None and len(below) == len(names) and set(again.texts()) <= set(layout.texts()):
            return _Header(at, at + 1, below, layout)  # 淘宝助理: keys, then the same in Chinese
        return _Header(at, at, names, layout)
    return None


def _every_cell(source: Source, options: ReadOptions, rows: Sequence[list[Cell]]) -> Iterator[Unit]:
    for number, row in enumerate(rows, 1):
        for cell in row:
            if _LETTER.search(cell.text):
                yield _unit(source, options, cell, number, None)


def _unit(source: Source, options: ReadOptions, cell: Cell, row: int, field: str | None) -> Unit:
    anchors = source.anchors(cell.text, cell.joints, cell.end)
    return Unit(cell.text, options.kind("public"), "agent", source.path, anchors, row=row, field=field)


class _Table:
    """The rows of a table whose header is known."""

    def __init__(self, source: Source, options: ReadOptions, notes: ReadNotes, header: _Header) -> None:
        self.source = source
        self.options = options
        self.notes = notes
        self.header = header
        self.texts = header.layout.texts()
        self.kind = options.kind(header.layout.kind)

    def above(self, rows: Sequence[list[Cell]]) -> Iterator[Unit]:
        """Titles and instructions above the header: the export's words, not the shop's."""
        for number, row in enumerate(rows, 1):
            for cell in row:
                if _LETTER.search(cell.text) and not _VERSION_ROW.match(cell.text):
                    yield self._cell(cell, number, None, "system")

    def below(self, rows: Sequence[list[Cell]]) -> Iterator[Speech | Unit]:
        """The texts of the rows under the header."""
        width = len(self.header.names)
        for number, found in enumerate(rows, self.header.row + 2):
            self.notes.ragged_rows += len(found) > width
            row = self._without_overflow(found, width)
            for at, cell in enumerate(row):
                if not cell.text.strip():
                    continue
                if at in self.texts or at >= width:
                    yield self._text(cell, number, at, row)
                elif self.header.layout.columns[at] is None and _LETTER.search(cell.text):
                    self.notes.columns_aside[self.header.names[at]] += 1

    def _without_overflow(self, row: list[Cell], width: int) -> list[Cell]:
        """A row with more cells than the header: unquoted delimiters in a text of the last column are its own."""
        if len(row) <= width or width - 1 not in self.texts:
            return row
        last = row[width - 1 :]
        start, end = last[0].joints[0].source, last[-1].end
        if any(len(cell.joints) > 1 for cell in last) or '"' in self.source.text[start:end]:
            return row
        return [*row[: width - 1], Cell(self.source.text[start:end], (Joint(0, start),), end)]

    def _text(self, cell: Cell, number: int, at: int, row: Sequence[Cell]) -> Speech | Unit:
        field = self.header.names[at] if at < len(self.header.names) else None
        unit = self._cell(cell, number, field, "agent")
        if self.header.layout.kind != "message":
            return unit
        unit = Unit(
            unit.text,
            unit.unit,
            "unknown",
            unit.path,
            unit.anchors,
            row=unit.row,
            field=unit.field,
            conversation=self._value("conversation", row),
            sender=self._value("sender", row),
            time=self._value("time", row),
        )
        return Speech(unit, self._role(row))

    def _cell(self, cell: Cell, number: int, field: str | None, role: Role) -> Unit:
        anchors = self.source.anchors(cell.text, cell.joints, cell.end)
        return Unit(cell.text, self.kind, role, self.source.path, anchors, row=number, field=field)

    def _role(self, row: Sequence[Cell]) -> Role | None:
        flag, role = self._value("agent_flag", row), self._value("role", row)
        return (role_of_field(role) if role else None) or (role_of_flag(flag) if flag else None)

    def _value(self, column: Column, row: Sequence[Cell]) -> str | None:
        at = self.header.layout.first(column)
        return (row[at].text.strip() or None) if at is not None and at < len(row) else None
