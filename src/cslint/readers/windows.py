"""A decoded file in windows: pieces of bounded size that end where a reader may cut, each knowing its first line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from .encoding import decoded, detect
from .errors import UnreadableError
from .input import Input
from .source import Source

WINDOW = 1 << 20  # code points: large enough to tell a chat from a list, small enough to hold
LONGEST_LINE = 1 << 24  # code points of one line, cell or record; a chat export holds none of a hundredth of that
LARGEST_WHOLE = 128 << 20  # bytes of a format that is read whole, such as JSON and HTML


class Document:
    """The text of one file. It is decoded in pieces, at most a window and the longest line are held at a time."""

    def __init__(self, given: Input, encoding: str | None = None) -> None:
        self.path = given.path
        self.encoding = detect(given, encoding)
        self._given = given
        self._pieces = decoded(given, self.encoding)
        self._held = ""
        self._ended = False
        self._back = 0
        self._opening: Source | None = None

    def opening(self) -> Source:
        """The first window, without taking it: what tells the format. Ends at a line end if it has one."""
        self._fill(WINDOW)
        end = len(self._held) if self._ended else _line_end(self._held)
        if self._opening is None:
            self._opening = Source(self._held[: end or len(self._held)], self.path)
        return self._opening

    @property
    def fits(self) -> bool:
        """Whether the first window is the whole file."""
        self._fill(WINDOW)
        return self._ended

    def whole(self) -> Source:
        """The whole text. Errors: :class:`UnreadableError` if the file is larger than :data:`LARGEST_WHOLE`."""
        self.refuse_large()
        return Source("".join(chain((self._held,), self._pieces)), self.path)

    def refuse_large(self) -> None:
        """Errors: :class:`UnreadableError` if the file is larger than what may be held whole."""
        if self._given.size > LARGEST_WHOLE:
            problem = f"found {self._given.size:,} bytes, expected at most {LARGEST_WHOLE:,} in this format"
            hint = "split it, or export it as CSV or JSON Lines, which are read piece by piece"
            raise UnreadableError(self.path, problem, hint)

    @property
    def ended(self) -> bool:
        """Whether the window handed out last is the file's last."""
        return self._ended

    def give_back(self, characters: int) -> None:
        """Let the next window open with so many last characters of this one: what began in it does not end in it."""
        self._back = characters

    def windows(self) -> Iterator[Source]:
        """The text in windows, in order; each but the last ends at a line end.

        Errors: :class:`UnreadableError` if a line, or what was given back again and again, is longer than
        :data:`LONGEST_LINE`.
        """
        first, size = 1, WINDOW
        while True:
            self._fill(size)
            self._opening = None
            end = len(self._held) if self._ended else _line_end(self._held)
            taken = 0
            if end:
                self._back = 0
                window = Source(self._held[:end], self.path, first)
                yield window
                taken = end - self._back
            if self._ended:
                return
            if taken:
                first, _ = window.position(taken)
                self._held = self._held[taken:]
                size = WINDOW
            elif size >= LONGEST_LINE:
                problem = f"what begins on line {first} has no end within {LONGEST_LINE:,} characters"
                raise UnreadableError(self.path, problem, "no shop sends such a text: correct the file or --exclude it")
            else:
                size *= 2

    def _fill(self, size: int) -> None:
        if len(self._held) >= size or self._ended:
            return
        parts, length = [self._held], len(self._held)
        while length < size:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
                break
            parts.append(piece)
            length += len(piece)
        self._held = "".join(parts)


def _line_end(text: str) -> int:
    """The offset after the last line end; a last ``\\r`` may be half of one."""
    return max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
