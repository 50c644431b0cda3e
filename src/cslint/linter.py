"""The public entry: texts and units in, findings out. One instance serves any number of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

from cslint.compiler.cache import plan_for, word_counts
from cslint.compiler.plan import Plan
from cslint.conversation.inspect import Inspected, Inspector
from cslint.conversation.plan import NOTHING, ConversationPlan, conversation_plan
from cslint.conversation.rule import ConversationRule
from cslint.engine.judge import Judge, Ruling
from cslint.engine.lattice import Lattice
from cslint.engine.scan import Candidate, Scanner
from cslint.fixer import Fixed, fix_text
from cslint.masking import mask_span
from cslint.model import CONFIDENCES, PLATFORMS, Finding, Place, Role, Suggestion, Unit, UnitKind, Verdict, fingerprint
from cslint.rulebook.errors import near
from cslint.rulebook.rule import Rule, Term
from cslint.rulebook.select import selected

BATCH = 8192  # texts of one pass

HELD = 4  # compiled rulebooks whose automaton is kept for the next linter

_SCANNERS: dict[int, Scanner] = {}  # by id of the plan, which its scanner keeps alive


def _scanner_of(plan: Plan) -> Scanner:
    scanner = _SCANNERS.pop(id(plan), None) or Scanner(plan)
    _SCANNERS[id(plan)] = scanner  # the latest stands last
    while len(_SCANNERS) > HELD:
        del _SCANNERS[next(iter(_SCANNERS))]
    return scanner


@cache
def _word_counts() -> dict[str, int]:
    return word_counts()


class Linter:
    """Checks what a shop says.

    ``platform`` is one platform, several, or None: then only what is foreign everywhere is judged, and nothing that
    depends on the platform. ``profiles`` switch on rules of a house or trade. ``select``, ``ignore`` and
    ``extend_select`` take rule ids, names, groups or prefixes. ``wordlists`` adds rule files or plain lists.
    ``plan`` and ``conversations`` are compiled rules, for a caller that holds them already.
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
        conversations: ConversationPlan | None = None,
    ) -> None:
        self.platforms = (platform,) if isinstance(platform, str) else tuple(platform or ())
        for name in self.platforms:
            if name not in PLATFORMS:
                raise ValueError(f"unknown platform {name!r}; {near(name, PLATFORMS)}")
        if lang not in ("zh", "en"):
            raise ValueError(f"unknown language {lang!r}; zh or en")
        self.lang = lang
        self._suggested: dict[tuple[int, str], tuple[Suggestion, ...]] = {}
        extra = [Path(path) for path in wordlists]
        self.plan = plan if plan is not None else plan_for(extra, cached=cache)
        if conversations is None:
            conversations = conversation_plan(extra, cached=cache) if plan is None else NOTHING
        self.conversations = conversations
        self.rules: Mapping[str, Rule] = {**self.plan.rules, **conversations.rules}
        self.profiles = _known_profiles(profiles)
        self.chosen = selected(self.rules, select, ignore, extend_select)
        self._judge = Judge(self.plan, self.platforms, self.profiles, self.chosen, self._lattice, lang)

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
        return _scanner_of(self.plan)

    def _lattice(self) -> Lattice:
        return Lattice({**_word_counts(), **self.plan.ordinary})

    def check(self, text: str, unit: UnitKind = "message", role: Role = "agent") -> list[Finding]:
        """All findings in one text, in order of their start."""
        folded = self._scanner.fold(text)
        candidates = self._scanner.candidates(text, folded)
        return self._findings(Unit(text, unit, role), candidates, folded) if candidates else []

    def check_many(
        self, texts: Iterable[str], unit: UnitKind = "message", role: Role = "agent"
    ) -> Iterator[list[Finding]]:
        """One list of findings a text, lazily and in order."""
        waiting = iter(texts)
        while batch := list(islice(waiting, BATCH)):
            found = self._scanner.candidates_many(batch, self._judge.active(unit, role))
            for number, text in enumerate(batch):
                yield self._findings(Unit(text, unit, role), *found[number]) if number in found else []

    def check_units(self, units: Iterable[Unit]) -> Iterator[Finding]:
        """The findings of units, with their places, in the order of the units; those of a conversation once it is over."""
        if not self._inspector.active:
            for _, findings in self._findings_of(units):
                yield from findings
            return
        for found in self.inspect_units(units):
            if isinstance(found, Inspected):
                yield from found.findings
            else:
                yield found

    def inspect_units(self, units: Iterable[Unit]) -> Iterator[Finding | Inspected]:
        """As ``check_units``, but each conversation comes as a whole once it is over."""
        return self._inspector.inspect(self._findings_of(units))

    @cached_property
    def _inspector(self) -> Inspector:
        def cues() -> Linter:
            return Linter(plan=self.conversations.cue_plan(), lang=self.lang)

        def rules() -> Linter:
            return Linter(self.platforms, profiles=self.profiles, plan=self.plan, select=wanted, lang=self.lang)

        active = self.active_conversation_rules()
        wanted = sorted({name for rule in active for name in rule.referred})
        return Inspector(active, cues, rules, self.lang, shared=self.chosen.issuperset(wanted))

    def active_conversation_rules(self) -> list[ConversationRule]:
        """The conversation rules that are selected and speak on the platforms and under the profiles."""
        return [rule for rule in self.active_rules() if isinstance(rule, ConversationRule)]

    def _findings_of(self, units: Iterable[Unit]) -> Iterator[tuple[Unit, list[Finding]]]:
        waiting = iter(units)
        while batch := list(islice(waiting, BATCH)):
            kinds = {(unit.unit, unit.role) for unit in batch}
            found = self._scanner.candidates_many([unit.text for unit in batch], self._judge.active_in(kinds))
            for number, unit in enumerate(batch):
                yield unit, self._findings(unit, *found[number]) if number in found else []

    def fix(self, text: str, unit: UnitKind = "message", role: Role = "agent", *, unsafe: bool = False) -> Fixed:
        """The text with rewrites in place until there is nothing left to fix; see ``cslint.fixer``."""
        return fix_text(text, lambda now: self.check(now, unit, role), unsafe=unsafe)

    def active_rules(self) -> Iterator[Rule]:
        """The rules that this linter looks for: selected, on its platforms, under its profiles."""
        for rule in self.rules.values():
            profiled = not rule.profiles or bool(self.profiles & set(rule.profiles))
            if rule.id in self.chosen and profiled and rule.applies_on(self.platforms):
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

    def _findings(self, unit: Unit, candidates: list[Candidate], folded: str) -> list[Finding]:
        state = self._judge.state(unit.unit, unit.role)
        rule_on, text, kind, role = self._judge.rule_on, unit.text, unit.unit, unit.role
        rulings = [r for c in candidates if not state[c.term] and (r := rule_on(c, text, folded, kind, role)).accepted]
        return [self._finding(unit, r) for r in sorted(_longest(rulings), key=_order)] if rulings else []

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
            suggestions=self._suggestions(candidate.term, rule, term, candidate.how),
            place=unit.place(candidate.start, candidate.end),
            fingerprint=fingerprint(rule.id, unit.path, mask_span(matched, rule.group)),
        )

    def _suggestions(self, number: int, rule: Rule, term: Term, how: str) -> tuple[Suggestion, ...]:
        found = self._suggested.get((number, how))
        if found is None:
            found = self._suggested[number, how] = suggestions(rule, term, how)
        return found

    def _verdict(self, unit: Unit, ruling: Ruling, kept: bool) -> Verdict:
        candidate = ruling.candidate
        covered = "told" if ruling.term.kind == "meaning" else "covered"
        reason = ruling.reason if kept or not ruling.accepted else self._judge.say(covered)
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
    """What a finding is said to stand for: words found plainly stand for themselves, not for the family they are of."""
    if term.kind == "pattern" and how == "pattern" and term.label not in matched:
        return matched
    if term.kind == "literal" and how in ("exact", "folded") and not term.text.isascii():
        return term.text
    return term.label


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
    """Per rule the longest findings, none overlapping another; of equals the more plainly reached.

    What a sentence means is told only where no other rule warns of it.
    """
    if len(rulings) < 2:
        return rulings
    words = [r.candidate for r in rulings if r.term.kind != "meaning" and r.severity != "info"]
    if len(words) < len(rulings):
        rulings = [
            r
            for r in rulings
            if r.term.kind != "meaning" or all(c.end <= r.candidate.start or c.start >= r.candidate.end for c in words)
        ]
    kept: list[Ruling] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for ruling in sorted(rulings, key=_preference):
        spans = taken.setdefault(ruling.rule.id, [])
        start, end = ruling.candidate.start, ruling.candidate.end
        if all(end <= low or start >= high for low, high in spans):
            spans.append((start, end))
            kept.append(ruling)
    return kept


def _preference(ruling: Ruling) -> tuple[int, int, int, int, int]:
    one = ruling.candidate
    return one.start - one.end, one.start, one.swapped, CONFIDENCES.index(one.how), one.term


def _known_profiles(profiles: Iterable[str]) -> frozenset[str]:
    from typing import get_args

    from cslint.rulebook.schema import Profile

    known = get_args(Profile)
    names = [profiles] if isinstance(profiles, str) else list(profiles)
    for name in names:
        if name not in known:
            raise ValueError(f"unknown profile {name!r}; {near(name, known)}")
    return frozenset(names)
