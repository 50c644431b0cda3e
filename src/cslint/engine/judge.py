"""The judge: which candidates count, how much, and why the others are passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import msgspec

from cslint.compiler.plan import Plan
from cslint.engine.context import Surroundings, sentence_bounds
from cslint.engine.lattice import Lattice
from cslint.engine.meaning import FEWEST, SURE, bared, sure
from cslint.engine.placeholders import inside_slot
from cslint.engine.reasons import Phrasebook
from cslint.engine.scan import Candidate
from cslint.engine.spans import (
    all_hanzi,
    any_hanzi,
    english_beside,
    inside_word,
    made_of,
    person_follows,
    signs_inside,
    spaced_out,
    squeezed,
)
from cslint.engine.view import CLAUSE_ENDS
from cslint.model import SEVERITIES, Severity
from cslint.rulebook.rule import Rule, Term, Unless

STRICT_TERMS = "strict-terms"
EVASIVE = ("sound", "shape", "alias")
PLAIN = ("exact", "folded", "pattern")
NO_CUE = 3.2  # nats more that a disguise must win by where a cue is wanted and missing …
NO_CHARACTER = 6.0  # … where no character is the term's own …
TWISTED = 4.0  # … and still more where one of them only looks like it (孔位贴上)
GAP_MARGIN = 4.0  # nats more that a substitute with signs inside must win by
LIKELY = 0.1  # of offending: a sentence that is less likely to means well, whatever pattern it holds …
PLAINLY_LIKELY = 0.05  # … and with a way off the platform in it: some names are forbidden however kindly they are said
LONGEST_WEIGHED = 60  # characters of a sentence that the model is asked about: it has learnt from no longer one
REMEMBERED = 1000  # sentences of which it is known how likely they offend


class Ruling(msgspec.Struct, gc=False):
    """What the judge says of one candidate."""

    candidate: Candidate
    rule: Rule
    term: Term
    accepted: bool
    severity: Severity
    reason: str
    article: str = ""


class Brief:
    """What the judge needs to know of one term in one kind of unit: all that does not depend on the text."""

    __slots__ = ("cue", "evasive_cue", "excuses", "heeded", "raises", "rule", "scope", "severity", "term", "weighed")

    def __init__(self, rule: Rule, term: Term, scope: str, severity: Severity) -> None:
        self.rule, self.term, self.scope, self.severity = rule, term, scope, severity
        self.cue: Surroundings | None = None
        self.evasive_cue: Surroundings | None = None
        self.weighed = False  # it is passed in a sentence that means well
        self.heeded = False  # its disguises are believed in a sentence that offends
        self.excuses: list[tuple[tuple[str, ...], Surroundings, Unless]] = []
        self.raises: list[tuple[tuple[str, ...], Surroundings, Severity]] = []


class Judge:
    """Judges candidates for a set of platforms and profiles."""

    def __init__(
        self,
        plan: Plan,
        platforms: Sequence[str],
        profiles: Iterable[str],
        chosen: frozenset[str],
        lattice: Callable[[], Lattice],
        lang: str = "zh",
    ) -> None:
        self.say = Phrasebook(lang)
        self.plan = plan
        self._load_lattice = lattice
        self.platforms, self.profiles = tuple(platforms), frozenset(profiles)
        self.chosen = chosen  # ids of the rules selected
        self.contexts = {context: Surroundings(context, made) for context, made in plan.contexts}
        self.strict = STRICT_TERMS in self.profiles
        self.lead = sorted(plan.classes.get("lead", ()), key=len, reverse=True)
        self.tail = sorted(plan.classes.get("tail", ()), key=len, reverse=True)
        self.terms = [(plan.rules[rule], plan.rules[rule].terms[at]) for rule, at in plan.terms]
        self._states: dict[tuple[str, str], list[str]] = {}
        self._briefs: dict[tuple[str, str], dict[int, Brief]] = {}
        self._active: dict[tuple[str, str], bytes] = {}
        self._likelihoods: dict[str, float | None] = {}  # a sentence with one candidate often has more

    @cached_property
    def lattice(self) -> Lattice:
        """Loaded when the first doubtful candidate asks for it."""
        return self._load_lattice()

    def state(self, unit: str, role: str) -> list[str]:
        """Per term: why it is not looked for in such a unit, or nothing if it is."""
        found = self._states.get((unit, role))
        if found is None:
            found = self._states[unit, role] = [self._out_of_scope(r, t, unit, role) for r, t in self.terms]
        return found

    def active(self, unit: str, role: str) -> bytes:
        """A byte a term: 1 if it is looked for in such a unit."""
        key = (unit, role)
        if key not in self._active:
            self._active[key] = bytes(not reason for reason in self.state(unit, role))
        return self._active[key]

    def active_in(self, kinds: Iterable[tuple[str, str]]) -> bytes:
        """The same for units of several kinds and roles."""
        sets = [self.active(unit, role) for unit, role in kinds]
        return bytes(map(max, *sets)) if len(sets) > 1 else sets[0]

    def _out_of_scope(self, rule: Rule, term: Term, unit: str, role: str) -> str:
        if rule.id not in self.chosen:
            return self.say("not-selected")
        if rule.profiles and not self.profiles & set(rule.profiles):
            return self.say("profile", ", ".join(rule.profiles))
        if term.only and not self.profiles & set(term.only):
            return self.say("profile", ", ".join(term.only))
        if not rule.applies_on(self.platforms):
            return self.say("own-platform" if self.platforms else "needs-platform")
        if role not in rule.roles:
            return self.say("role", role)
        if unit not in rule.units or (term.units and unit != "public" and unit not in term.units):
            return self.say("unit", unit)
        return ""

    def brief(self, number: int, unit: str, role: str) -> Brief:
        """What is known of a term before a text is looked at."""
        briefs = self._briefs.setdefault((unit, role), {})
        brief = briefs.get(number)
        if brief is None:
            brief = briefs[number] = self._brief(number, unit, role)
        return brief

    def _brief(self, number: int, unit: str, role: str) -> Brief:
        rule, term = self.terms[number]
        severity: Severity = term.severities.get(unit) or rule.severities[unit]
        for profile, raised in rule.profile_severity.items():
            if profile in self.profiles:
                severity = raised
        brief = Brief(rule, term, self.state(unit, role)[number], severity)
        brief.heeded = rule.weigh_meaning != "none" and unit == "message" and role == "agent"
        brief.weighed = (
            rule.weigh_meaning != "none"
            and term.kind in ("pattern", "literal")
            and term.whole in (None, "clause")
            and not (rule.profiles or self.strict)
            and unit == "message"
            and severity != "info"
        )
        if term.cue is not None and not self.strict:
            brief.cue = self.contexts[term.cue]
        if term.evasive_cue is not None:
            brief.evasive_cue = self.contexts[term.evasive_cue]
        for unless in (*term.unless, *rule.unless):
            if self._may_excuse(unless, term, unit, role):
                brief.excuses.append((unless.spelling, self.contexts[unless.context], unless))
        for entry in (*term.raises, *rule.raises):
            if (not entry.terms or term.label in entry.terms) and (not entry.units or unit in entry.units):
                brief.raises.append((entry.spelling, self.contexts[entry.context], entry.to))
        return brief

    def _may_excuse(self, unless: Unless, term: Term, unit: str, role: str) -> bool:
        return not (
            (unless.terms and term.label not in unless.terms)
            or (unless.units and unit not in unless.units)
            or (unless.roles and role not in unless.roles)
            or (unless.platforms and not set(self.platforms) <= set(unless.platforms))
            or (self.profiles & set(unless.lifted_by))
        )

    def rule_on(self, candidate: Candidate, text: str, folded: str, unit: str, role: str) -> Ruling:
        """The ruling on one candidate. ``folded`` is the folded text."""
        brief = self.brief(candidate.term, unit, role)
        rule, term, severity = brief.rule, brief.term, brief.severity
        meant = self._disguised(candidate, text, folded)
        reason, article = self._passed(candidate, brief, folded, meant)
        if not reason and inside_slot(text, candidate.start, candidate.end):
            reason = self.say("slot")
        if reason:
            return Ruling(candidate, rule, term, False, severity, reason, article)
        start, end, how = candidate.start, candidate.end, candidate.how
        for spelling, context, to in brief.raises:
            if (not spelling or how in spelling) and context.holds(folded, start, end):
                severity = max(severity, to, key=SEVERITIES.index)
                break
        if meant and unit != "message":
            severity = max(severity, "warning", key=SEVERITIES.index)
        return Ruling(candidate, rule, term, True, severity, candidate.derivation)

    def _disguised(self, candidate: Candidate, text: str, folded: str) -> bool:
        """Whether the spelling itself shows intent: nobody writes 废_物, 絕对 or 拉圾 by accident."""
        if candidate.how in PLAIN and not candidate.styled and not candidate.restored:
            return False
        start, end = candidate.start, candidate.end
        if self.terms[candidate.term][1].kind == "entity" or "N" in candidate.kinds:
            return False  # a digit for a numeral (第1页) shows nothing
        if candidate.how == "alias" and candidate.styled and folded[start:end] != text[start:end].lower():
            return True  # letters of another style: 𝐯𝐱
        if set(candidate.kinds) == {"L"}:  # N0.l: a model is not written like this
            return any(not c.isalnum() for c in text[start:end]) or end - start >= 4
        if candidate.how in ("sound", "shape") or (candidate.how == "alias" and candidate.styled):
            return bool(candidate.restored) or not self._disguise(candidate, folded, needed=True, cue=False)
        if candidate.how == "noise":
            return signs_inside(folded[start:end]) or spaced_out(folded, start, end)
        if candidate.how == "alias" or not candidate.styled:
            return False
        span, around = text[start:end], zip(text, folded, strict=True)
        return not any(
            a != b and "\u3400" <= b <= "\u9fff" and a not in span for a, b in around
        )  # else a traditional text

    def _passed(self, candidate: Candidate, brief: Brief, folded: str, meant: bool) -> tuple[str, str]:
        if brief.scope:
            return brief.scope, ""
        term, start, end, how = brief.term, candidate.start, candidate.end, candidate.how
        if term.edge == "word" and term.kind == "literal" and inside_word(folded, start, end):
            return self.say("inside-word"), ""
        if term.whole and not (meant and "D" in candidate.kinds) and not self._whole(term.whole, folded, start, end):
            return self.say("not-whole", term.whole), ""
        if not term.plain and how in ("exact", "folded", "noise") and not meant:
            return self.say("plain-word"), ""
        if brief.cue is not None and not meant and not brief.cue.holds(folded, start, end):
            evasive = brief.evasive_cue if how in EVASIVE else None  # a disguise has a cue of its own
            if evasive is None or not evasive.holds(folded, start, end):
                return self.say("no-cue"), ""
        for spelling, context, unless in brief.excuses:
            if candidate.restored and "sound" not in spelling:
                continue  # nobody disguises a lawful sentence
            excusable = term.plain if how == "alias" else not meant  # the names of a harmless word are disguises
            if (how in spelling if spelling else excusable) and context.holds(folded, start, end):
                return unless.reason, unless.article
        if brief.weighed and (found := self._means_well(candidate, brief, folded)):
            return found, ""
        return self._ordinary(candidate, brief, folded, meant), ""

    def _means_well(self, candidate: Candidate, brief: Brief, folded: str) -> str:
        """Why the sentence around a word or pattern is an ordinary one as a whole, or nothing."""
        start, end = candidate.start, candidate.end
        enough = LIKELY
        if brief.rule.weigh_meaning == "plain":
            if candidate.restored or candidate.how not in ("exact", "pattern") or not all_hanzi(folded[start:end]):
                return ""
            enough = PLAINLY_LIKELY
        likely = self._likelihood(folded, start, end)
        return self.say("means-well", f"{likely:.0%}") if likely is not None and likely < enough else ""

    def _likelihood(self, folded: str, start: int, end: int) -> float | None:
        """How sure the model of meaning is that the sentence around a span offends, if it can tell."""
        low, high = sentence_bounds(folded, start, end)
        if high - low > LONGEST_WEIGHED or not self.plan.meaning.weights:
            return None
        sentence = folded[low:high]
        if sentence not in self._likelihoods:
            if len(self._likelihoods) >= REMEMBERED:
                self._likelihoods.clear()
            text = bared(sentence)
            self._likelihoods[sentence] = sure(self.plan.meaning, text) if len(text) >= FEWEST else None
        return self._likelihoods[sentence]

    def _ordinary(self, candidate: Candidate, brief: Brief, folded: str, meant: bool) -> str:
        """Why a span is everyday words after all, or nothing."""
        term, start, end = brief.term, candidate.start, candidate.end
        across = candidate.how == "alias" and not meant and brief.evasive_cue is None
        if across or candidate.how in ("exact", "folded", "pattern") or (candidate.how == "noise" and not meant):
            if (term.kind == "literal" and 2 <= len(term.text) <= 3) or (
                term.kind == "pattern" and 2 <= end - start <= 3
            ):
                text, low, high = squeezed(folded, start, end) if candidate.gapped else (folded, start, end)
                if all_hanzi(text[low:high]) and (words := self.lattice.straddled(text, low, high)):
                    return self.say("edge-of-words", "|".join(words))
            if not across:
                return ""
        if candidate.restored:
            if any(
                folded[p.start : p.end].isascii() and english_beside(folded, p.start, p.end) for p in candidate.restored
            ):
                return self.say("english")
            reasons = [self._disguise(one, folded, needed=False, cue=True) for one in candidate.restored]
            return next(filter(None, reasons), "")
        if candidate.how not in EVASIVE or term.kind != "literal":
            return ""
        span = folded[start:end]
        if all_hanzi(span) and person_follows(folded, end):
            return self.say("person")
        if span.isascii() and english_beside(folded, start, end):
            return self.say("english")
        needed = brief.evasive_cue is not None
        cue = brief.evasive_cue is not None and brief.evasive_cue.holds(folded, start, end)
        if candidate.how == "alias":
            if cue or not needed or meant or (not any_hanzi(span) and self._means_ill(brief, folded, start, end)):
                return ""
            return self.say("no-evasive-cue")
        reason = self._disguise(candidate, folded, needed=needed, cue=cue)
        if reason and not cue and self._means_ill(brief, folded, start, end):
            return self._disguise(candidate, folded, needed=needed, cue=True)
        return reason

    def _means_ill(self, brief: Brief, folded: str, start: int, end: int) -> bool:
        """Whether the sentence around a disguise offends as a whole: as good a cue as any word beside it."""
        return brief.heeded and (self._likelihood(folded, start, end) or 0.0) >= SURE

    def _disguise(self, candidate: Candidate, folded: str, *, needed: bool, cue: bool) -> str:
        """Why a disguised spelling is everyday words after all, or nothing."""
        start, end = candidate.start, candidate.end
        if candidate.pictured:
            return ""  # no word is written so
        text, low, high = squeezed(folded, start, end) if candidate.gapped else (folded, start, end)
        if not all_hanzi(text[low:high]):
            kinds = candidate.kinds
            if set(kinds) == {"P"} and len(kinds) > 2:
                return ""  # three syllables in letters are no word of another language
            letters_only = "C" not in kinds or "N" in kinds or "J" in kinds or ("I" in kinds and len(kinds) == 2)
            return self.say("no-evasive-cue") if needed and not cue and letters_only else ""
        margin = GAP_MARGIN if candidate.gapped else 0.0
        if not cue and candidate.swapped >= high - low:
            margin += NO_CHARACTER + (TWISTED if "G" in candidate.kinds else 0.0)
        elif not cue and needed:
            margin += NO_CUE
        if self.lattice.disguised(text, low, high, swapped=candidate.swapped, cue=cue, margin=margin):
            return ""
        return self.say("no-evasive-cue" if needed and not cue else "ordinary")

    def _whole(self, extent: str, folded: str, start: int, end: int) -> bool:
        if extent == "message":
            low, high = 0, len(folded)
        elif extent == "sentence":
            low, high = sentence_bounds(folded, start, end)
        else:
            low, high = start, end
            while low > 0 and folded[low - 1] not in CLAUSE_ENDS:
                low -= 1
            while high < len(folded) and folded[high] not in CLAUSE_ENDS:
                high += 1
        return made_of(folded[low:start], self.lead) and made_of(folded[end:high], self.tail)
