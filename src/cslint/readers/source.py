"""A decoded file with its lines: offsets to lines and columns, and the anchors that tie a unit's text to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Anchor

_LINE_END = re.compile(r"\r\n|\n|\r")
BLANKS = " \t\u00a0\u3000"  # what is trimmed round a text; control characters are not, they are evidence


class Joint(NamedTuple):
    """From text offset ``text`` on, the characters of a text stand at ``source`` and after, one for one."""

    text: int
    source: int


class Line(NamedTuple):
    """One line: the half-open span of its characters without the line end."""

    start: int
    end: int


class Source:
    """A decoded file. Lines end at ``\\n``, ``\\r\\n`` or a lone ``\\r``; offsets and columns are code points."""

    def __init__(self, text: str, path: str = "-") -> None:
        self.text = text
        self.path = path
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column: the inverse of :meth:`position`, for those who write back."""
        return self.starts[line - 1] + column - 1

    def lines(self, start: int = 0, end: int | None = None) -> Iterator[Line]:
        """The lines, or what of them lies in ``start:end``."""
        end = len(self.text) if end is None else end
        while start < end:
            found = _LINE_END.search(self.text, start, end)
            if found is None:
                yield Line(start, end)
                return
            yield Line(start, found.start())
            start = found.end()

    def trim(self, start: int, end: int, blanks: str = BLANKS) -> Line:
        """The span ``start:end`` without blanks at either end."""
        while start < end and self.text[start] in blanks:
            start += 1
        while end > start and self.text[end - 1] in blanks:
            end -= 1
        return Line(start, end)

    def anchors(self, text: str, joints: tuple[Joint, ...], end: int) -> tuple[Anchor, ...]:
        """Anchors of a text that starts at the first joint and whose source ends before ``end``.

        The last anchor stands at ``len(text)`` when the text has escapes, so that its end is exact too.
        """
        if "\r" in text:
            joints = tuple(self._split_at_returns(text, joints))
        if len(joints) > 1 and joints[-1].text < len(text):
            joints = (*joints, Joint(len(text), end))
        return tuple(Anchor(joint.text, *self.position(joint.source)) for joint in joints)

    def _split_at_returns(self, text: str, joints: tuple[Joint, ...]) -> Iterator[Joint]:
        """A lone carriage return ends a line of the source, but :meth:`Unit.position` counts only newlines."""
        for at, joint in enumerate(joints):
            yield joint
            stop = joints[at + 1].text if at + 1 < len(joints) else len(text)
            for offset in range(joint.text, stop - 1):
                source = joint.source + offset - joint.text
                if text[offset] == "\r" and self.text[source] == "\r" and text[offset + 1] != "\n":
                    yield Joint(offset + 1, source + 1)
