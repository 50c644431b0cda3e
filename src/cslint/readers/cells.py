"""Rows and cells as every kind of table gives them: CSV, workbooks, tables in HTML, Parquet."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Anchor
from .source import Joint, Source, through

_OWN = (Anchor(0, 1, 1),)


class Cell(NamedTuple):
    """A cell's text, and where it begins and ends in its source; ``marks`` if it is not there character by character.

    A cell of a workbook has no ``source``: its lines and columns are counted in its own text, from 1. ``name`` is the
    cell's name in a sheet, such as ``C5``. ``merged`` cells repeat the value of the cell that they are merged with.
    """

    text: str
    start: int = 0
    end: int = 0
    source: Source | None = None
    name: str | None = None
    merged: bool = False
    marks: tuple[Joint, ...] | None = None

    @property
    def joints(self) -> tuple[Joint, ...]:
        """What ties the text to the source: its start, and what follows each doubled quote or tag."""
        return (Joint(0, self.start),) if self.marks is None else self.marks

    def anchors(self) -> tuple[Anchor, ...]:
        """The anchors of the whole text."""
        if self.source is not None:
            return self.source.anchors(self.text, self.joints, self.end)
        return Source(self.text).anchors(self.text, self.joints, len(self.text)) if "\r" in self.text else _OWN

    def anchors_within(self, text: str, joints: tuple[Joint, ...], end: int) -> tuple[Anchor, ...]:
        """The anchors of a text that ``joints`` tie to this cell's text, where it ends before ``end``."""
        if self.source is None:
            return Source(self.text).anchors(text, joints, end)
        (last,) = through((Joint(0, end),), 0, self.joints)
        return self.source.anchors(text, through(joints, len(text), self.joints), last.source)


class Row(NamedTuple):
    """One row; ``number`` is 1-based and counts every row of the table, its header included."""

    number: int
    cells: list[Cell]


def column_name(at: int) -> str:
    """The letters of a 0-based column: A, B, …, Z, AA, …"""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
