"""Chat text to units: turns with speaker, time and conversation, and the text round them that nobody says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ..model import Unit, UnitKind
from .headings import CONVERSATION, CORRESPONDENT, DAY, LONG_LINE, NOISE, TIME_LINE, record_end, turn_end
from .markers import ChatShape
from .options import ReadOptions
from .parties import Marker, is_question_and_answer, role_of_marker
from .roles import Speech, settle
from .source import BLANKS, Joint, Source
from .speakers import Saying, speech_of
from .text import line_unit
from .windows import Document

_PROSE = 60  # code points: an opening line longer than this is no caption of a chat
_ROUND_A_TURN = BLANKS + "\r\n"


def read_chat(document: Document, options: ReadOptions, shape: ChatShape) -> Iterator[Unit]:
    """One unit per turn, its lines joined as in the source, and between them the text outside turns, a unit a line.

    Kind ``message``, for lists of questions and answers ``public``. Text outside turns has no speaker and is checked as
    the shop's own (``public``, agent); only the few short lines above a pure chat, and what the export writes itself
    (a time, the name of a conversation, a ruler), are ``system``.
    """
    return settle(_speeches(document, options, shape), options.agents)


def _speeches(document: Document, options: ReadOptions, shape: ChatShape) -> Iterator[Speech | Unit]:
    chat: _Chat | None = None
    for window in document.windows():
        markers = shape.markers(window)
        last = document.ended or len(markers) < 2
        if not last:  # the last turn may go on in the next window
            document.give_back(len(window.text) - markers[-1].start)
            window = Source(window.text[: markers[-1].start], window.path, window.first)  # noqa: PLW2901
            markers = markers[:-1]
        chat = chat or _Chat(options, markers)
        yield from chat.speeches(window, markers, last=last)


class _Chat:
    """What one window leaves to the next: which conversation and day it is."""

    def __init__(self, options: ReadOptions, markers: Sequence[Marker]) -> None:
        self.source = Source("")
        self.options = options
        self.kind: UnitKind = options.kind("public" if is_question_and_answer(markers) else "message")
        self.numbered = _numbers_open_conversations(markers)
        self.exact = bool(markers) and markers[0].exact
        self.begun = False
        self.count = 0
        self.broken = True  # whether the next turn opens another conversation
        self.named: str | None = None  # the conversation as the text itself names it
        self.time: str | None = None  # a line of time above a turn that has none
        self.day: str | None = None  # and the day of it, or of the line of a day

    def speeches(self, source: Source, markers: Sequence[Marker], *, last: bool) -> Iterator[Speech | Unit]:
        """Turns and the text outside them, in the order of the source; ``last`` if no turn follows in the file."""
        self.source = source
        limits = [*(marker.start for marker in markers[1:]), len(source.text)]
        ends = [
            self._end(marker, limit, last=last and at + 1 == len(markers))
            for at, (marker, limit) in enumerate(zip(markers, limits, strict=True))
        ]
        opening = list(self._outside(0, markers[0].start if markers else len(source.text)))
        if not self.begun and not self._is_mixed(opening, ends, limits):
            kind = self.options.kind("message")
            opening = [msgspec.structs.replace(unit, unit=kind, role="system") for unit in opening]
        self.begun = True
        yield from opening
        for marker, limit, end in zip(markers, limits, ends, strict=True):
            if self.numbered and marker.number:
                self.broken, self.named = True, None
            yield from self._turn(marker, end)
            yield from self._outside(end if marker.stop is None else self._below(marker), limit)

    def _end(self, marker: Marker, limit: int, *, last: bool) -> int:
        if marker.exact:
            return record_end(self.source, marker.end, marker.stop or limit)
        return turn_end(self.source, marker.end, limit, last=last)

    def _below(self, marker: Marker) -> int:
        """Where the line of a name that stands below its text ends."""
        assert marker.stop is not None
        return next((line.end for line in self.source.lines(marker.stop)), marker.stop)

    def _is_mixed(self, opening: Sequence[Unit], ends: Sequence[int], limits: Sequence[int]) -> bool:
        """Whether prose stands round the turns: above them, or after one has ended."""
        return any(len(unit.text) > _PROSE for unit in opening) or any(
            len(self.source.text[end:limit].strip()) > LONG_LINE for end, limit in zip(ends, limits, strict=True)
        )

    def _turn(self, marker: Marker, end: int) -> Iterator[Speech]:
        start, end = self.source.trim(marker.end, end, _ROUND_A_TURN)
        text = self.source.text[start:end]
        time, self.time = marker.time or self.time, None
        if not text:
            return
        self.count += self.broken
        self.broken = False
        unit = Unit(
            text,
            self.kind,
            "unknown",
            self.source.path,
            self.source.anchors(text, (Joint(0, start),), end),
        )
        conversation = self.named or _pair(marker) or str(self.count)
        saying = Saying(marker.name, role_of_marker(marker.name, self.options.agents), time, conversation, None)
        yield speech_of(unit, saying, self.day)

    def _outside(self, start: int, end: int) -> Iterator[Unit]:
        """The text outside turns, a unit a line; a time or the name of a conversation is noted for the turns below."""
        if start == end or self.source.text[start:end].isspace():
            return
        for line in self.source.lines(start, end):
            unit = line_unit(self.source, line.start, line.end, self.options.kind("public"))
            if unit is None:
                continue
            named = CONVERSATION.match(unit.text) or CORRESPONDENT.match(unit.text)
            timed, noise = TIME_LINE.match(unit.text), NOISE.match(unit.text)
            if named or not (timed or noise or self.exact):
                self.broken, self.named = True, named[1] if named else None
            if timed:
                day = DAY.search(unit.text)
                self.day = day[0] if day else self.day
                self.time = unit.text.strip("-=— \t")
            if named or timed or noise:
                unit = msgspec.structs.replace(unit, unit=self.options.kind("message"), role="system")
            yield unit


def _pair(marker: Marker) -> str | None:
    """The conversation of one who speaks and one who is named as addressed."""
    return " ↔ ".join(sorted((marker.name, marker.recipient))) if marker.recipient else None


def _numbers_open_conversations(markers: Sequence[Marker]) -> bool:
    """Whether numbers count exchanges (1、【买家】…【小花】… 2、【买家】…), not every single turn."""
    numbered = sum(1 for marker in markers if marker.number)
    return 0 < numbered < len(markers)
