"""Who speaks where in a chat text: the markers that open a turn, in the shapes that exports and people write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ..model import Role
from .headings import WHEN
from .parties import MANY, Marker, is_label, is_named, likely_lines, regulars, role_of_marker
from .source import Source
from .stamps import stamped_parties, trailing_parties, two_line_parties

_OPEN, _CLOSE, _COLON = r"[\[(\uff08]", r"[\])\uff09]", r"[:\uff1a]"  # fullwidth marks as escapes: they look alike
_NUMBER = r"[(\uff08]?(?P<number>\d{1,4})[)\uff09、.\uff0e]"
_BEFORE = rf"(?:{_OPEN}?(?P<before>{WHEN}){_CLOSE}?[ \t]*)?"
_AFTER = rf"(?:{_OPEN}?(?P<after>{WHEN}){_CLOSE}?(?=[ \t]*(?:{_COLON}|\Z)))?[ \t]*"
_BRACKETED = re.compile(
    rf"[ \t\u3000]*(?:(?:{_NUMBER}|(?P<bare>\d{{1,4}})(?=[ \t]*[【\[]))[ \t]*)?"
    rf"{_BEFORE}(?:【(?P<name>[^【】\n]{{1,24}})】|\[(?P<square>[^\[\]\n]{{1,24}})\])[ \t]*{_AFTER}(?P<colon>{_COLON})?"
)
_LABELLED = re.compile(
    rf"[ \t\u3000]*(?:{_NUMBER}[ \t]*)?{_BEFORE}"
    r"(?P<name>[^\s:\uff1a,\uff0c。!\uff01?\uff1f、;\uff1b【】\[\]()\uff08\uff09<>\"'“”=/\\|]{1,20}"
    r"(?: [\w*-]{1,16})?(?:[(\uff08][^\s:\uff1a()\uff08\uff09]{1,20}[)\uff09])?)"
    rf"[ \t]*{_AFTER}(?P<colon>{_COLON})(?!//)"
)
_GLUED = re.compile(
    rf"(?:(?<=[^\d\s])(?P<number>\d{{1,4}})[、.\uff0e][ \t]*)?【(?P<name>[^【】\n]{{1,24}})】[ \t]*{_COLON}"
)
_QQ_RECORD = re.compile("消息记录[(\uff08]此消息记录为文本格式|^消息分组:", re.MULTILINE)
_TITLE = 300  # code points
PartiesOf = Callable[[Source, Sequence[str]], tuple[set[str], list[Marker]]]


class ChatShape:
    """How a file writes its turns, and who takes part; both are told by its first window and hold for the rest."""

    def __init__(self, parties_of: PartiesOf, parties: set[str], agents: Sequence[str]) -> None:
        self._parties_of = parties_of
        self._parties = parties
        self._agents = agents

    def markers(self, source: Source) -> list[Marker]:
        """The markers of one window in order."""
        parties, markers = self._parties_of(source, self._agents)
        self._parties |= parties
        turns = [marker for marker in markers if marker.name in self._parties]
        return sorted([*turns, *_glued(source, turns, self._parties)], key=lambda marker: marker.start)


def chat_shape(source: Source, agents: Sequence[str] = ()) -> ChatShape | None:
    """The shape of a chat text, or None if the window is not clearly a chat."""
    shapes = [_bracketed_parties, stamped_parties, two_line_parties, trailing_parties, _labelled_parties]
    if _QQ_RECORD.search(source.text, 0, _TITLE):
        shapes.sort(key=lambda shape: shape is not stamped_parties)  # there 【管理员】 before a name is a level
    for parties_of in shapes:
        parties, _ = parties_of(source, agents)
        if parties:
            return ChatShape(parties_of, parties, agents)
    return None


def _scan(source: Source, shape: re.Pattern[str], signs: str) -> list[Marker]:
    """The lines that open as ``shape`` says; only those with one of ``signs`` near their start are looked at."""
    markers = []
    for line in likely_lines(source, signs):
        found = shape.match(source.text, line.start, line.end)
        if found is None:
            continue
        parts = found.groupdict()
        name = (parts.get("name") or parts.get("square") or "").strip()
        if parts.get("square") and not (parts["colon"] or parts["after"]):
            continue  # [微笑] is a sticker
        time = parts.get("before") or parts.get("after")
        number = parts.get("number") or parts.get("bare")
        markers.append(Marker(line.start, found.end(), name, number, time, bool(parts.get("colon"))))
    return markers


def _bracketed_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    markers = [marker for marker in _scan(source, _BRACKETED, "【[") if not is_label(marker.name, agents)]
    counts = Counter(marker.name for marker in markers)
    coloned = Counter(marker.name for marker in markers if marker.colon)
    roles = {name: role_of_marker(name, agents) for name in counts}
    if not _is_chat(source, markers, counts, coloned, roles):
        return set(), []
    plain = sum(coloned.values()) * 2 <= len(markers)  # 【name】text, without colons
    known = {name for name in counts if roles[name]}
    unknown = set(counts) - known
    if not plain:  # then 【name】 without one is mostly a label; unless one side is written so throughout
        unknown = {name for name in unknown if coloned[name]} or unknown
    return known | regulars(known, unknown, counts), markers


def _is_chat(
    source: Source,
    markers: Sequence[Marker],
    counts: Counter[str],
    coloned: Counter[str],
    roles: dict[str, Role | None],
) -> bool:
    """【name】 also opens the signature of an SMS and the headings of a notice, so a chat must show its two sides."""
    if "customer" in roles.values():
        return len(counts) > 1 or bool(coloned)
    if "agent" in roles.values() and any(roles[name] in ("agent", "bot") and coloned[name] for name in counts):
        return len(coloned) > 1
    often = len(coloned) == len(counts) and all(count >= MANY for count in coloned.values())
    return 2 <= len(counts) <= 4 and often and len(markers) * 2 > _filled(source)


def _labelled_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    """``name:`` is a chat only if a buyer or a named agent speaks with another, on a good part of the lines."""
    markers = [
        marker
        for marker in _scan(source, _LABELLED, ":\uff1a")
        if not marker.name.isdigit() and not is_label(marker.name, agents)
    ]
    counts = Counter(marker.name for marker in markers)
    roles = {name: role_of_marker(name, agents) for name in counts}
    known = {name for name in counts if roles[name]}
    parties = known | regulars(known, set(counts) - known, counts)
    sure = "customer" in roles.values() or any(is_named(name, agents) for name in parties)
    if not sure:
        sure = "agent" in roles.values() and all(counts[name] >= MANY for name in parties)
    turns = sum(counts[name] for name in parties)
    return (parties, markers) if sure and len(parties) > 1 and turns * 3 >= _filled(source) else (set(), [])


def _filled(source: Source) -> int:
    """How many lines hold anything."""
    return sum(1 for line in source.lines() if source.text[line.start : line.end].strip())


def _glued(source: Source, markers: Sequence[Marker], parties: set[str]) -> list[Marker]:
    """The turns glued to the end of another's line, for parties already known: …好的【买家】:那退款呢."""
    seen = {marker.end for marker in markers}
    return [
        Marker(found.start(), found.end(), found["name"], found["number"], None, True)
        for found in _GLUED.finditer(source.text)
        if found["name"] in parties and found.end() not in seen
    ]
