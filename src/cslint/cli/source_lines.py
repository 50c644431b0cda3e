"""The source line of a place, for the report: from the decoded file, or from the unit where there are no lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cslint.model import Place, Unit
from cslint.readers import Source, UnreadableError, decode


class SourceLines:
    """Lines of one file. Decodes it when the first line is asked for; remembers the texts of sheet cells."""

    def __init__(self, path: str, data: bytes, encoding: str | None) -> None:
        self._path, self._data, self._encoding = path, data, encoding
        self._cells: dict[tuple[str | None, str | None], str] = {}
        self._lines: list[str] | None = None

    def watching(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Hand ``units`` on; those without a line of their own in the file are remembered."""
        for unit in units:
            if unit.sheet is not None:
                self._cells[unit.sheet, unit.cell] = unit.text
            yield unit

    @property
    def has_cells(self) -> bool:
        """Whether some of the units stood in sheets."""
        return bool(self._cells)

    def text(self) -> str:
        """The decoded file; empty where it cannot be decoded."""
        return self._decoded()[0]

    def encoding(self) -> str:
        """What the file was decoded from."""
        return self._decoded()[1]

    def __call__(self, place: Place) -> str | None:
        """The line on which ``place`` begins; None where there is none to show."""
        if place.sheet is not None:
            lines = self._cells.get((place.sheet, place.cell), "").split("\n")
        elif self._lines is None:
            source = Source(self._decoded()[0], self._path)
            lines = self._lines = [source.text[line.start : line.end] for line in source.lines()]
        else:
            lines = self._lines
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None

    def _decoded(self) -> tuple[str, str]:
        try:
            return decode(self._data, self._encoding, self._path)
        except UnreadableError:
            return "", "utf-8"  # the reader has said so
