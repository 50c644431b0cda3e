"""Conversations as tests write them: who, when, what."""

from collections.abc import Iterable

from cslint import Finding, Unit
from cslint.model import Role

ROLES: dict[str, Role] = {"买家": "customer", "客服": "agent", "机器人": "bot", "系统": "system", "路人": "unknown"}
Said = tuple[str, str | None, str]  # who, time, text


def units(said: Iterable[Said], conversation: str | None = "C1", path: str = "chat.csv") -> list[Unit]:
    """Messages in the order of a file; rows count from 2, as under a header."""
    return [
        Unit(text, "message", ROLES[who], path, row=row, conversation=conversation, sender=who, time=time)
        for row, (who, time, text) in enumerate(said, 2)
    ]


def rules(findings: Iterable[Finding]) -> list[tuple[str, int | None]]:
    """Rule and row of each finding."""
    return sorted((f.rule, f.place.row) for f in findings)
