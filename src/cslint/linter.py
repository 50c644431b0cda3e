"""The public entry: texts and units in, findings out. One instance serves any number of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

from cslint.compiler.cache import plan_for, word_counts
from cslint.compiler.plan import Plan
from cslint.engine.judge import Judge, Ruling
from cslint.engine.lattice import Lattice
from cslint.engine.scan import Candidate, Scanner
from cslint.fixer import Fixed, fix_text
from cslint.masking import mask_span
from cslint.model import PLATFORMS, Finding, Place, Role, Suggestion, Unit, UnitKind, Verdict, fingerprint
from cslint.rulebook.errors import near
from cslint.rulebook.rule import Rule, Term
from cslint.rulebook.select import selected

BATCH = 2048  # texts of one pass

_SCANNERS: dict[int, tuple[Plan, Scanner]] = {}


@cache
def _word_counts() -> dict[str, int]:
    return word_counts()


class Linter:
    """Checks what a shop says.

    ``platform`` is one platform, several, or None: then only what is foreign everywhere is judged, and nothing that
    depends on the platform. ``profiles`` switch on rules of a house or trade. ``select``, ``ignore`` and
    ``extend_select`` take rule ids, names, groups or prefixes. ``wordlists`` adds rule files or plain lists.
    Raises ValueError for an unknown platform, profile or selector and RulebookError for a broken word list.
    """

    def __init__(
        self,
        platform: str | Sequence[str] | None = None,
        *,
        profiles: Iterable[str] = (),
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        extend_select: Iterable[str] = (),
        wordlists: Iterable[str | Path] = (),
        lang: str = "zh",
        cache: bool = True,
        plan: Plan | None = None,
    ) -> None:
        self.platforms = (platform,) if isinstance(platform, str) else tuple(platform or ())
        for name in self.platforms:
            if name not in PLATFORMS:
                raise ValueError(f"unknown platform {name!r}; {near(name, PLATFORMS)}")
        if lang not in ("zh", "en"):
            raise ValueError(f"unknown language {lang!r}; zh or en")
        self.lang = lang
        self.plan = plan if plan is not None else plan_for(map(Path, wordlists), cached=cache)
        self.rules: Mapping[str, Rule] = self.plan.rules
        chosen = selected(self.plan.rules, select, ignore, extend_select)
        self._judge = Judge(self.plan, self.platforms, _known_profiles(profiles), chosen, self._lattice, lang)

    @classmethod
    def from_config(cls, path: str | Path | None = None, *, lang: str | None = None, cache: bool = True) -> Linter:
        """The linter that a cslint.toml or pyproject.toml asks for; the nearest above the working directory if None.

        What the file says for single paths ([per-file]) does not hold here: the API knows no files. Raises ConfigError
        (a ValueError) with file, line and caret, and RulebookError for a broken word list.
        """
        from cslint.config import Configs, linter_for

        return linter_for(Configs(None if path is None else str(path)).here(), lang=lang, cache=cache)

    @cached_property
    def _scanner(self) -> Scanner:
        held = _SCANNERS.get(id(self.plan))
        if held is None:
            held = _SCANNERS[id(self.plan)] = (self.plan, Scanner(self.plan))
        return held[1]

    def _lattice(self) -> Lattice:
        return Lattice({**_word_counts(), **self.plan.ordinary})

    def check(self, text: str, unit: UnitKind = "message", role: Role = "agent") -> list[Finding]:
        """All findings in one text, in order of their start."""
        return self._findings(Unit(text, unit, role), self._scanner.candidates(text))

    def check_many(
        self, texts: Iterable[str], unit: UnitKind = "message", role: Role = "agent"
    ) -> Iterator[list[Finding]]:
        """One list of findings a text, lazily and in order."""
        waiting = iter(texts)
        while batch := list(islice(waiting, BATCH)):
            found = self._scanner.candidates_many(batch, self._judge.active(unit, role))
            for text, candidates in zip(batch, found, strict=True):
                yield self._findings(Unit(text, unit, role), candidates) if candidates else []

    def check_units(self, units: Iterable[Unit]) -> Iterator[Finding]:
        """The findings of units, with their places, in the order of the units."""
        waiting = iter(units)
        while batch := list(islice(waiting, BATCH)):
            found = self._scanner.candidates_many([unit.text for unit in batch])
            for unit, candidates in zip(batch, found, strict=True):
                if candidates:
                    yield from self._findings(unit, candidates)

    def fix(self, text: str, unit: UnitKind = "message", role: Role = "agent", *, unsafe: bool = False) -> Fixed:
        """The text with rewrites in place until there is nothing left to fix; see ``cslint.fixer``."""
        return fix_text(text, lambda now: self.check(now, unit, role), unsafe=unsafe)

    def active_rules(self) -> Iterator[Rule]:
        """The rules that this linter looks for: selected, on its platforms, under its profiles."""
        judge = self._judge
        for rule in self.rules.values():
            profiled = not rule.profiles or bool(judge.profiles & set(rule.profiles))
            if rule.id in judge.chosen and profiled and rule.applies_on(self.platforms):
                yield rule

    def labels(self, text: str, unit: UnitKind = "message", role: Role = "agent") -> set[tuple[str, str]]:
        """The rules of the findings in a text, each with the label of its term (the examples of rule files name it)."""
        rulings = self._rulings(Unit(text, unit, role), self._scanner.candidates(text))
        return {(r.rule.id, r.term.label) for r in _longest([r for r in rulings if r.accepted])}

    def explain(self, text: str, unit: UnitKind = "message", role: Role = "agent") -> list[Verdict]:
        """Every candidate, also those that were passed, with the reason."""
        return list(self.verdicts_units([Unit(text, unit, role)]))

    def verdicts_units(self, units: Iterable[Unit]) -> Iterator[Verdict]:
        """The verdicts on all candidates of units."""
        for unit in units:
            rulings = self._rulings(unit, self._scanner.candidates(unit.text))
            kept = {id(r) for r in _longest([r for r in rulings if r.accepted])}
            told: set[tuple[object, ...]] = set()  # a term with several spellings is judged once for each
            for ruling in sorted(rulings, key=lambda r: (*_order(r), id(r) not in kept)):
                verdict = self._verdict(unit, ruling, id(ruling) in kept)
                same = (verdict.rule, verdict.start, verdict.end, verdict.term)
                if verdict.accepted or ((*same, verdict.reason) not in told and (*same, True) not in told):
                    told |= {(*same, verdict.reason), (*same, verdict.accepted)}
                    yield verdict

    def _rulings(self, unit: Unit, candidates: list[Candidate]) -> list[Ruling]:
        folded = self._scanner.fold(unit.text)
        return [self._judge.rule_on(c, unit.text, folded, unit.unit, unit.role) for c in candidates]

    def _findings(self, unit: Unit, candidates: list[Candidate]) -> list[Finding]:
        state = self._judge.state(unit.unit, unit.role)
        live = [c for c in candidates if not state[c.term]]
        if not live:
            return []
        rulings = [r for r in self._rulings(unit, live) if r.accepted]
        return [self._finding(unit, r) for r in sorted(_longest(rulings), key=_order)]

    def _finding(self, unit: Unit, ruling: Ruling) -> Finding:
        rule, term, candidate = ruling.rule, ruling.term, ruling.candidate
        matched = unit.text[candidate.start : candidate.end]
        quoted = f"「{matched}」" if self.lang == "zh" else f'"{matched}"'
        return Finding(
            rule=rule.id,
            name=rule.name,
            group=rule.group,
            severity=ruling.severity,
            confidence=candidate.how,  # type: ignore[arg-type]
            start=candidate.start,
            end=candidate.end,
            matched=matched,
            term=named(term, candidate.how, matched),
            message=f"{rule.title[self.lang]}: {quoted}",
            why=rule.why[self.lang],
            basis=rule.basis,
            suggestions=suggestions(rule, term, candidate.how),
            place=unit.place(candidate.start, candidate.end),
            fingerprint=fingerprint(rule.id, unit.path, mask_span(matched, rule.group)),
        )

    def _verdict(self, unit: Unit, ruling: Ruling, kept: bool) -> Verdict:
        candidate = ruling.candidate
        reason = ruling.reason if kept or not ruling.accepted else self._judge.say("covered")
        place: Place = unit.place(candidate.start, candidate.end)
        return Verdict(
            accepted=kept,
            rule=ruling.rule.id,
            name=ruling.rule.name,
            group=ruling.rule.group,
            severity=ruling.severity,
            confidence=candidate.how,  # type: ignore[arg-type]
            start=candidate.start,
            end=candidate.end,
            matched=unit.text[candidate.start : candidate.end],
            term=named(ruling.term, candidate.how, unit.text[candidate.start : candidate.end]),
            reason=reason,
            article=ruling.article,
            key=candidate.derivation,
            place=place,
        )


def named(term: Term, how: str, matched: str) -> str:
    """What a finding is said to stand for: the words of a pattern, found plainly, stand for themselves."""
    plain = term.kind == "pattern" and how == "pattern" and term.label not in matched
    return matched if plain else term.label


def suggestions(rule: Rule, term: Term, how: str = "exact") -> tuple[Suggestion, ...]:
    """What to write instead: first what may stand in place of the term, then whole sentences.

    ``how`` is how the term was reached: what is only heard or seen in other characters is never replaced unread.
    """
    safe = term.safe and how in ("exact", "folded", "noise", "pattern")
    found = []
    for text in term.rewrites:
        in_place = "{" not in text
        found.append(Suggestion(text, "display" if not in_place else "safe" if safe else "unsafe"))
    found += [Suggestion(r.text, "display") for r in rule.rewrites if not r.terms or term.label in r.terms]
    return tuple(found)


def _order(ruling: Ruling) -> tuple[int, int, str]:
    return ruling.candidate.start, -ruling.candidate.end, ruling.rule.id


def _longest(rulings: list[Ruling]) -> list[Ruling]:
    """Per rule the longest findings, none overlapping another; of equals the more plainly reached."""
    if len(rulings) < 2:
        return rulings
    kept: list[Ruling] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for ruling in sorted(
        rulings, key=lambda r: (r.candidate.start - r.candidate.end, r.candidate.start, r.candidate.swapped)
    ):
        spans = taken.setdefault(ruling.rule.id, [])
        start, end = ruling.candidate.start, ruling.candidate.end
        if all(end <= low or start >= high for low, high in spans):
            spans.append((start, end))
            kept.append(ruling)
    return kept


def _known_profiles(profiles: Iterable[str]) -> frozenset[str]:
    from typing import get_args

    from cslint.rulebook.schema import Profile

    known = get_args(Profile)
    names = [profiles] if isinstance(profiles, str) else list(profiles)
    for name in names:
        if name not in known:
            raise ValueError(f"unknown profile {name!r}; {near(name, known)}")
    return frozenset(names)
