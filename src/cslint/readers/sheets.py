"""The tables of one file, such as the sheets of a workbook: which of them hold chats, and which only speak of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ..model import Unit
from .cells import Row
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech
from .tables import Sheet, every_cell, find_header, read_rows

_INSTRUCTIONS = re.compile("说明|须知|填写示例|规则|字典|instructions|readme|example", re.IGNORECASE)


class Table(NamedTuple):
    """One table: its name, if it has one, and its rows, which may be asked for again."""

    name: str | None
    rows: Callable[[], Iterator[Row]]


def read_tables(tables: Sequence[Table], path: str, options: ReadOptions, notes: ReadNotes) -> Iterator[Speech | Unit]:
    """The texts of all tables in order, then those of tables in which no column is known.

    Beside chats an unknown table is a summary, and a sheet of instructions is the platform's: both are read as
    ``system``. Otherwise all its text is the shop's. Of several tables without a column for it, the conversation of a
    chat is the name of its table.
    """
    unknown: list[Table] = []
    chats = known = 0
    for table in tables:
        rows = table.rows()
        opening, header = find_header(rows, options)
        if header is None:
            if opening:
                unknown.append(table)
            continue
        known += 1
        chats += header.layout.kind == "message"
        sheet = Sheet(path, table.name, table.name if len(tables) > 1 else None)
        yield from read_rows(chain(opening, rows), sheet, options, notes)
    for table in unknown:
        is_about = chats > 0 or (known > 0 and _INSTRUCTIONS.search(table.name or "") is not None)
        if not is_about:
            notes.unrecognised.append(f"{path} [{table.name}]" if table.name and len(tables) > 1 else path)
        yield from every_cell(table.rows(), Sheet(path, table.name), options, "system" if is_about else "agent")
