"""CSV and TSV to cells that know where each of their characters stands: the csv module's reading, with places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

from .cells import Cell, Row
from .columns import column_of
from .errors import UnreadableError
from .source import Joint, Source
from .windows import Document

_LINE_WITHOUT_QUOTES = re.compile(r'[^"\r\n]*(?=[\r\n]|\Z)')
_QUOTED_RUN = re.compile(r'[^"]*')


def rows(document: Document, delimiter: str) -> Iterator[Row]:
    """The rows of a table in a file of any size, numbered from 1 (an empty line is an empty row)."""
    number = 0
    for window in document.windows():
        for record in records(window, delimiter, document):
            number += 1
            yield Row(number, record)


def records(source: Source, delimiter: str = ",", document: Document | None = None) -> Iterator[list[Cell]]:
    """The records of a table as ``csv.reader`` reads them (an empty line is an empty record).

    A record that does not end in the window goes back to its document. Errors: :class:`UnreadableError` if a quote that
    opens a cell is never closed, where the csv module would take the rest of the file for one cell.
    """
    text, began = source.text, 0
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    bare = _LINE_WITHOUT_QUOTES
    at, record = 0, list[Cell]()
    while at < len(text):
        start = at
        line = bare.match(text, at) if not record else None
        if line is not None:  # most lines: nothing to unfold
            at = line.end()
            record = _split(source, line[0], start, delimiter)
        else:
            if text[at] == '"':
                quoted = _quoted(source, at, plain)
                if quoted is None and document is not None and not document.ended:
                    document.give_back(len(text) - began)
                    return
                cell, at = quoted or _never_closed(source, at)
            else:
                at = _match_end(plain, text, at)
                cell = Cell(text[start:at], start, at, source)
            record.append(cell)
            if text.startswith(delimiter, at):
                at += 1
                if at < len(text):
                    continue
                record.append(Cell("", at, at, source))
        yield record
        record = []
        at += 2 if text.startswith("\r\n", at) else 1
        began = at


def _split(source: Source, line: str, start: int, delimiter: str) -> list[Cell]:
    cells = []
    for text in line.split(delimiter) if line else ():
        cells.append(Cell(text, start, start + len(text), source))
        start += len(text) + 1
    return cells


def _never_closed(source: Source, start: int) -> NoReturn:
    line, column = source.position(start)
    problem = f"line {line}, column {column}: the quoted cell that begins here is never closed"
    raise UnreadableError(source.path, problem, 'close it, or double the quotes inside it ("")')


def _quoted(source: Source, start: int, plain: re.Pattern[str]) -> tuple[Cell, int] | None:
    """The cell whose opening quote stands at ``start``, and the offset after it; None if no quote closes it."""
    text, at = source.text, start + 1
    parts, length, joints = list[str](), 0, [Joint(0, at)]
    while True:
        end = _match_end(_QUOTED_RUN, text, at)
        if end == len(text):
            return None
        parts.append(text[at:end])
        length += end - at
        if not text.startswith('""', end):
            break
        parts.append('"')
        length += 1
        at = end + 2
        joints.append(Joint(length, at))
    after = _match_end(plain, text, end + 1)
    if after > end + 1:  # what stands between the closing quote and the delimiter belongs to the cell
        parts.append(text[end + 1 : after])
        joints += [Joint(length, end), Joint(length, end + 1)]
        return _cell(parts, joints, after, source), after
    return _cell(parts, joints, end, source), after


def _cell(parts: list[str], joints: list[Joint], end: int, source: Source) -> Cell:
    return Cell("".join(parts), joints[0].source, end, source, marks=tuple(joints) if len(joints) > 1 else None)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    assert found is not None
    return found.end()


def sniff_delimiter(source: Source, default: str) -> str:
    """Tab, comma or semicolon: what divides the header most, title lines above it passed over; else ``default``."""
    for line in islice(source.lines(), 10):
        bare = re.sub(r'"[^"]*"', "", source.text[line.start : line.end])
        counts = {mark: bare.count(mark) for mark in ("\t", ",", ";")}
        best = max(counts, key=lambda mark: (counts[mark], mark == default))
        if counts[best]:
            return best
        if column_of(bare):
            return default  # a table of one column: the commas further down belong to its texts
    return default
