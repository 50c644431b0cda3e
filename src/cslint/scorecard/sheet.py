"""The shop's sheet: how many points a finding costs, which average makes which grade. A table `[score]` of a TOML file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cslint.conversation.rule import ConversationRule
from cslint.model import Severity
from cslint.rulebook.rule import GROUPS, Rule

_BY_SEVERITY: dict[Severity, float] = {"error": 5.0, "warning": 1.0, "info": 0.0}  # what a sheet does not say


class SheetError(Exception):
    """A sheet that cannot be used. ``str()`` is ready to print."""


class Grade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Earned where the deductions per conversation are at most ``most`` and, if set, ``in_time`` of the answers in time."""

    name: str
    points: float
    most: float | None = None  # None: whatever is left
    in_time: float | None = None


class Deduct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a finding costs: by rule, else by group, else what a conversation rule says itself, else by severity."""

    severity: dict[Severity, float] = msgspec.field(default_factory=dict)
    groups: dict[str, float] = {}
    rules: dict[str, float] = {}

    def points(self, rule: Rule, severity: Severity) -> float:
        """The points that a finding of ``rule`` costs."""
        for named, name in ((self.rules, rule.id), (self.rules, rule.name), (self.groups, rule.group)):
            if name in named:
                return named[name]
        if isinstance(rule, ConversationRule) and rule.points:
            return rule.points
        return self.severity.get(severity, _BY_SEVERITY[severity])


def _grades() -> list[Grade]:
    return [
        Grade(name="优", points=20, most=0.2),
        Grade(name="良", points=15, most=0.5),
        Grade(name="中", points=10, most=1.0),
        Grade(name="差", points=0),
    ]


class Sheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sheet. The defaults are the chat item of 20 points in a sheet of 130, passed with 70 %."""

    item: str = "客服素质（聊天记录）"
    grades: list[Grade] = msgspec.field(default_factory=_grades)
    deduct: Deduct = Deduct()
    fewest: int = 1  # conversations below which no grade is given
    worst: int = 10  # worst conversations listed
    total: float = 130
    passed: float = 0.7
    bonus: float = 1000

    def grade(self, deducted: float, conversations: int, in_time: float | None, *, fatal: bool) -> Grade | None:
        """The grade for so many points deducted; None where there are too few conversations. ``fatal``: the last one."""
        if conversations < max(1, self.fewest):
            return None
        if fatal:
            return self.grades[-1]
        average = deducted / conversations
        for grade in self.grades:
            enough = grade.in_time is None or in_time is None or in_time >= grade.in_time
            if enough and (grade.most is None or average <= grade.most):
                return grade
        return self.grades[-1]


class _File(msgspec.Struct):
    score: Sheet = Sheet()


def read_sheet(path: Path) -> Sheet:
    """The `[score]` table of a TOML file; the defaults where it has none. Raises SheetError."""
    try:
        file = msgspec.toml.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise SheetError(f"{path}: cannot be read: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise SheetError(f"{path}: [score]: {error}\n  hint: docs/scorecard.md shows a whole sheet") from None
    sheet = file.score
    if not sheet.grades:
        raise SheetError(f"{path}: score.grades: a sheet needs at least one grade")
    for group in sheet.deduct.groups:
        if group not in GROUPS:
            raise SheetError(f"{path}: score.deduct.groups: no group {group!r}; known are {', '.join(GROUPS)}")
    return sheet
