"""Ordinary text as calibration imagines it: words by chance, indexed by the pieces of them that keys ask for.

Words follow one another as strangers, each as often as jieba's dictionary counts it. What the dictionary lacks, runs of
Latin letters and single digits, comes as often as in 3.66 million characters of shop reviews.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from cslint.compiler import charts
from cslint.engine.lattice import UNKNOWN
from cslint.engine.view import Folding, Symbols

PER = 10_000  # characters that rates refer to
LATIN_RUNS = {1: 11.0, 2: 10.0, 3: 6.7, 4: 5.3}  # runs of so many letters in PER characters, spread over all spellings
DIGITS = 46.0  # single digits in PER characters
FREQUENT = 16  # words of a side that are looked at one by one
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Site(NamedTuple):
    """A word beside a border: what it loses in nats without its piece, how likely it is, and what is left of it."""

    loss: float
    chance: float
    rest: str


class Side:
    """The words that end, or begin, with one piece, by their losses."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.sites = sorted(sites)
        self.losses = [site.loss for site in self.sites]
        self._sums = [0.0, *accumulate(site.chance for site in self.sites)]

    @property
    def chance(self) -> float:
        """How likely a word is any of them."""
        return self._sums[-1]

    @cached_property
    def frequent(self) -> list[Site]:
        """The most likely of the words."""
        return heapq.nlargest(FREQUENT, self.sites, key=attrgetter("chance"))

    def below(self, loss: float) -> int:
        """How many of ``sites`` lose less than ``loss``."""
        return bisect_left(self.losses, loss)

    def chance_below(self, loss: float) -> float:
        """How likely a word is one that loses less than ``loss``."""
        return self._sums[self.below(loss)]


class Inside(NamedTuple):
    """A piece inside one word, ``at`` code points from its beginning."""

    word: str
    at: int
    chance: float


Sides = dict[str, dict[str, Side]]  # symbols -> piece -> the words that bear it


class OrdinaryText:
    """The words of ordinary text by the symbols of their ends, their beginnings and their insides.

    ``keys`` are the keys that may be asked for, ``counts`` the words that the lattice knows. A chance is that of a word
    to stand at a given place in a row of words; ``length`` is the mean length of a word in characters.
    """

    def __init__(self, keys: Iterable[str], symbols: Symbols, folding: Folding, counts: Mapping[str, int]) -> None:
        total = float(sum(counts.values()))
        self.log_total = math.log(total)
        self._words = {word: math.log(count or 0.5) - self.log_total for word, count in counts.items()}
        self._unknown = math.log(UNKNOWN) - self.log_total
        self._scores: dict[str, float] = {"": 0.0}
        whole = set(keys)
        heads = {key[:cut] for key in whole for cut in range(2, len(key), 2)}
        tails = {key[cut:] for key in whole for cut in range(2, len(key), 2)}
        self.length = 1.0
        chances = self._chances(whole | heads | tails, symbols, folding)
        ends: dict[str, dict[str, list[Site]]] = defaultdict(lambda: defaultdict(list))
        starts: dict[str, dict[str, list[Site]]] = defaultdict(lambda: defaultdict(list))
        self.inside: dict[str, list[Inside]] = defaultdict(list)
        for word, chance in chances.items():
            code = word.translate(symbols)
            if len(code) != 2 * len(word):
                continue  # it holds a sign that is no part of any key
            size = len(word)
            for cut in range(1, size + 1):
                if code[-2 * cut :] in heads and not joined(word[:-cut], word[-cut:]):
                    ends[code[-2 * cut :]][word[-cut:]].append(self._site(word, word[:-cut], chance))
                if code[: 2 * cut] in tails and not joined(word[:cut], word[cut:]):
                    starts[code[: 2 * cut]][word[:cut]].append(self._site(word, word[cut:], chance))
                for at in range(size - cut + 1):
                    end = at + cut
                    if code[2 * at : 2 * end] in whole and not (
                        joined(word[:at], word[at:end]) or joined(word[at:end], word[end:])
                    ):
                        self.inside[code[2 * at : 2 * end]].append(Inside(word, at, chance))
        self.ends: Sides = {code: {p: Side(s) for p, s in found.items()} for code, found in ends.items()}
        self.starts: Sides = {code: {p: Side(s) for p, s in found.items()} for code, found in starts.items()}

    def score(self, text: str) -> float:
        """The best segmentation of ``text`` into words that the lattice knows, in nats."""
        known = self._scores.get(text)
        if known is None:
            known = self._words.get(text[0], self._unknown) + self.score(text[1:])
            for cut in range(2, len(text) + 1):
                if (word := self._words.get(text[:cut])) is not None:
                    known = max(known, word + self.score(text[cut:]))
            self._scores[text] = known
        return known

    def rate(self, chance: float) -> float:
        """A chance of a word as places in PER characters."""
        return chance * PER / self.length

    def _site(self, word: str, rest: str, chance: float) -> Site:
        return Site(self.score(word) - self.score(rest), chance, rest)

    def _chances(self, asked: set[str], symbols: Symbols, folding: Folding) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        for word, count in charts.word_counts().items():
            counts[word.translate(folding)] += count
        total = sum(counts.values())
        self.length = sum(len(word) * count for word, count in counts.items()) / total
        chances = {word: count / total for word, count in counts.items()}
        each = self.length / PER
        for digit in "0123456789":
            chances[digit] = chances.get(digit, 0.0) + DIGITS * each / 10
        for run in self._latin(asked, symbols):
            chances[run] = chances.get(run, 0.0) + LATIN_RUNS[len(run)] * each / len(LETTERS) ** len(run)
        return chances

    def _latin(self, asked: set[str], symbols: Symbols) -> Iterator[str]:
        """Runs of letters that are asked for; the others would be too many to list."""
        letters = {symbols[ord(letter)]: letter for letter in LETTERS}
        for code in asked:
            run = [letters.get(code[at : at + 2]) for at in range(0, len(code), 2)]
            if len(run) in LATIN_RUNS and None not in run:
                yield "".join(letter for letter in run if letter)


def joined(left: str, right: str) -> bool:
    """True if a Latin word or a number runs across the border, where no word ends."""
    ends = left[-1:] + right[:1]
    return len(ends) == 2 and ends.isascii() and (ends.isalpha() or ends.isdigit())
