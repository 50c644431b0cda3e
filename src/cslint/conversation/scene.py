"""The small conversations of rule files: `买家 10:00:05 在吗` to a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cslint.model import Role, Unit

_SPEAKERS: dict[str, Role] = {"买家": "customer", "客服": "agent", "机器人": "bot", "自动回复": "bot", "系统": "system"}
_LINE = re.compile(
    rf"(?P<who>{'|'.join(_SPEAKERS)})(?:\((?P<name>[^()]+)\))?\s+"
    r"(?:(?P<time>(?:\d{4}-\d{1,2}-\d{1,2}\s+)?\d{1,2}:\d{2}(?::\d{2})?)\s+)?(?P<text>\S.*)",
    re.DOTALL,
)


def read_line(line: str) -> Unit | None:
    """The message of one line: who, in brackets a name, a time (optional), the text. None if it is none."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return None
    who = match["who"]
    return Unit(match["text"], "message", _SPEAKERS[who], sender=match["name"] or who, time=match["time"])


def units_of(lines: Iterable[str], conversation: str = "1") -> list[Unit]:
    """The messages of a small conversation; ``row`` is the 1-based number of the line."""
    found = [unit for line in lines if (unit := read_line(line)) is not None]
    return [
        Unit(u.text, u.unit, u.role, row=row, conversation=conversation, sender=u.sender, time=u.time)
        for row, u in enumerate(found, 1)
    ]
