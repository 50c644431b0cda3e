"""Texts as arrays of code points, with tables that say of every character what the sieve asks about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cslint.compiler.keys import LOW, OTHER
from cslint.compiler.plan import Plan
from cslint.engine.entities import DOTS, NUMERIC, SIGNS
from cslint.engine.keytable import Bools, Hashes, Ints
from cslint.engine.view import CLAUSE_ENDS, SENTENCE_ENDS, Folding, Symbols

CHARACTERS = 0x110000
UNKNOWN = -1
NOISE, FIRST = 0, 2  # no symbol; 1 is the symbol of all other characters; then those of the plan
FOREIGN, CLAUSE, SENTENCE, PICTURE, NUMERAL, LATIN, SIGN, HANZI, MARK, LETTER, DOT = (1 << n for n in range(11))
PACKED = 4  # characters of the longest surface that is remembered
WORD = 64  # bits of a word of a signature


class CharTables:
    """What is known of each character, filled in when it is first met.

    ``letters`` numbers the characters that pieces of patterns are made of, ``bits`` those of gates; ``spoken`` says of
    a folded character what the model of sentences asks.
    """

    def __init__(
        self,
        plan: Plan,
        folding: Folding,
        symbols: Symbols,
        letters: Mapping[str, int],
        bits: Mapping[str, int],
        spoken: Callable[[str], int] | None = None,
    ) -> None:
        self._folding, self._symbols, self._letters, self._bits = folding, symbols, letters, bits
        self._numeral = re.compile(f"[oli{NUMERIC}]")
        self._pictures = frozenset((*plan.emoji, *plan.pictures))
        self._everyday = frozenset("".join((*plan.classes.get("lead", ()), *plan.classes.get("tail", ()))))
        self.words = len(bits) // WORD + 1
        self.symbol = np.full(CHARACTERS, UNKNOWN, np.int32)
        self.letter = np.zeros(CHARACTERS, np.int32)
        self.word = np.zeros(CHARACTERS, np.int64)
        self.bit = np.zeros(CHARACTERS, np.uint64)
        self.fold = np.arange(CHARACTERS, dtype="<u4")
        self.flags = np.zeros(CHARACTERS, np.int32)
        self.spoken = np.zeros(CHARACTERS, np.int32)
        self._spoken = spoken or (lambda _: 0)

    def points(self, texts: Sequence[str]) -> NDArray[np.uint32]:
        """The code points of all texts, each of them in the tables."""
        points = code_points("".join(texts))
        for code in np.unique(points[self.symbol[points] == UNKNOWN]).tolist():
            char, symbol = chr(code), self._symbols[code]
            folded = self._folding[code]
            self.symbol[code] = NOISE if not symbol else 1 if symbol == OTHER else symbol_number(symbol) + FIRST
            self.letter[code] = self._letters.get(folded, 0)
            self.fold[code] = ord(folded)
            if folded in self._bits:
                self.word[code], bit = divmod(self._bits[folded], WORD)
                self.bit[code] = 1 << bit
            self.flags[code] = self._flags(char, folded)
            self.spoken[code] = self._spoken(folded)
        return points

    def _flags(self, char: str, folded: str) -> int:
        hanzi = "\u4e00" <= folded <= "\u9fff"
        numeral = self._numeral.match(folded) is not None
        return sum(
            flag
            for flag, holds in (
                (FOREIGN, folded.isalnum() and folded not in CLAUSE_ENDS and folded not in self._everyday),
                (CLAUSE, folded in CLAUSE_ENDS),
                (SENTENCE, folded in SENTENCE_ENDS),
                (PICTURE, char in self._pictures),
                (NUMERAL, numeral),
                (HANZI, hanzi and not numeral),
                (LATIN, folded in "_-丶" or (folded.isascii() and folded.isalnum())),
                (LETTER, folded.isascii() and folded.isalpha()),
                (SIGN, folded in SIGNS),
                (MARK, char in "。，,、.！!？?；;：:…"),
                (DOT, folded in DOTS),
            )
            if holds
        )


class TextArrays:
    """Texts as arrays. ``extents``: whether marks in them end sentences and clauses."""

    def __init__(self, texts: Sequence[str], tables: CharTables, extents: bool = True) -> None:
        self._extents = extents
        self.points = tables.points(texts)
        self.sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.ends = np.cumsum(self.sizes)
        self.starts = self.ends - self.sizes
        self.owner = np.repeat(np.arange(len(texts)), self.sizes)
        symbols = tables.symbol[self.points]
        self.kept = np.flatnonzero(symbols)
        self.kept_owner = self.owner[self.kept]
        points = self.points[self.kept]
        self.classes = symbols[self.kept].astype(np.int64)
        self.letters = tables.letter[points].astype(np.int64)
        self.flags = tables.flags[self.points]
        self._tables = tables
        self._foreign: Ints | None = None

    def whole(self, start: Ints, end: Ints, extent: Ints, reach: Ints | None = None) -> Bools:
        """Where a span, or a pattern of ``reach`` characters about it, can be all that is said in its extent."""
        keep = np.ones(len(start), bool)
        asked = np.flatnonzero(extent)
        if not len(asked) or not self._extents:
            return keep
        if self._foreign is None:
            self._foreign = np.append(0, np.cumsum(self.flags & FOREIGN))
        start, end, extent = start[asked], end[asked], extent[asked]
        owner = self.owner[start]
        low, high = self.starts[owner], self.ends[owner]
        for number, flag in ((2, SENTENCE), (3, CLAUSE)):
            some = np.flatnonzero(extent == number)
            if len(some):
                marks = np.flatnonzero(self.flags & flag)
                fence = np.concatenate([[-1], marks, [len(self.points)]])
                low[some] = np.maximum(low[some], fence[np.searchsorted(marks, start[some])] + 1)
                high[some] = np.minimum(high[some], fence[np.searchsorted(marks, end[some]) + 1])
        foreign = self._foreign
        others = foreign[high] - foreign[low]
        keep[asked] = others <= (foreign[end] - foreign[start] if reach is None else reach[asked])
        return keep

    def known(self, start: Ints, size: Ints, nothing: NDArray[np.uint64]) -> Bools:
        """Where a surface is one of those that stand for nothing."""
        if not len(nothing) or not len(start):
            return np.zeros(len(start), bool)
        packs = np.zeros(len(start), np.uint64)
        wide = np.zeros(len(start), bool)
        for at in range(PACKED):
            inside = size > at
            points = np.where(inside, self.points[np.minimum(start + at, len(self.points) - 1)], 0)
            wide |= points > 0xFFFF
            packs |= points.astype(np.uint64) << np.uint64(16 * at)
        found: Bools = ~wide & (nothing[np.minimum(np.searchsorted(nothing, packs), len(nothing) - 1)] == packs)
        return found

    @cached_property
    def signatures(self) -> Hashes:
        """Per text the characters of gates that it holds, as bits."""
        signatures = np.zeros(len(self.sizes) * self._tables.words, np.uint64)
        at = self.owner * self._tables.words + self._tables.word[self.points]
        np.bitwise_or.at(signatures, at, self._tables.bit[self.points])
        return signatures.reshape(len(self.sizes), self._tables.words)

    def odd(self) -> Ints:
        """Texts that need more than one view: pictures that may be noise, doubled marks, repeated letters."""
        flags, points = self.flags, self.points
        same = np.flatnonzero(points[1:] == points[:-1])
        twice = same[(flags[same] & MARK) > 0]
        thrice = same[:-1][np.diff(same) == 1]
        thrice = thrice[(flags[thrice] & (LETTER | HANZI | NUMERAL)) > 0]
        lone = np.flatnonzero((flags[1:-1] & MARK) * (flags[:-2] & LETTER) * (flags[2:] & LETTER)) + 1
        marks = np.flatnonzero(flags & MARK)
        spelt = marks[1:][np.diff(marks) == 2]  # 公。众。号
        return self._owners([np.flatnonzero(flags & PICTURE), twice, thrice, lone, spelt])

    def numeric(self) -> Ints:
        """Texts that may hold a number, an account or a link."""
        flags = self.flags
        spots = [np.flatnonzero(flags & SIGN)]
        digits = np.flatnonzero(flags & NUMERAL)
        if len(digits) >= 5:
            hanzi = np.cumsum((flags & HANZI) > 0)
            first, last = digits[:-4], digits[4:]
            spots.append(first[(last - first <= 16) & (hanzi[first] == hanzi[last])])
        if len(digits) >= 4:
            spots.append(digits[:-3][digits[3:] - digits[:-3] == 3])
        latin = np.flatnonzero(flags & (LATIN | NUMERAL))
        spots.append(latin[:-5][latin[5:] - latin[:-5] == 5])
        latin = np.flatnonzero(flags & LATIN)
        spots.append(latin[:-5][latin[5:] - latin[:-5] <= 10])  # letters that stand alone
        dots = np.flatnonzero(flags[:-1] & DOT)
        spots.append(dots[(flags[dots + 1] & LETTER) > 0])
        return self._owners(spots)

    def _owners(self, spots: list[Ints]) -> Ints:
        there = np.zeros(len(self.sizes), bool)
        there[self.owner[np.concatenate(spots)]] = True
        return np.flatnonzero(there)


def symbol_number(symbol: str) -> int:
    """The number of a symbol, from its two code points."""
    return (ord(symbol[0]) - 1) * LOW + ord(symbol[1]) - 0x80


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def pack(surface: str) -> int:
    """A surface of at most PACKED characters of sixteen bits as one number."""
    return sum(ord(c) << (16 * at) for at, c in enumerate(surface))
