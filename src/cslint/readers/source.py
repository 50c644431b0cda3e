"""A decoded file with its lines: offsets to lines and columns, and the anchors that tie a unit's text to them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Anchor

_LINE_END = re.compile(r"\r\n|\n|\r")
BLANKS = " \t\u00a0\u3000"  # what is trimmed round a text; control characters are not, they are evidence


class Joint(NamedTuple):
    """From text offset ``text`` on, the characters of a text stand at ``source`` and after, one for one."""

    text: int
    source: int


def through(inner: Sequence[Joint], length: int, outer: Sequence[Joint]) -> tuple[Joint, ...]:
    """What ties a text to the source, if ``inner`` ties its ``length`` characters to a text that ``outer`` ties there.

    So the visible text of a cell of HTML is tied to the file through the doubled quotes of its CSV.
    """
    if len(outer) == 1:
        shift = outer[0].source - outer[0].text
        return tuple(Joint(joint.text, joint.source + shift) for joint in inner)
    starts = [joint.text for joint in outer]
    found: list[Joint] = []
    for at, joint in enumerate(inner):
        stop = inner[at + 1].text if at + 1 < len(inner) else length
        reach = joint.source + max(stop - joint.text, 1)
        if stop == joint.text and at + 1 < len(inner):  # the end of what went before
            ending = bisect_left(starts, joint.source)
            if ending < len(outer) and starts[ending] == joint.source:
                found.append(Joint(joint.text, outer[ending].source))
                continue
        segment = bisect_right(starts, joint.source) - 1
        found.append(Joint(joint.text, outer[segment].source + joint.source - outer[segment].text))
        for later in outer[segment + 1 :]:
            if later.text >= reach:
                break
            found.append(Joint(joint.text + later.text - joint.source, later.source))
    return tuple(found)


class Line(NamedTuple):
    """One line: the half-open span of its characters without the line end."""

    start: int
    end: int


class Source:
    """A decoded file, or a window of one that opens on line ``first`` of the file.

    Lines end at ``\\n``, ``\\r\\n`` or a lone ``\\r``; offsets are code points of the window, columns code points of the
    line.
    """

    def __init__(self, text: str, path: str = "-", first: int = 1) -> None:
        self.text = text
        self.path = path
        self.first = first
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line of the file and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line + self.first - 1, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column: the inverse of :meth:`position`, for those who write back."""
        return self.starts[line - self.first] + column - 1

    @property
    def after(self) -> int:
        """The line of the file on which the text ends, and on which the next window opens."""
        return self.first + len(self.starts) - 1

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
        text = self.text[start:end]
        bare = text.lstrip(blanks)
        start += len(text) - len(bare)
        return Line(start, start + len(bare.rstrip(blanks)))

    def anchors(self, text: str, joints: tuple[Joint, ...], end: int) -> tuple[Anchor, ...]:
        """Anchors of a text that starts at the first joint and whose source ends before ``end`` (offsets here).

        The last anchor stands at ``len(text)`` when the text has escapes, so that its end is exact too.
        """
        if len(joints) == 1 and "\r" not in text:
            return (Anchor(joints[0].text, *self.position(joints[0].source)),)
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
