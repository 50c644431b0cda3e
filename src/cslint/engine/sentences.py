"""Which of many short texts may hold a sentence that offends: the model of ``engine.meaning`` over arrays.

The score of a sentence is the same sum of whole numbers as there. What arrays read badly (pictures in brackets, links,
messages of signs alone) is left to the reader of single texts.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cslint.compiler.plan import Meaning
from cslint.engine.keytable import Bools, Ints
from cslint.engine.meaning import (
    FEWEST,
    LEADS,
    LONGEST_RAW,
    LONGEST_TEXT,
    MARKED,
    PLAIN,
    REPEATABLE,
    SCALE,
    SHARE,
    SIGNS,
    SURE,
    TAIL,
)
from cslint.engine.view import SENTENCE_ENDS

Small = NDArray[np.int32]
LETTER = (1 << 16) - 1  # the number of a character …
OTHER = 1  # … that no n-gram has; 0 is none at all
HANZI, ENDS, CLOSING, MARKS, SAYS, REPEATS = (1 << n for n in range(16, 22))  # what else is asked about it
FILTER = 1 << 20  # places of the filter of triples; a power of two
SPREAD = 40503
HAIR = 1e-6  # so that no rounding loses a sentence; how sure that is is asked again


class Spoken(NamedTuple):
    """What may offend in many texts. Offsets are those of the single text."""

    doubtful: list[int]  # texts to be read one by one
    sentences: list[tuple[int, int, int, float]]  # text, start, end, score


class SentenceTable:
    """The n-grams of a model as arrays."""

    def __init__(self, model: Meaning) -> None:
        chars = sorted({c for gram in model.weights for c in gram} | set("^$" + "".join(LEADS)) | set(REPEATABLE))
        self._letters = {c: n for n, c in enumerate(chars, OTHER + 1)}
        size = self._size = len(chars) + OTHER + 1
        self._least = SCALE * math.log(SURE / (1 - SURE)) - HAIR
        self._bias = model.bias
        letters = self._letters
        self._single = np.zeros(size, np.int32)
        for char in chars:
            self._single[letters[char]] = model.weights.get(char, 0)
        triples = sorted(gram for gram in model.weights if len(gram) == 3)
        pairs = sorted(
            {gram for gram in model.weights if len(gram) == 2} | {p for t in triples for p in (t[:2], t[1:])}
        )
        number = {pair: n for n, pair in enumerate(pairs, 1)}
        self._pair = np.zeros(size * size, np.int32)
        self._double = np.zeros(len(pairs) + 1, np.int32)
        for pair, n in number.items():
            self._pair[letters[pair[0]] * size + letters[pair[1]]] = n
            self._double[n] = model.weights.get(pair, 0)
        keys = np.array([number[t[:2]] * size + letters[t[2]] for t in triples], np.int32)
        order = np.argsort(keys)
        self._keys = keys[order]
        self._triple = np.array([model.weights[t] for t in triples], np.int32)[order]
        self._filter = np.zeros(FILTER, bool)
        self._filter[_place(self._keys)] = True
        self._leads = [[letters[c] for c in lead] for lead in LEADS]
        self._opening = np.zeros(size, bool)
        self._opening[[lead[0] for lead in self._leads]] = True

    def letter(self, folded: str) -> int:
        """What the table asks of a folded character: its number, 0 where it goes, 1 where no n-gram has it, and flags."""
        read = folded.translate(PLAIN)
        flags = (
            (HANZI, "\u4e00" <= read <= "\u9fff"),
            (ENDS, folded in SENTENCE_ENDS),
            (CLOSING, read != "" and read in TAIL),
            (MARKS, folded in MARKED),
            (SAYS, folded not in SIGNS),
            (REPEATS, read != "" and read in REPEATABLE),
        )
        number = self._letters.get(read, OTHER) if read else 0
        return number | sum(flag for flag, holds in flags if holds)

    def offending(self, codes: Small, owner: Ints, starts: Ints, sizes: Ints) -> Spoken:
        """What may offend, from what ``letter`` says of each character of all texts.

        ``owner`` is the text of each character; ``starts`` and ``sizes`` say where each text begins and how long it is.
        """
        short = (sizes > 0) & (sizes <= LONGEST_RAW)
        says, marked = np.zeros(len(sizes), bool), np.zeros(len(sizes), bool)
        says[owner[(codes & SAYS) > 0]] = True
        marked[owner[(codes & MARKS) > 0]] = True
        fit = short & says & ~marked & (sizes >= FEWEST)
        return Spoken(
            np.flatnonzero(short & (marked | ~says)).tolist(), self._sentences(codes, owner, fit, starts, sizes)
        )

    def _sentences(
        self, codes: Small, owner: Ints, fit: Bools, starts: Ints, sizes: Ints
    ) -> list[tuple[int, int, int, float]]:
        ends = (codes & ENDS) > 0
        kept = np.flatnonzero(((codes & LETTER) > 0) & ~ends & fit[owner])
        if not len(kept):
            return []
        sentence = np.cumsum(ends)[kept] + owner[kept]  # grows at each end and at each text
        letters = codes[kept] & LETTER
        same = sentence[1:] == sentence[:-1]
        again = np.flatnonzero(same & (letters[1:] == letters[:-1]) & ((codes[kept[1:]] & REPEATS) > 0)) + 1
        if len(again):
            left = np.ones(len(kept), bool)
            left[again] = False
            kept, letters, sentence = kept[left], letters[left], sentence[left]
            same = sentence[1:] == sentence[:-1]
        opens = np.append(0, np.flatnonzero(~same) + 1)
        last = np.append(opens[1:], len(kept))
        home = owner[kept[opens]]
        first = self._after_leads(letters, opens, last)
        stay = np.where(codes[kept] & CLOSING, -1, np.arange(len(kept)))
        last = np.maximum(np.maximum.accumulate(stay)[last - 1] + 1, first)
        length = last - first
        hanzi = np.append(0, np.cumsum((codes[kept] & HANZI) > 0))
        hanzi = hanzi[last] - hanzi[first]
        said = np.bincount(home, length, len(sizes))
        asked = (hanzi >= FEWEST) & (hanzi >= SHARE * length) & ((sizes <= LONGEST_TEXT) | (said <= LONGEST_TEXT))[home]
        if not asked.any():
            return []
        first, length = first[asked], length[asked]
        scores = self._bias + self._sums(letters, first, length) / np.sqrt(3 * length + 1)
        found = np.flatnonzero(scores >= self._least)
        at, home = kept[first[found]], home[asked][found]
        marks = np.append(np.flatnonzero(ends), len(codes))
        after = np.searchsorted(marks, at)
        begin = starts[home]
        low = np.maximum(np.where(after > 0, marks[after - 1] + 1, 0), begin) - begin
        high = np.minimum(marks[after], begin + sizes[home]) - begin
        return list(zip(home.tolist(), low.tolist(), high.tolist(), scores[found].tolist(), strict=True))

    def _after_leads(self, letters: Small, first: Ints, last: Ints) -> Ints:
        """Where each sentence begins once its greeting is taken away."""
        first = first.copy()
        live = np.flatnonzero(self._opening[letters[first]])
        while len(live):
            step = np.zeros(len(live), np.int64)
            at, stop = first[live], last[live]
            for lead in self._leads:
                here = (step == 0) & (at + len(lead) <= stop)
                for n, letter in enumerate(lead):
                    here &= letters[np.minimum(at + n, len(letters) - 1)] == letter
                step[here] = len(lead)
            first[live] += step
            live = live[(step > 0) & (first[live] < stop)]
        return first

    def _sums(self, letters: Small, first: Ints, length: Ints) -> Ints:
        """The weights of all n-grams of each sentence between its edges."""
        framed = length + 2
        begin = np.cumsum(framed) - framed
        end = begin + framed - 1
        at = np.arange(end[-1] + 1) + np.repeat(first - 1 - begin, framed)
        text = letters[np.minimum(at, len(letters) - 1)]  # at is -1 at most once, under the first edge
        text[begin], text[end] = self._letters["^"], self._letters["$"]
        weights = self._single[text]
        weights[begin] = weights[end] = 0
        pair = self._pair[text[:-1] * self._size + text[1:]]
        pair[end[:-1]] = 0  # from one sentence to the next
        weights[:-1] += self._double[pair]
        both = np.flatnonzero((pair[:-1] > 0) & (pair[1:] > 0))
        keys = pair[both] * self._size + text[both + 2]
        some = np.flatnonzero(self._filter[_place(keys)])
        keys = keys[some]
        where = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        weights[both[some]] += np.where(self._keys[where] == keys, self._triple[where], 0)
        sums: Ints = np.add.reduceat(weights, begin)
        return sums


def _place(keys: Small) -> Small:
    """A place of the filter for each triple."""
    return ((keys * np.int32(SPREAD)) >> 7) & (FILTER - 1)
