"""A source line as a terminal shows it: carets by display width, long lines cut around the span."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import split_graphemes

from cslint.model import Place
from cslint.reporters.escapes import pieces

_ELLIPSIS = "…"
_NEAR = 4  # code points kept on each side of a span for each cell of the width, before anything is measured


class Excerpt(NamedTuple):
    """A line as shown, and the line of carets to put beneath it."""

    text: str
    carets: str


class _Grapheme(NamedTuple):
    start: int
    end: int
    cells: int


def excerpt(line: str, start: int, end: int, width: int) -> Excerpt:
    """The part of ``line`` around the span ``start:end`` (code points) that fits into ``width`` cells."""
    start = min(start, len(line))
    end = max(start, min(end, len(line)))
    first, last = max(0, start - _NEAR * width), min(len(line), min(end, start + _NEAR * width) + _NEAR * width)
    parts = pieces(line[first:last])
    offsets = [0]
    for piece in parts:
        offsets.append(offsets[-1] + len(piece))
    shown = "".join(parts)
    graphemes = [_Grapheme(*g) for g in split_graphemes(shown)[0]]
    span = _span(graphemes, offsets[start - first], offsets[min(end, last) - first])
    left, right = _window(graphemes, span, width, cut=(first > 0, last < len(line)))
    before = _ELLIPSIS if left > 0 or first > 0 else ""
    after = _ELLIPSIS if right < len(graphemes) or last < len(line) else ""
    body = shown[graphemes[left].start : graphemes[right - 1].end] if left < right else ""
    indent = len(before) + _cells(graphemes[left : span[0]])
    carets = max(1, _cells(graphemes[span[0] : min(span[1], right)]))
    return Excerpt(before + body + after, " " * indent + "^" * carets)


def _span(graphemes: list[_Grapheme], start: int, end: int) -> tuple[int, int]:
    """The graphemes (half-open) that the characters ``start:end`` touch; one at least, if there is one to point at."""
    first = next((i for i, g in enumerate(graphemes) if g.end > start), len(graphemes))
    after = next((i for i, g in enumerate(graphemes) if g.start >= end), len(graphemes))
    return first, min(max(after, first + 1), len(graphemes))


def _window(graphemes: list[_Grapheme], span: tuple[int, int], width: int, cut: tuple[bool, bool]) -> tuple[int, int]:
    """The graphemes (half-open) to show: all if they fit, else the span and as much around it as there is room for."""
    if not any(cut) and _cells(graphemes) <= width:
        return 0, len(graphemes)
    room = max(width - 2 * len(_ELLIPSIS), 1)
    left = right = span[0]
    while right < span[1] and (right == left or graphemes[right].cells <= room):
        room -= graphemes[right].cells
        right += 1
    grew = right == span[1]
    while grew:
        grew = False
        if left > 0 and graphemes[left - 1].cells <= room:
            left -= 1
            room -= graphemes[left].cells
            grew = True
        if right < len(graphemes) and graphemes[right].cells <= room:
            room -= graphemes[right].cells
            right += 1
            grew = True
    return left, right


def _cells(graphemes: list[_Grapheme]) -> int:
    return sum(g.cells for g in graphemes)


def in_order(place: Place) -> tuple[int, int]:
    """What findings of a file are sorted by; those in a workbook stay as they come, sheet by sheet and row by row."""
    return (0, 0) if place.sheet is not None else (place.line, place.column)
