"""Texts gathered from stretches of a source: mark-up left out, references decoded, every character still in its place."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from .source import Joint

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
CLOSED_REFERENCE = re.compile(_REFERENCE.pattern.removesuffix("?"))  # Markdown knows none without its semicolon
_BREAKS = re.compile(r"[ \t\f]*(?:\r\n|\r|\n)\s*")


class Piece(NamedTuple):
    """One text: what is seen, the joints that tie it to the source, where it ends there, and the attribute it is."""

    text: str
    joints: tuple[Joint, ...]
    end: int
    field: str | None = None


def joined(seen: Sequence[Piece]) -> Piece:
    """Several texts as one, a line each: a chat bubble that was exported as HTML."""
    joints: list[Joint] = []
    length = 0
    for piece in seen:
        joints += [Joint(length + joint.text, joint.source) for joint in piece.joints]
        length += len(piece.text)
        joints.append(Joint(length, piece.end))  # the line break between them stands where the first ends
        length += 1
    return Piece("\n".join(piece.text for piece in seen), tuple(joints[:-1]), seen[-1].end)


class Spans:
    """A text gathered from stretches of a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.joints: list[Joint] = []
        self.length = 0
        self.end = 0
        self._replaced = False

    def put(self, text: str, start: int, end: int) -> None:
        """Add ``text``, which stands for ``start:end`` of the source; of its own length only if they are the same."""
        if not text:
            return
        last = self.joints[-1] if self.joints else None
        if last is None or self._replaced or last.source + self.length - last.text != start:
            if last is not None and self.end != start:
                self.joints.append(Joint(self.length, self.end))  # what ends here ends before the mark-up
            self.joints.append(Joint(self.length, start))
        self.parts.append(text)
        self.length += len(text)
        self.end = end
        self._replaced = text != self.source[start:end]  # a line end that became a space: the next line has its column

    def piece(self, field: str | None = None) -> Piece | None:
        """The text without the blanks round it, or None if there is none."""
        text = "".join(self.parts)
        bare = text.strip()
        if not bare:
            return None
        start = text.index(bare)
        joints = cut(self.joints, start, start + len(bare))
        end = self.end if text.endswith(bare) else _end_of(self.joints, start + len(bare))
        return Piece(bare, joints, end, field)


def cut(joints: list[Joint], start: int, end: int) -> tuple[Joint, ...]:
    """The joints of the stretch ``start:end`` of a text."""
    found = [Joint(0, source_of(joints, start))]
    found += [Joint(joint.text - start, joint.source) for joint in joints if start < joint.text < end]
    return tuple(found)


def source_of(joints: list[Joint], at: int) -> int:
    """Where the character ``at`` of a text stands in the source."""
    held = next(joint for joint in reversed(joints) if joint.text <= at)
    return held.source + at - held.text


def _end_of(joints: list[Joint], at: int) -> int:
    """Where a text ends in the source that ends before its character ``at``, which may stand after mark-up."""
    return next((joint.source for joint in joints if joint.text == at), source_of(joints, at))


def decode_into(spans: Spans, start: int, end: int, references: re.Pattern[str] = _REFERENCE) -> None:
    """Put ``start:end`` of the source, its references decoded and each of its line ends as one space."""
    at = start
    for found in references.finditer(spans.source, start, end):
        text = html.unescape(found[0])
        if text == found[0]:
            continue
        _plain(spans, at, found.start())
        spans.put(text.replace("\0", "\ufffd"), found.start(), found.end())
        at = found.end()
    _plain(spans, at, end)


def _plain(spans: Spans, start: int, end: int) -> None:
    at = start
    for found in _BREAKS.finditer(spans.source, start, end):
        spans.put(spans.source[at : found.start()], at, found.start())
        spans.put(" ", found.start(), found.end())
        at = found.end()
    spans.put(spans.source[at:end], at, end)
