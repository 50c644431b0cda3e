"""The shape of a conversation rule file, as docs/conversation-rules.md describes it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from cslint.model import Severity
from cslint.rulebook.schema import (
    BasisEntry,
    Bilingual,
    Platform,
    PlatformSet,
    Profile,
    TermEntry,
    UnlessEntry,
)

Who = Literal["anyone", "customer", "shop", "agent", "bot", "auto"]
Counts = Literal["human", "bot", "auto"]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Applies(_Strict, frozen=True, kw_only=True):
    platforms: PlatformSet = PlatformSet()


class WhereEntry(_Strict, frozen=True, kw_only=True):
    first: int | None = None
    last: int | None = None
    of: Who | None = None
    after: str | None = None
    before: str | None = None
    beside: str | None = None
    messages: int | None = None
    turns: int | None = None
    seconds: float | None = None
    over: float | None = None


class RepeatEntry(_Strict, frozen=True, kw_only=True):
    times: int
    least: int = 6


class BurstEntry(_Strict, frozen=True, kw_only=True):
    times: int
    seconds: float
    most: int


class SplitEntry(_Strict, frozen=True, kw_only=True):
    rules: list[str]
    seconds: float = 120
    messages: int = 6
    shortest: int = 4


class MatchEntry(_Strict, frozen=True, kw_only=True):
    cues: list[str] = []
    rules: list[str] = []
    terms: list[str | TermEntry] = []
    lacks: list[str] = []
    pause: float | None = None
    repeat: RepeatEntry | None = None
    burst: BurstEntry | None = None
    split: SplitEntry | None = None


class ConditionEntry(_Strict, frozen=True, kw_only=True):
    who: Who = "anyone"
    where: WhereEntry = WhereEntry()
    match: MatchEntry = MatchEntry()
    sender: Literal["same", "other"] | None = None


class MeasureEntry(_Strict, frozen=True, kw_only=True):
    of: Literal["turn", "session"] = "turn"
    within: float
    marks: list[float] = []
    window: str | None = None
    replies: list[Counts] = msgspec.field(default_factory=lambda: ["human"])
    unanswered: float | Literal["late", "skip"] = "late"
    cap: float | None = None
    ignore: list[str] = []
    report: list[Literal["late", "unanswered"]] = msgspec.field(default_factory=lambda: ["late", "unanswered"])
    least: float | None = None
    fewest: int = 5


class ConversationExample(_Strict, frozen=True, kw_only=True):
    talk: list[str]
    platform: Platform | None = None
    profiles: list[Profile] = []
    blame: int | None = None
    note: str = ""


class ConversationExamples(_Strict, frozen=True, kw_only=True):
    bad: list[ConversationExample] = []
    good: list[ConversationExample] = []


class ConversationRuleFile(_Strict, frozen=True, kw_only=True):
    id: str
    name: str
    group: str
    severity: Severity
    title: Bilingual
    why: Bilingual
    spec: list[str] = []
    basis: list[BasisEntry]
    applies: Applies = Applies()
    profiles: list[Profile] = []
    points: float = 0
    fatal: bool = False
    scope: Literal["session", "conversation"] = "session"
    measure: MeasureEntry | None = None
    conditions: dict[str, ConditionEntry] = {}
    when: str | dict[str, Any] | None = None
    blame: str | list[str] | None = None
    rewrites: list[str] = []
    examples: ConversationExamples


class CueEntry(_Strict, frozen=True, kw_only=True):
    terms: list[str | TermEntry]
    unless: list[UnlessEntry] = []


class CueFile(_Strict, frozen=True, kw_only=True):
    """`_cues.yaml`: what people say, by name, for the conditions of all rules of the folder."""

    cues: dict[str, CueEntry]
