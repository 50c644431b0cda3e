"""Plain text and Markdown: a list of texts, one unit per line that holds anything."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit, UnitKind
from .options import ReadOptions
from .source import Joint, Source


def read_text(source: Source, options: ReadOptions, guess: UnitKind = "public") -> Iterator[Unit]:
    """One unit per non-empty line, without the blanks round it; text without a speaker is the shop's own (agent).

    A line is a text because line ends stop every match, and because templates and one-line messages are kept so.
    """
    for line in source.lines():
        unit = line_unit(source, line.start, line.end, options.kind(guess))
        if unit is not None:
            yield unit


def line_unit(source: Source, start: int, end: int, kind: UnitKind) -> Unit | None:
    """The unit of one line without a speaker, or None if the line is blank."""
    start, end = source.trim(start, end)
    text = source.text[start:end]
    if not text.strip():
        return None
    return Unit(text, kind, "agent", source.path, source.anchors(text, (Joint(0, start),), end))
