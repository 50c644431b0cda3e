"""A conversation as the rules see it: messages in their order, sessions, sides, turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from cslint.conversation.clock import DAY, Moment, time_of
from cslint.model import Finding, Unit

Kind = Literal["customer", "human", "bot", "auto", "system", "unknown"]
Span = tuple[int, int]

SESSION_GAP = 4 * 3600  # seconds of silence after which a buyer's message opens another session
_WHOLE_MINUTES = 8  # so many times, all at :00, are times to the minute
_KINDS: dict[str, Kind] = {"agent": "human", "customer": "customer", "bot": "bot", "system": "system"}
SHOP: tuple[Kind, ...] = ("human", "bot", "auto")


class Message:
    """One message with what was found in it.

    ``cues`` and ``rules`` map names of cues and ids of rules to spans of the text (code points, half-open). ``at`` is in
    seconds since the epoch, None where the export gives no time; ``auto`` is a canned answer that the platform sends.
    """

    __slots__ = ("at", "cues", "findings", "kind", "precision", "rules", "sender", "text", "unit")

    def __init__(
        self,
        unit: Unit,
        cues: dict[str, list[Span]],
        rules: dict[str, list[Span]],
        findings: Sequence[Finding] = (),
        *,
        auto: bool = False,
    ) -> None:
        self.unit, self.text, self.sender = unit, unit.text, unit.sender or ""
        kind = _KINDS.get(unit.role, "unknown")
        self.kind: Kind = "auto" if auto and kind in SHOP else kind
        self.cues, self.rules, self.findings = cues, rules, tuple(findings)
        self.at: float | None = None
        self.precision = 1

    @property
    def side(self) -> Literal["customer", "shop", ""]:
        """Which of the two parties speaks; empty for notices of the platform."""
        return "customer" if self.kind == "customer" else "shop" if self.kind in SHOP else ""


class Turn(NamedTuple):
    """What the buyer asked and who answered; indexes into the messages of a session."""

    asked: int  # the first message of the buyer that waits
    last: int  # the last one before the answer
    answered: int | None  # the first answer that counts; None: there was none
    first: bool  # the session opens with it


class Session:
    """The messages between two long silences, in the order of their times."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.timed = all(m.at is not None for m in messages if m.side)
        self.blocks = list(_blocks(messages))

    def turns(self, counts: Iterable[str]) -> Iterator[Turn]:
        """The turns, where only messages of the kinds ``counts`` are answers."""
        counts = frozenset(counts)
        asked: int | None = None
        last, first = 0, True
        for at, message in enumerate(self.messages):
            if message.kind == "customer":
                asked, last = (at if asked is None else asked), at
            elif asked is not None and message.kind in counts:
                yield Turn(asked, last, at, first)
                asked, first = None, False
        if asked is not None:
            yield Turn(asked, last, None, first)

    def wait(self, turn: Turn) -> float | None:
        """Seconds from the question to its answer; None without an answer or without times."""
        if turn.answered is None:
            return None
        asked, answered = self.messages[turn.asked].at, self.messages[turn.answered].at
        return None if asked is None or answered is None else max(0.0, answered - asked)

    def slack(self, turn: Turn) -> int:
        """Seconds by which the wait may really be shorter, because times are given to the minute."""
        return self.messages[turn.asked].precision - 1


def _blocks(messages: Sequence[Message]) -> Iterator[int]:
    """For each message the number of its run of messages by one side; notices of the platform belong to the run before."""
    number, side = 0, ""
    for message in messages:
        if message.side and message.side != side:
            number, side = number + 1, message.side
        yield number


class Conversation:
    """All messages of one conversation. ``name`` as the export gives it, None where it gives none."""

    def __init__(self, path: str, name: str | None, messages: Iterable[Message]) -> None:
        self.path, self.name = path, name
        self.messages, self.dated, self.duplicates = _in_order(list(messages))
        self.sessions = [Session(part) for part in _sessions(self.messages)]

    @property
    def is_clear(self) -> bool:
        """Whether the two sides can be told apart: nobody speaks whose role is not known."""
        kinds = {m.kind for m in self.messages}
        if "unknown" in kinds or not any(m.side for m in self.messages):
            return False
        if self.name is not None:
            return True
        buyers = {m.sender for m in self.messages if m.kind == "customer"}
        return len(buyers) == 1 and bool(kinds & set(SHOP))  # a file without conversations is one, if one buyer speaks


def _in_order(messages: list[Message]) -> tuple[list[Message], bool, int]:
    """Messages by time, without rows that stand twice; whether their dates are known; how many stood twice."""
    moments = [time_of(m.unit) for m in messages]
    dated = any(m is not None and m.dated for m in moments)
    if dated:  # a bare clock among full dates says nothing
        moments = [m if m is not None and m.dated else None for m in moments]
    known = [m.seconds for m in moments if m is not None]
    drops = [a - b for a, b in pairwise(known)]
    falls = sum(drop > 0 and (dated or drop < DAY / 2) for drop in drops)  # a bare clock falls at midnight
    if falls * 2 > len(known) - 1 and len(known) > 1:
        messages, moments = messages[::-1], moments[::-1]  # an export with the newest first
    if not dated:
        moments = _over_midnight(moments)
    minutes = len(known) >= _WHOLE_MINUTES and all(s % 60 == 0 for s in known)
    for message, moment in zip(messages, moments, strict=True):
        message.at = None if moment is None else moment.seconds
        message.precision = 1 if moment is None else 60 if minutes else moment.precision
    ordered = _by_time(messages)
    single = list(_without_duplicates(ordered))
    return single, dated, len(ordered) - len(single)


def _over_midnight(moments: list[Moment | None]) -> list[Moment | None]:
    """Clocks without a date, in the order of the file: one that falls by more than half a day is on the next day."""
    day, last = 0, None
    found: list[Moment | None] = []
    for moment in moments:
        if moment is not None:
            if last is not None and last - moment.seconds > DAY / 2:
                day += 1
            last = moment.seconds
            moment = moment._replace(seconds=moment.seconds + day * DAY)  # noqa: PLW2901
        found.append(moment)
    return found


def _by_time(messages: list[Message]) -> list[Message]:
    """Sorted by time; a message without one stays behind its neighbour of the file."""
    at = next((m.at for m in messages if m.at is not None), 0.0)
    keys = []
    for message in messages:
        at = at if message.at is None else message.at
        keys.append(at)
    return [messages[i] for i in sorted(range(len(messages)), key=keys.__getitem__)]


def _without_duplicates(messages: Iterable[Message]) -> Iterator[Message]:
    """A row that stands twice, to the second, is one message: exports overlap."""
    seen: set[tuple[object, ...]] = set()
    for message in messages:
        key = (message.kind, message.sender, message.at, message.text)
        if message.at is not None and message.precision == 1 and key in seen:
            continue
        seen.add(key)
        yield message


def _sessions(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """Cut where a buyer writes after a long silence."""
    session: list[Message] = []
    last: float | None = None
    for message in messages:
        if session and message.kind == "customer" and last is not None and message.at is not None and (
            message.at - last >= SESSION_GAP
        ):  # fmt: skip
            yield session
            session = []
        session.append(message)
        last = message.at if message.at is not None and message.side else last
    if session:
        yield session
