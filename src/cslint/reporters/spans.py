"""Places in the units of other formats: UTF-8 bytes, and whether the characters of a span stand there as they are."""

from __future__ import annotations

import msgspec

from cslint.model import Finding, Place
from cslint.reporters.run import FileReport


def byte_columns(file: FileReport, place: Place) -> tuple[int, int] | None:
    """First and last column (the one after the end) of a place in UTF-8 bytes, 1-based; None without source lines."""
    first = file.measure(place)
    last = file.measure(msgspec.structs.replace(place, line=place.end_line))
    if first is None or last is None or place.sheet is not None:
        return None
    return _bytes(first, place.column), _bytes(last, place.end_column)


def stands_there(file: FileReport, finding: Finding) -> bool:
    """Whether the source holds the span character by character, without escapes, so that a rewrite may go there."""
    place = finding.place
    line = file.line_of(place)
    if line is None or place.sheet is not None or place.line != place.end_line:
        return False
    return line[place.column - 1 : place.end_column - 1] == finding.matched


def _bytes(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "surrogatepass")) + 1
