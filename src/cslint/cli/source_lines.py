"""The source line of a place, for the report: from the decoded file, or from the unit where there are no lines."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from cslint.linter import BATCH
from cslint.model import Finding, Place, Unit
from cslint.readers import LARGEST_WHOLE, Document, Input, Source, UnreadableError, decode

_Cell = tuple[str | None, str | None, int | None, str | None]
_RECENT = 3 * BATCH  # units: those whose findings may still be to come


class SourceLines:
    """Lines of one file, read again when the first is asked for; of cells of workbooks, the texts with findings."""

    def __init__(self, given: Input, encoding: str | None) -> None:
        self._given, self._encoding = given, encoding
        self._recent: OrderedDict[_Cell, str] = OrderedDict()
        self._cells: dict[_Cell, str] = {}
        self._windows: Iterator[Source] = iter(())
        self._window: Source | None = None

    def watching(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Hand ``units`` on; of those without a line of their own in the file the latest are remembered."""
        for unit in units:
            if _has_no_line(unit):
                self._recent[unit.sheet, unit.cell, unit.row, unit.field] = unit.text
                if len(self._recent) > _RECENT:
                    self._recent.popitem(last=False)
            yield unit

    @property
    def has_cells(self) -> bool:
        """Whether some of the units stood in sheets or have no lines."""
        return bool(self._recent)

    def text(self) -> str:
        """The decoded file; empty where it cannot be decoded."""
        try:
            return decode(self._given.whole(LARGEST_WHOLE), self._encoding, self._given.path)[0]
        except UnreadableError:
            return ""  # the reader has said so

    def keeping(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Hand ``findings`` on; the texts of the cells in which they stand are kept."""
        for finding in findings:
            cell = _cell(finding.place)
            if cell in self._recent:
                self._cells[cell] = self._recent[cell]
            yield finding

    def encoding(self) -> str:
        """What the file was decoded from."""
        try:
            return Document(self._given, self._encoding).encoding
        except UnreadableError:
            return "utf-8"  # the reader has said so, or it is a workbook

    def __call__(self, place: Place) -> str | None:
        """The line on which ``place`` begins; None where there is none to show."""
        held = self._cells.get(_cell(place)) or self._recent.get(_cell(place))
        if held is not None:
            lines = held.split("\n")
            return lines[place.line - 1] if place.line <= len(lines) else None
        return None if place.sheet is not None else self._line(place.line)

    def _line(self, number: int) -> str | None:
        """A line of the file. Findings come in its order, so that it is read once, a window at a time."""
        if self._window is None or number < self._window.first:
            try:
                self._windows = Document(self._given, self._encoding).windows()
            except UnreadableError:
                return None
            self._window = next(self._windows, None)
        while self._window is not None and number >= self._window.after and self._ends_line():
            following = next(self._windows, None)
            if following is None:
                break
            self._window = following
        window = self._window
        if window is None or not window.first <= number <= window.after:
            return None
        line = next(window.lines(window.offset(number, 1)), None)
        return window.text[line.start : line.end] if line is not None else None

    def _ends_line(self) -> bool:
        return self._window is not None and self._window.text[-1:] in ("\n", "\r")


def _has_no_line(unit: Unit) -> bool:
    return unit.sheet is not None or unit.path.endswith(".parquet")


def _cell(place: Place) -> _Cell:
    return place.sheet, place.cell, place.row, place.field
