"""The shape of a rule file, as docs/rule-files.md describes it. Decoding checks types and refuses unknown keys."""

from __future__ import annotations

from typing import Literal

import msgspec

from cslint.model import Basis, Confidence, Role, Severity, UnitKind
from cslint.rulebook.rule import Weighing

Platform = Literal["jd", "taobao", "tmall", "pdd", "douyin", "kuaishou", "xiaohongshu"]
Profile = Literal[
    "strict-style", "strict-terms", "cosmetics", "food", "medical", "mother-child", "education", "finance",
    "real-estate", "electronics", "jewellery", "live-stream",
]  # fmt: skip
Fuzzy = Literal["n/l", "zh/z", "ch/c", "sh/s", "f/h", "ng/n"]
Reach = Literal[
    "text", "order-data", "image", "person", "conversation", "timing", "unlawful-advice", "later"
]  # fmt: skip
Whole = Literal["message", "sentence", "clause"]
SeverityBy = Severity | dict[UnitKind, Severity]
Words = str | list[str]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Bilingual(_Strict, frozen=True, kw_only=True):
    zh: str
    en: str


class BasisEntry(_Strict, frozen=True, kw_only=True):
    source: str
    note: str = ""
    grade: Literal["law", "platform", "trade", "house"] = "platform"

    def resolved(self) -> Basis:
        return Basis(source=self.source, note=self.note, grade=self.grade)


class PlatformSet(_Strict, frozen=True, kw_only=True):
    only: list[Platform] | None = None
    except_: list[Platform] | None = msgspec.field(name="except", default=None)


class Applies(_Strict, frozen=True, kw_only=True):
    platforms: PlatformSet = PlatformSet()
    units: list[UnitKind] = msgspec.field(default_factory=lambda: ["message", "listing", "public"])
    roles: list[Role] = msgspec.field(default_factory=lambda: ["agent", "bot"])


class ContextEntry(_Strict, frozen=True, kw_only=True):
    before: list[str] = []
    after: list[str] = []
    near: list[str] = []
    sentence: list[str] = []
    anywhere: list[str] = []
    within: list[str] = []
    contains: list[str] = []
    gap: int | None = None


class RaiseEntry(ContextEntry, frozen=True, kw_only=True):
    to: Severity
    terms: list[str] = []
    units: list[UnitKind] = []
    spelling: list[Confidence] = []


class UnlessEntry(ContextEntry, frozen=True, kw_only=True):
    reason: str
    article: str = ""
    terms: list[str] = []
    platforms: list[Platform] = []
    units: list[UnitKind] = []
    roles: list[Role] = []
    spelling: list[Confidence] = []
    lifted_by: list[Profile] = []


class SpellingEntry(_Strict, frozen=True, kw_only=True):
    noise: bool | None = None
    pinyin: bool | None = None
    sound: bool | None = None
    fuzzy: list[Fuzzy] | None = None
    shape: bool | None = None
    parts: bool | None = None
    initials: list[str] | None = None
    aliases: list[str] | None = None
    masks: bool | None = None


class TermEntry(SpellingEntry, frozen=True, kw_only=True):
    term: str | None = None
    pattern: str | None = None
    entity: str | None = None
    meaning: Literal["offends"] | None = None
    as_: str | None = msgspec.field(name="as", default=None)
    cue: ContextEntry | list[str] | None = None
    evasive_cue: ContextEntry | list[str] | None = None
    only: list[Profile] = []
    units: list[UnitKind] = []
    severity: SeverityBy | None = None
    raise_: list[RaiseEntry] = msgspec.field(name="raise", default_factory=list)
    unless: list[UnlessEntry] = []
    rewrite: Words = []
    safe: bool = False
    whole: Whole | None = None
    edge: Literal["word", "free"] = "word"
    plain: bool = True
    gap: int = 6
    across: bool = False


class RewriteEntry(_Strict, frozen=True, kw_only=True):
    text: str
    for_: list[str] = msgspec.field(name="for", default_factory=list)


class ExampleEntry(_Strict, frozen=True, kw_only=True):
    text: str
    unit: UnitKind | None = None
    platform: Platform | None = None
    role: Role = "agent"
    profiles: list[Profile] = []
    term: str | None = None
    severity: Severity | None = None
    spec: str | None = None


class Examples(_Strict, frozen=True, kw_only=True):
    hit: list[str | ExampleEntry] = []
    miss: list[str | ExampleEntry] = []


class RuleFile(_Strict, frozen=True, kw_only=True):
    id: str
    name: str
    group: str
    severity: SeverityBy | None = None
    title: Bilingual
    why: Bilingual
    spec: list[str] = []
    basis: list[BasisEntry] = []
    applies: Applies = Applies()
    profiles: list[Profile] = []
    profile_severity: dict[Profile, Severity] = {}
    spelling: SpellingEntry = SpellingEntry()
    evasive_cue: ContextEntry | list[str] | None = None
    terms: list[str | TermEntry]
    raise_: list[RaiseEntry] = msgspec.field(name="raise", default_factory=list)
    unless: list[UnlessEntry] = []
    rewrites: list[str | RewriteEntry] = []
    examples: Examples


class GroupFile(_Strict, frozen=True, kw_only=True):
    """`_group.yaml`: what all rules of a folder share.

    ``hear_patterns``: words of patterns count in disguise too; ``weigh_meaning``: words and patterns (``all``, or
    only those written ``plain``) are passed in a sentence that the model of meaning takes for an ordinary one.
    """

    hear_patterns: bool = False
    weigh_meaning: Weighing = "none"

    severity: SeverityBy | None = None
    raise_: list[RaiseEntry] = msgspec.field(name="raise", default_factory=list)
    unless: list[UnlessEntry] = []
    spelling: SpellingEntry = SpellingEntry()
    evasive_cue: ContextEntry | list[str] | None = None


class LexiconFile(_Strict, frozen=True, kw_only=True):
    classes: dict[str, list[str]] = {}
    heard: list[str] = []
    pictures: dict[str, str] = {}
    everyday: list[str] = []
    offends: list[str] = []
    ordinary: list[str] = []


class SpecRow(_Strict, frozen=True, kw_only=True):
    id: str
    title: str
    reach: Reach = "text"
    reason: str = ""


class SpecFile(_Strict, frozen=True, kw_only=True):
    rows: list[SpecRow]
