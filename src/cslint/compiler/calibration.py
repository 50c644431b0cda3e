"""False alarms to expect of terms in disguise, foretold from the frequency of ordinary words.

A false alarm is a place where ordinary words are heard as a term, inside one word or across the border of two, and the
judge believes it. Real neighbours are no strangers to one another (啥玩意, 第1次), so the figures rank the terms and tell
how noisy chance makes them; they are no substitute for a run over real text.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from operator import itemgetter
from typing import NamedTuple

import msgspec

from cslint.compiler.cache import word_counts
from cslint.compiler.ordinary import OrdinaryText, Side, Sides, joined
from cslint.compiler.plan import Form, Plan, Spell, read_spells
from cslint.engine.context import Surroundings
from cslint.engine.judge import NO_CHARACTER, NO_CUE
from cslint.engine.lattice import SWAP, TERM_COUNT, Lattice
from cslint.engine.verify import Verifier
from cslint.engine.view import Folding, Symbols
from cslint.rulebook.rule import Context, Rule, Term

LIMIT = 0.01
"""Predicted false alarms in 10,000 characters from which a term needs an ``evasive_cue``.

That is one in a million characters, some 40,000 messages of a chat; five such terms use up what all names of platforms
and channels together may cost (0.05). Of 2,109 shipped terms half stay below 0.00002 and 99 of 100 below 0.003. Of 318
everyday words of two characters, if they were listened for, a quarter would lie above: in 1.04 million characters of shop
reviews each of these gave 0.013 false alarms, each of the others 0.003.
"""
HEAVIEST = 400  # pairs of words a term for which the lattice itself is asked
WORTH_ASKING = LIMIT / 20  # a bound below this is good enough


class Forecast(msgspec.Struct, frozen=True):
    """What to expect of one term. Rates are expected places in 10,000 characters of ordinary text.

    ``raw`` counts the places where ordinary words are heard as the term, ``predicted`` bounds those of them that the
    judge accepts without a cue. ``keys`` is the number of keys that lead to the term; ``cued``: it has an evasive cue.
    """

    rule: str
    term: str
    techniques: tuple[str, ...]
    keys: int
    raw: float
    predicted: float
    cued: bool

    @property
    def refused(self) -> bool:
        """More false alarms than ``LIMIT``, and no evasive cue to hold them back."""
        return self.predicted > LIMIT and not self.cued


def calibrate(plan: Plan) -> list[Forecast]:
    """A forecast for each term that asks for `sound`, `shape` or `initials`, in the order of the rules."""
    return list(_Calibrator(plan).forecasts())


def techniques(term: Term) -> tuple[str, ...]:
    """The evasive spellings of a term that ordinary words can be taken for."""
    spelling = term.spelling
    asked = {"sound": spelling.sound, "shape": spelling.shape, "initials": bool(spelling.initials)}
    return tuple(name for name, on in asked.items() if on and term.kind == "literal")


class _Way(NamedTuple):
    """A key and how it leads to a form."""

    key: str
    form: Form
    spell: Spell


class _Heard(NamedTuple):
    """A piece that is heard as a part of a term, with the words that bear it."""

    piece: str
    side: Side
    swapped: int
    how: str


class _Pair(NamedTuple):
    """Two pieces that make up the term between them. ``most``: what words may lose, in nats, for the term to win."""

    chance: float
    way: _Way
    left: _Heard
    right: _Heard
    most: float


class _Place(NamedTuple):
    """A piece of ordinary text in which the term is heard at ``start:end``."""

    chance: float
    text: str
    start: int
    end: int
    swapped: int
    how: str
    way: _Way


class _Case(NamedTuple):
    """What the judge asks of a term without a cue: ``held`` back by a cue, or excused by a safe phrase."""

    held: bool
    excuses: tuple[tuple[Surroundings, tuple[str, ...]], ...]

    def margin(self, swapped: int, size: int) -> float:
        """What a disguise must win by, in nats."""
        return NO_CHARACTER if swapped >= size else NO_CUE if self.held else 0.0

    def excused(self, text: str, start: int, end: int, how: str) -> bool:
        return any((not ways or how in ways) and s.holds(text, start, end) for s, ways in self.excuses)


class _Calibrator:
    def __init__(self, plan: Plan) -> None:
        counts = {**word_counts(), **plan.ordinary}
        self.plan, self.lattice = plan, Lattice(counts)
        self.folding = Folding(plan.fold_from, plan.fold_to)
        self.terms = [(plan.rules[rule], plan.rules[rule].terms[at]) for rule, at in plan.terms]
        self.keys: dict[int, set[str]] = defaultdict(set)
        self.ways: dict[int, list[_Way]] = defaultdict(list)
        for key, spells in zip(plan.keys, plan.spells, strict=True):
            seen: set[int] = set()  # a key that reaches a form in two ways finds the same places twice
            for spell in read_spells(spells):
                form = plan.forms[spell.form]
                if form.term < len(self.terms) and techniques(self.terms[form.term][1]):
                    self.keys[form.term].add(key)
                    if len(key) == 2 * len(spell.kinds) and self._evasive(form) and spell.form not in seen:
                        seen.add(spell.form)
                        self.ways[form.term].append(_Way(key, form, spell))
        asked = {way.key for ways in self.ways.values() for way in ways}
        self.text = OrdinaryText(asked, Symbols(plan, self.folding, emoji=True), self.folding, counts)
        self.best = math.log(TERM_COUNT) - self.text.log_total
        self._readings: dict[tuple[object, ...], tuple[int, str]] = {}
        self._surroundings = {context: Surroundings(context, made) for context, made in plan.contexts}

    def _evasive(self, form: Form) -> bool:
        return form.raw in self.terms[form.term][1].spelling.initials if form.alias else bool(form.slots)

    def forecasts(self) -> Iterator[Forecast]:
        for number, (rule, term) in enumerate(self.terms):
            if number in self.ways:
                raw, predicted = self._rates(self._case(rule, term), self.ways[number])
                yield Forecast(
                    rule.id,
                    term.text,
                    techniques(term),
                    len(self.keys[number]),
                    self.text.rate(raw),
                    0.0 if term.whole else self.text.rate(predicted),  # in running text nothing stands alone
                    term.evasive_cue is not None,
                )

    def _case(self, rule: Rule, term: Term) -> _Case:
        lasting = [
            unless
            for unless in (*term.unless, *rule.unless)
            if unless.context == Context(within=unless.context.within, gap=unless.context.gap)
            and not (unless.units or unless.roles or unless.platforms)
            and (not unless.terms or term.label in unless.terms)
        ]
        return _Case(
            term.evasive_cue is not None or term.cue is not None,
            tuple((self._surroundings[unless.context], unless.spelling) for unless in lasting),
        )

    def _rates(self, case: _Case, ways: list[_Way]) -> tuple[float, float]:
        """Chances of a candidate and of one that is accepted, at a place in a row of words."""
        raw = accepted = 0.0
        pairs: list[_Pair] = []
        for way in ways:
            size = len(way.spell.kinds)
            for word, at, chance in self.text.inside.get(way.key, ()):
                swapped, how = self._reading(way, 0, size, word[at : at + size])
                if swapped:
                    raw += chance
                    accepted += chance * self._accepts(case, _Place(chance, word, at, at + size, swapped, how, way))
            for cut in range(1, size):
                lefts = self._heard(way, 0, cut, self.text.ends)
                rights = self._heard(way, cut, size, self.text.starts) if lefts else []
                for left, right in product(lefts, rights):
                    if left.swapped + right.swapped and not joined(left.piece, right.piece):
                        raw += left.side.chance * right.side.chance
                        pairs += self._pair(case, way, left, right)
        return raw, accepted + self._believed(case, pairs)

    def _heard(self, way: _Way, start: int, end: int, sides: Sides) -> list[_Heard]:
        """The pieces of ordinary words that are heard as the characters ``start:end`` of a form."""
        found = []
        for piece, side in sides.get(way.key[2 * start : 2 * end], {}).items():
            swapped, how = self._reading(way, start, end, piece)
            if how:
                found.append(_Heard(piece, side, swapped, how))
        return found

    def _reading(self, way: _Way, start: int, end: int, piece: str) -> tuple[int, str]:
        """How many characters of a piece are substitutes, and how it was reached (nothing: it cannot be)."""
        form, kinds = way.form, way.spell.kinds[start:end]
        if form.alias:
            return (end - start, "alias") if end - start == len(form.core) else (0, "")
        slots = form.slots[start:end]
        asked = (slots, kinds, form.heard, piece)
        if asked not in self._readings:
            part = Form(0, form.core[start:end], form.core[start:end], "", False, False, slots=slots, heard=form.heard)
            verifier = Verifier([part], self.folding, self.plan.function_chars, self.plan.emoji)
            reached = verifier.reached(piece, piece, Spell(0, kinds, (1,) * len(kinds)))
            self._readings[asked] = (reached.swapped, reached.how) if reached else (0, "")
        return self._readings[asked]

    def _pair(self, case: _Case, way: _Way, left: _Heard, right: _Heard) -> Iterator[_Pair]:
        """Two pieces, unless all their words together explain the text better than the term."""
        piece, swapped = left.piece + right.piece, left.swapped + right.swapped
        most = math.inf
        if _all_hanzi(piece):
            most = self.best - SWAP * swapped - case.margin(swapped, len(piece))
            if self.text.score(piece) >= most:
                return
        first = right.side.losses[0]
        count = left.side.below(most - first)
        chance = sum(site.chance * right.side.chance_below(most - site.loss) for site in left.side.sites[:count])
        if chance:
            yield _Pair(chance, way, left, right, most)

    def _believed(self, case: _Case, pairs: list[_Pair]) -> float:
        """The chance of pairs that the judge accepts: their bound, less what the lattice refuses of the heaviest."""
        bound = sum(pair.chance for pair in pairs)
        if self.text.rate(bound) < WORTH_ASKING:
            return bound
        heaviest = heapq.nlargest(HEAVIEST, self._places(pairs), key=itemgetter(0))
        return bound - sum(place.chance for place in heaviest if not self._accepts(case, place))

    def _places(self, pairs: list[_Pair]) -> Iterator[_Place]:
        for pair in heapq.nlargest(HEAVIEST, pairs, key=itemgetter(0)):
            piece, swapped = pair.left.piece + pair.right.piece, pair.left.swapped + pair.right.swapped
            how = "shape" if "shape" in (pair.left.how, pair.right.how) else "sound"
            for left, right in product(pair.left.side.frequent, pair.right.side.frequent):
                if left.loss + right.loss < pair.most:
                    start, text = len(left.rest), left.rest + piece + right.rest
                    yield _Place(left.chance * right.chance, text, start, start + len(piece), swapped, how, pair.way)

    def _accepts(self, case: _Case, place: _Place) -> bool:
        """Whether the judge believes a candidate that has no cue."""
        text, start, end = place.text, place.start, place.end
        if case.excused(text, start, end, place.how):
            return False
        if place.how == "alias":
            return not case.held
        if not _all_hanzi(text[start:end]):
            return not case.held or "C" in place.way.spell.kinds
        margin = case.margin(place.swapped, end - start)
        return self.lattice.disguised(text, start, end, swapped=place.swapped, cue=False, margin=margin)


def _all_hanzi(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)
