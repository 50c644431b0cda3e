"""Turns of chat exports, which carry their moment: 千牛 and QQ in one line or two, and accounts below the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from .headings import CLOCK, DATE, TIME_LINE
from .parties import MANY, Marker, is_label, likely_lines, regulars
from .roles import role_of_name
from .source import Line, Source

_COLON = r"[:\uff1a]"
_MOMENT = rf"{DATE}[ T]*{CLOCK}"
_NAME = r"[^\s,\uff0c。!\uff01?\uff1f][^\r\n,\uff0c。!\uff01?\uff1f]{0,60}?"
_STAMPED = re.compile(  # 千牛: a line "name 2024-1-2 9:05:03", the text below; QQ: the time first
    rf"[ \t]*\[?(?P<name>{_NAME})\]?[ \t]*[(\uff08]?(?P<after>{_MOMENT})[)\uff09]?[ \t]*{_COLON}?[ \t]*\Z"
    rf"|[ \t]*(?P<before>{_MOMENT})[ \t]+(?P<late>{_NAME})[ \t]*\Z"
)
_ALONE = re.compile(rf"[ \t]*(?P<time>(?:{DATE}[ T]*)?{CLOCK})[ \t]*\Z")
_DATED = re.compile(DATE)
_ARROW = re.compile(r"\s*(?:-{1,2}>|→|⇒|=>|发送给)\s*")
_ACCOUNT_ID = re.compile(r"[(<\uff08](?P<id>[\w.@+-]+)[)>\uff09]$")
_LEVEL = re.compile(r"^【[^】\n]{1,12}】")  # QQ groups: 【管理员】昵称
_QQ_SYSTEM = frozenset({"10000", "1000000"})
_NO_NAME_ENDS = ("于", "至", "到", "截止", ":", "\uff1a")  # 订单创建于 2024-1-2 9:05:03 is no name
_NAME_LINE = 40  # code points


def stamped_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    """Name and moment on one line, in either order, also glued, in brackets, or ``A --> B moment``."""
    markers = []
    for line in likely_lines(source, ":\uff1a"):
        found = _STAMPED.match(source.text, line.start, line.end)
        if found is None:
            continue
        written = (found["name"] or found["late"]).strip()
        marker = _named(Marker(line.start, found.end(), written, time=found["before"] or found["after"], exact=True))
        if marker.name and not is_label(marker.name, agents) and not marker.name.endswith(_NO_NAME_ENDS):
            markers.append(marker)
    return _parties(markers, agents, MANY), markers


def two_line_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    """The name on a line, the moment with its day alone on the next."""
    markers = []
    for line in _moments(source):
        above = _line_above(source, line.start)
        name = source.text[above.start : above.end].strip() if above is not None else ""
        if above is None or not 0 < len(name) <= _NAME_LINE or TIME_LINE.match(name):
            continue
        time = source.text[line.start : line.end].strip()
        marker = _named(Marker(above.start, line.end, name, time=time, exact=True))
        if _DATED.search(time) and not is_label(marker.name, agents) and not marker.name.endswith(_NO_NAME_ENDS):
            markers.append(marker)
    counts = Counter(marker.name for marker in markers)
    sure = any(role_of_name(name, agents) for name in counts) or max(counts.values(), default=0) >= MANY
    return (_parties(markers, agents, MANY) if sure and len(counts) > 1 else set()), markers


def trailing_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    """The time alone on a line, the text below it, and the account on the last line, as the web page of 千牛 has it."""
    markers = []
    times = _moments(source)
    limits = [*(line.start for line in times[1:]), len(source.text)]
    for line, limit in zip(times, limits, strict=bool(times)):
        said = [one for one in source.lines(line.end, limit) if _is_said(source, one)]
        if len(said) < 2:
            continue
        name = source.text[said[-1].start : said[-1].end].strip()
        if len(name) <= _NAME_LINE and not is_label(name, agents):
            time = source.text[line.start : line.end].strip()
            markers.append(Marker(line.start, line.end, name, time=time, exact=True, stop=said[-1].start))
    counts = Counter(marker.name for marker in markers)
    roles = [role_of_name(name, agents) for name in counts]
    often = len(markers) >= 2 * len(counts) - 1 or None not in roles
    often = often and "agent" in roles and len(counts) > 1
    return ({marker.name for marker in markers} if often else set()), markers


def _parties(markers: Sequence[Marker], agents: Sequence[str], least: int) -> set[str]:
    counts = Counter(marker.name for marker in markers)
    if len(markers) < least:
        return set()
    known = {name for name in counts if role_of_name(name, agents)}
    addressed = {marker.name for marker in markers if marker.recipient}
    return known | addressed | regulars(known, set(counts) - known, counts)


def _named(marker: Marker) -> Marker:
    name, recipient = _parts(marker.name)
    return marker._replace(name=name, recipient=recipient)


@lru_cache(maxsize=4096)
def _parts(written: str) -> tuple[str, str | None]:
    """A name freed of the account's id, the level in a group and the one who is addressed; and that one."""
    name, *others = _ARROW.split(_LEVEL.sub("", written) or written, maxsplit=1)
    account = _ACCOUNT_ID.search(name)
    if account is not None and account["id"] in _QQ_SYSTEM:
        name = "系统消息"
    elif account is not None:
        name = name[: account.start()].strip() or name
    return name.strip(), others[0].strip() if others else None


def _moments(source: Source) -> list[Line]:
    """The lines that are a time and nothing else."""
    return [line for line in likely_lines(source, ":\uff1a") if _ALONE.match(source.text, line.start, line.end)]


def _line_above(source: Source, start: int) -> Line | None:
    line, _ = source.position(start)
    at = line - source.first
    return next(source.lines(source.starts[at - 1], start), None) if at else None


def _is_said(source: Source, line: Line) -> bool:
    content = source.text[line.start : line.end].strip()
    return bool(content) and not TIME_LINE.match(content)
