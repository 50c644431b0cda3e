"""Messages to conversations in one pass. What is kept in memory is what may still go on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from cslint.conversation.clock import DAY, time_of
from cslint.conversation.talk import Conversation, Message

SILENT = DAY  # seconds without a message, in a stream that is in order, after which a conversation is over
WATCHED = 5_000  # messages of a stream that must have come in order before anything is closed
OPEN = 100_000  # conversations held at most; beyond it the one that has been silent longest is closed

_Key = tuple[str, str | None, str | None]


class _Open:
    __slots__ = ("last", "messages")

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.last: float | None = None


class Grouper:
    """Collects messages by conversation and hands a conversation out once it is over.

    It is over when its file ends, or when a stream that has proved to be in order of time has gone a day beyond its last
    message. A file whose times fall back by more than a day is not in order: its conversations are held to its end.
    """

    def __init__(self, *, silent: float = SILENT, watched: int = WATCHED, most: int = OPEN) -> None:
        self._open: OrderedDict[_Key, _Open] = OrderedDict()  # the longest silent first
        self._silent, self._watched, self._most = silent, watched, most
        self._path: str | None = None
        self._latest: float | None = None
        self._in_order = True
        self._seen = 0

    def add(self, message: Message) -> Iterator[Conversation]:
        """Take a message; the conversations that are over by now."""
        unit = message.unit
        if unit.path != self._path:
            yield from self.close()
            self._path, self._latest, self._in_order, self._seen = unit.path, None, True, 0
        self._seen += 1
        key = (unit.path, unit.sheet if unit.conversation is None else None, unit.conversation)
        held = self._open.get(key)
        if held is None:
            held = self._open[key] = _Open()
        held.messages.append(message)
        self._open.move_to_end(key)
        at = self._time(message)
        if at is not None:
            held.last = at
            self._latest = at if self._latest is None else max(self._latest, at)
        yield from self._over()

    def _time(self, message: Message) -> float | None:
        moment = time_of(message.unit)
        if moment is None or not moment.dated:
            return None
        if self._latest is not None and self._latest - moment.seconds > self._silent:
            self._in_order = False
        return moment.seconds

    def _over(self) -> Iterator[Conversation]:
        proved = self._in_order and self._seen > self._watched
        while proved and self._latest is not None and self._open:
            key, held = next(iter(self._open.items()))
            if held.last is None or self._latest - held.last <= self._silent:
                break
            yield self._closed(key)
        if len(self._open) > self._most:
            yield self._closed(next(iter(self._open)))

    def close(self) -> Iterator[Conversation]:
        """All that are still open."""
        while self._open:
            yield self._closed(next(iter(self._open)))

    def _closed(self, key: _Key) -> Conversation:
        return Conversation(key[0], key[2], self._open.pop(key).messages)
