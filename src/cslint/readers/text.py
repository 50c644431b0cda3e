"""Plain text: a list of texts, one unit per line that holds anything."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit, UnitKind
from .options import ReadOptions
from .source import Joint, Source
from .windows import Document


def read_text(document: Document, options: ReadOptions) -> Iterator[Unit]:
    """One unit per non-empty line, without the blanks round it; text without a speaker is the shop's own (agent).

    A line is a text because line ends stop every match, and because templates and one-line messages are kept so.
    """
    for window in document.windows():
        for line in window.lines():
            unit = line_unit(window, line.start, line.end, options.kind("public"))
            if unit is not None:
                yield unit


def line_unit(source: Source, start: int, end: int, kind: UnitKind) -> Unit | None:
    """The unit of one line without a speaker, or None if the line is blank."""
    start, end = source.trim(start, end)
    text = source.text[start:end]
    if not text.strip():
        return None
    return Unit(text, kind, "agent", source.path, source.anchors(text, (Joint(0, start),), end))
