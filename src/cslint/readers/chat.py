"""Chat text to units: turns with speaker, time and conversation, and the text round them that nobody says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ..model import Unit, UnitKind
from .headings import CONVERSATION, LONG_LINE, TIME_LINE, turn_end
from .markers import Marker, is_question_and_answer, role_of_marker
from .options import ReadOptions
from .roles import Speech, settle
from .source import BLANKS, Joint, Source
from .text import line_unit

_PROSE = 60  # code points: an opening line longer than this is no caption of a chat
_ROUND_A_TURN = BLANKS + "\r\n"


def read_chat(source: Source, options: ReadOptions, markers: Sequence[Marker]) -> Iterator[Unit]:
    """One unit per turn, its lines joined as in the source, and between them the text outside turns, a unit a line.

    ``markers`` are those of the file, at least one. Kind ``message``, for lists of questions and answers ``public``. Text outside turns has no speaker and is checked as
    the shop's own (``public``, agent); only the few short lines above a pure chat, and lines that hold a time or the
    name of a conversation, are ``system``.
    """
    return settle(_Chat(source, options, markers).speeches(), options.agents)


class _Chat:
    """One pass over the markers: what each turn says, and which conversation it belongs to."""

    def __init__(self, source: Source, options: ReadOptions, markers: Sequence[Marker]) -> None:
        self.source = source
        self.options = options
        self.markers = markers
        self.kind: UnitKind = options.kind("public" if is_question_and_answer(markers) else "message")
        self.numbered = _numbers_open_conversations(markers)
        self.count = 0
        self.broken = True  # whether the next turn opens another conversation
        self.named: str | None = None  # the conversation as the text itself names it
        self.time: str | None = None  # a line of time above a turn that has none

    def speeches(self) -> list[Speech | Unit]:
        """Turns and the text outside them, in the order of the source."""
        ends = [
            turn_end(self.source, marker.end, limit, last=at + 1 == len(self.markers))
            for at, (marker, limit) in enumerate(zip(self.markers, self._limits(), strict=True))
        ]
        found = self._opening(mixed=self._is_mixed(ends))
        for marker, limit, end in zip(self.markers, self._limits(), ends, strict=True):
            if self.numbered and marker.number:
                self.broken, self.named = True, None
            speech = self._turn(marker, end)
            if speech is not None:
                found.append(speech)
            found.extend(self._outside(end, limit))
        return found

    def _limits(self) -> list[int]:
        return [*(marker.start for marker in self.markers[1:]), len(self.source.text)]

    def _is_mixed(self, ends: Sequence[int]) -> bool:
        """Whether prose stands round the turns: above them, or after one has ended."""
        text = self.source.text
        opening = self.source.lines(0, self.markers[0].start)
        return any(line.end - line.start > _PROSE for line in opening) or any(
            len(text[end:limit].strip()) > LONG_LINE for end, limit in zip(ends, self._limits(), strict=True)
        )

    def _opening(self, *, mixed: bool) -> list[Speech | Unit]:
        above = self._outside(0, self.markers[0].start)
        if mixed:
            return list(above)
        kind = self.options.kind("message")
        return [msgspec.structs.replace(unit, unit=kind, role="system") for unit in above]

    def _turn(self, marker: Marker, end: int) -> Speech | None:
        start, end = self.source.trim(marker.end, end, _ROUND_A_TURN)
        text = self.source.text[start:end]
        time, self.time = marker.time or self.time, None
        if not text:
            return None
        self.count += self.broken
        self.broken = False
        unit = Unit(
            text,
            self.kind,
            "unknown",
            self.source.path,
            self.source.anchors(text, (Joint(0, start),), end),
            conversation=self.named or str(self.count),
            sender=marker.name,
            time=time,
        )
        return Speech(unit, role_of_marker(marker.name, self.options.agents))

    def _outside(self, start: int, end: int) -> list[Unit]:
        """The text outside turns, a unit a line; a time or the name of a conversation is noted for the turns below."""
        units = []
        for line in self.source.lines(start, end):
            unit = line_unit(self.source, line.start, line.end, self.options.kind("public"))
            if unit is None:
                continue
            named, timed = CONVERSATION.match(unit.text), TIME_LINE.match(unit.text)
            if not timed:
                self.broken, self.named = True, named[1] if named else None
            else:
                self.time = unit.text.strip("-=— \t")
            if named or timed:
                unit = msgspec.structs.replace(unit, unit=self.options.kind("message"), role="system")
            units.append(unit)
        return units


def _numbers_open_conversations(markers: Sequence[Marker]) -> bool:
    """Whether numbers count exchanges (1、【买家】…【小花】… 2、【买家】…), not every single turn."""
    numbered = sum(1 for marker in markers if marker.number)
    return 0 < numbered < len(markers)
