"""A rule as the rest of the program sees it: validated, with the group's and the file's defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from cslint.model import SEVERITIES, Basis, Severity, UnitKind

Weighing = Literal["none", "plain", "all"]

GROUPS: dict[str, str] = {  # group -> prefix of its ids
    "absolute": "ABS",
    "third-party": "TPP",
    "contact": "CON",
    "uncivil": "UNC",
    "forbidden-sentence": "SAY",
    "service": "SVC",
    "review": "REV",
    "promise": "PRM",
    "privacy": "PRV",
    "listing": "LST",
    "conversation": "CNV",
    "own": "OWN",
    "suppression": "SUP",
}


class Context(msgspec.Struct, frozen=True, gc=False):
    """Words near a span. Every non-empty list must hold, except where ``any_of`` is set."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    gap: int = 0
    any_of: bool = False


class Raise(msgspec.Struct, frozen=True, gc=False):
    """A higher (or lower) severity while a context holds."""

    context: Context
    to: Severity
    terms: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    spelling: tuple[str, ...] = ()


class Unless(msgspec.Struct, frozen=True, gc=False):
    """A context in which a candidate is passed, with the reason that ``explain`` shows."""

    context: Context
    reason: str
    article: str = ""
    terms: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    spelling: tuple[str, ...] = ()
    lifted_by: tuple[str, ...] = ()


class Spelling(msgspec.Struct, frozen=True, gc=False):
    """The evasive spellings looked for. ``noise``: signs between the characters; the rest as in docs/rule-files.md."""

    noise: bool = True
    pinyin: bool = False
    sound: bool = False
    fuzzy: tuple[str, ...] = ()
    shape: bool = False
    parts: bool = False
    initials: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    masks: bool = False


class Term(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One thing a rule looks for: a ``literal``, a ``pattern``, an ``entity`` or the ``meaning`` of a sentence."""

    kind: str  # literal | pattern | entity | meaning
    text: str  # what is looked for
    label: str  # the name under which it is reported
    cue: Context | None = None
    evasive_cue: Context | None = None
    only: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    severities: dict[str, Severity] = {}
    raises: tuple[Raise, ...] = ()
    unless: tuple[Unless, ...] = ()
    rewrites: tuple[str, ...] = ()
    safe: bool = False
    whole: str | None = None
    edge: str = "word"
    plain: bool = True  # whether the undisguised word counts
    gap: int = 6
    across: bool = False
    spelling: Spelling = Spelling()


class Rewrite(msgspec.Struct, frozen=True, gc=False):
    """A sentence to say instead; ``terms`` names the terms it answers (empty: all)."""

    text: str
    terms: tuple[str, ...] = ()


class Example(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A sentence with the verdict expected of its rule."""

    text: str
    hit: bool
    unit: UnitKind | None = None
    platform: str | None = None
    role: str = "agent"
    profiles: tuple[str, ...] = ()
    term: str | None = None
    severity: str | None = None


class Rule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One rule. ``spec`` names the rows of wordlists/spec.yaml that it serves."""

    id: str
    name: str
    group: str
    severity: Severity  # the severest of ``severities``
    severities: dict[str, Severity]  # unit kind -> severity
    profile_severity: dict[str, Severity] = {}
    title: dict[str, str]
    why: dict[str, str]
    spec: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    platforms_only: tuple[str, ...] | None = None
    platforms_except: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    raises: tuple[Raise, ...] = ()
    unless: tuple[Unless, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    examples: tuple[Example, ...] = ()
    path: str = ""
    hear_patterns: bool = False  # the words of its patterns count in disguise too
    weigh_meaning: Weighing = "none"  # which of its words are passed in a message's sentence that means well as a whole

    @property
    def depends_on_platform(self) -> bool:
        """True where the rule cannot be judged without knowing the platform."""
        return self.platforms_only is not None or bool(self.platforms_except)

    def applies_on(self, platforms: tuple[str, ...]) -> bool:
        """True if the rule speaks on at least one of the platforms; without any, only if it speaks everywhere."""
        if not platforms:
            return not self.depends_on_platform
        only = self.platforms_only
        return any((only is None or p in only) and p not in self.platforms_except for p in platforms)


def by_unit(severity: Severity | Mapping[UnitKind, Severity], units: tuple[str, ...]) -> dict[str, Severity]:
    """Severities for every unit kind; a kind that is not named takes the strictest of those named."""
    if isinstance(severity, str):
        return dict.fromkeys(units, severity)
    strictest = max(severity.values(), key=SEVERITIES.index)
    return {unit: severity.get(unit, strictest) for unit in units}  # type: ignore[call-overload]
