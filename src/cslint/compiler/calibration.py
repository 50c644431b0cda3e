"""How often a term in disguise will be a false alarm, foretold from the frequency of ordinary words.

Ordinary text is taken to be words that follow one another by chance, each as often as jieba's dictionary counts it, with
Latin runs and single digits as often as shop reviews have them. A false alarm is a place where such words are heard as a
term: inside one word, or across the border of two. Real neighbours are no strangers (啥玩意 follows one pattern), so the
figures rank terms and bound what chance does; they are no substitute for a run over real text.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from cslint.compiler import charts
from cslint.compiler.cache import word_counts
from cslint.compiler.keys import encode_symbol
from cslint.compiler.plan import Form, Plan, Spell, read_spells
from cslint.engine.context import Surroundings
from cslint.engine.judge import NO_CHARACTER, NO_CUE
from cslint.engine.lattice import SWAP, TERM_COUNT, UNKNOWN, Lattice
from cslint.engine.verify import Verifier
from cslint.engine.view import Folding, Symbols
from cslint.rulebook.rule import Rule, Term

PER = 10_000  # characters that every figure refers to
LIMIT = 0.01
HEAVIEST = 200  # pairs of words a form for which the lattice itself is asked
LATIN_RUNS = {1: 11.0, 2: 10.0, 3: 6.7, 4: 5.3}  # by their length, in 10,000 characters: 3.66 million of shop reviews
DIGITS = 46.0  # single digits in 10,000 characters of the same
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Forecast(msgspec.Struct, frozen=True):
    """What to expect of one term. Rates are expected places in 10,000 characters of ordinary text.

    ``raw`` counts the places where ordinary words are heard as the term, ``predicted`` those of them that the judge
    would accept without a cue; ``keys`` is the number of keys that lead to the term; ``cued``: it has an evasive cue.
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


def calibrate(plan: Plan, lattice: Lattice | None = None) -> list[Forecast]:
    """A forecast for each term that asks for `sound`, `shape` or `initials`, in the order of the rules."""
    counts = {**word_counts(), **plan.ordinary}
    return _Calibrator(plan, counts, lattice or Lattice(counts)).forecasts()


class _Site(NamedTuple):
    """A word beside a border: how likely it is, what is left of it without its piece, and what that loses in nats."""

    loss: float
    chance: float
    rest: str


class _Side:
    """The words that end, or begin, with the same piece, cheapest first."""

    def __init__(self, sites: list[_Site]) -> None:
        self.sites = sorted(sites)
        self.losses = [site.loss for site in self.sites]
        self.sums = [0.0]
        for site in self.sites:
            self.sums.append(self.sums[-1] + site.chance)

    def chance(self, below: float) -> float:
        """How likely a word is that loses less than ``below``."""
        return self.sums[bisect_left(self.losses, below)]


class _Pieces(NamedTuple):
    """Ordinary words by the symbols of their ends, their beginnings and their insides, then by the piece itself."""

    ends: dict[str, dict[str, _Side]]
    starts: dict[str, dict[str, _Side]]
    inside: dict[str, list[tuple[str, int, float]]]  # word, offset of the piece, chance


class _Calibrator:
    def __init__(self, plan: Plan, counts: Mapping[str, int], lattice: Lattice) -> None:
        self.plan, self.lattice = plan, lattice
        self.folding = Folding(plan.fold_from, plan.fold_to)
        self.terms = {
            number: (rule, term)
            for number, (rule_id, at) in enumerate(plan.terms)
            if techniques(term := (rule := plan.rules[rule_id]).terms[at])
        }
