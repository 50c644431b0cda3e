"""What in many texts is worth a second look, found for all of them at once with arrays.

The sieve may keep what the scanner then drops; it never drops what the scanner would keep and the judge accept: every
test here is a necessary condition of a candidate, or of the judge's first questions about it (must the span be the
whole message, the whole clause?). Offsets are code points of the single text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cslint.compiler.keys import LOW, OTHER
from cslint.compiler.plan import Anchor, Plan
from cslint.engine.entities import NUMERIC
from cslint.engine.keytable import Bools, Hashes, Ints, KeyTable
from cslint.engine.view import CLAUSE_ENDS, SENTENCE_ENDS, Folding, Symbols

EXTENTS = ("", "message", "sentence", "clause")
UNKNOWN = -1
UNASKED = 9
NOISE, FIRST = 0, 2  # no symbol; 1 is the symbol of all other characters; then those of the plan
FOREIGN, CLAUSE, SENTENCE, PICTURE, NUMERAL, LATIN, SIGN, HANZI, MARK, LETTER, DOT = (1 << n for n in range(11))
PACKED = 4  # characters of the longest surface that is remembered
WORD = 64  # bits of a word of a signature
LONG = 300  # characters of a text that is read whole as soon as anything is found in it


class Sifted(NamedTuple):
    """What is left of a batch. Texts are numbered as they came; offsets are those of the single text."""

    folded: str  # all texts in folded form, one after the other …
    starts: list[int]  # … from here …
    ends: list[int]  # … to here
    odd: list[int]  # texts that may need more than one view
    long: list[int]  # texts in which something was found, too long for one look at each pattern
    numeric: list[int]  # texts that may hold a number, an account or a link
    hits: list[tuple[int, int, int, int]]  # text, start, end, key
    searches: list[tuple[int, int]]  # text, pattern

    def folded_text(self, number: int) -> str:
        """One text in folded form."""
        return self.folded[self.starts[number] : self.ends[number]]


class Sieve:
    """Finds what is worth reading for one set of active terms. ``sample`` are texts like those to come."""

    def __init__(self, plan: Plan, folding: Folding, symbols: Symbols, active: bytes, sample: Sequence[str]) -> None:
        self.plan, self._folding, self._symbols = plan, folding, symbols
        self._numeral = re.compile(f"[oli{NUMERIC}]")
        self._pictures = frozenset((*plan.emoji, *plan.pictures))
        self._everyday = frozenset("".join((*plan.classes.get("lead", ()), *plan.classes.get("tail", ()))))
        live = active + b"\1" * len(plan.heard)
        self.live = np.frombuffer(live, np.uint8).astype(bool)
        self.meant = any(live[term] for term in plan.meanings)
        pieces = _live_anchors(plan, live)
        self._letters = _dense("".join(pieces))
        self._bits = _bits(a.gates for anchors in pieces.values() for a in anchors)
        self.words = len(self._bits) // WORD + 1
        self._tables()
        classes, letters = self._coded(sample)
        keys, self._key = self._keys()
        self._spelt = KeyTable(keys, max(plan.symbols, default=0) + FIRST + 1, classes)
        self._pieces = KeyTable(
            [np.fromiter((self._letters[c] for c in piece), np.int64, len(piece)) for piece in pieces],
            len(self._letters) + 1,
            letters,
        )
        self._extent = _extents(plan, live)[self._key]
        self._anchors = _Anchors(plan, list(pieces.values()), self._bits)
        self.nothing = np.zeros(0, np.uint64)  # surfaces that were looked at and stand for nothing that is looked for

    def sift(self, texts: Sequence[str], *, extents: bool = True) -> Sifted:
        """What is worth a second look in these texts; ``extents``: whether marks in them end sentences and clauses."""
        batch = _Batch(texts, self, extents)
        spelt = self._spelt.find(batch.classes, batch.kept_owner)
        pieces = self._pieces.find(batch.letters, batch.kept_owner)
        odd, numeric = batch.odd(), batch.numeric()
        plain = batch.sizes <= LONG
        long = np.zeros(len(texts), bool)
        for start, _, _ in (spelt, pieces):
            long[batch.kept_owner[start]] = True
        long[odd] = long[numeric] = True
        return Sifted(
            self.fold[batch.points].tobytes().decode("utf-32-le", "surrogatepass"),
            batch.starts.tolist(),
            batch.ends.tolist(),
            odd[plain[odd]].tolist(),
            np.flatnonzero(long & ~plain).tolist(),
            numeric[plain[numeric]].tolist() if self.plan.entities else [],
            self._hits(batch, plain, *spelt),
            self._searches(batch, plain, *pieces),
        )

    def remember(self, surfaces: Iterable[str]) -> None:
        """Surfaces of one to four characters that stand for nothing, so that they are not asked about again."""
        packs = [_pack(s) for s in surfaces if len(s) <= PACKED and max(s) < "\U00010000"]
        if packs:
            self.nothing = np.union1d(self.nothing, np.array(packs, np.uint64))

    def _hits(
        self, batch: _Batch, plain: Bools, start: Ints, end: Ints, number: Ints
    ) -> list[tuple[int, int, int, int]]:
        size = end - start
        start, end = batch.kept[start], batch.kept[end - 1] + 1
        owner = batch.owner[start]
        keep = plain[owner] & batch.whole(start, end, self._extent[number])
        small = np.flatnonzero(keep & (end - start == size) & (size <= PACKED))
        keep[small] = ~batch.known(start[small], size[small], self.nothing)
        at = np.flatnonzero(keep)
        owner = owner[at]
        base = batch.starts[owner]
        columns = (owner, start[at] - base, end[at] - base, self._key[number[at]])
        return list(zip(*(c.tolist() for c in columns), strict=True))

    def _searches(self, batch: _Batch, plain: Bools, start: Ints, end: Ints, number: Ints) -> list[tuple[int, int]]:
        anchors = self._anchors
        hit_owner = batch.kept_owner[start]
        count = np.where(plain[hit_owner], anchors.count[number], 0)
        which = np.repeat(np.arange(len(number)), count)
        one = np.repeat(anchors.first[number] - np.cumsum(count) + count, count) + np.arange(len(which))
        owner = hit_owner[which]
        for column in anchors.gates.T:
            at = np.flatnonzero(anchors.open(column[one], batch.signatures, owner))
            which, one, owner = which[at], one[at], owner[at]
        at = np.flatnonzero(batch.sizes[owner] <= anchors.most[one])
        which, one, owner = which[at], one[at], owner[at]
        asked = anchors.extent[one]
        low, high = batch.kept[start[which]], batch.kept[end[which] - 1] + 1
        at = np.flatnonzero(batch.whole(low, high, asked, anchors.reach[one]))
        return list(dict.fromkeys(zip(owner[at].tolist(), anchors.term[one[at]].tolist(), strict=True)))

    def _keys(self) -> tuple[list[Ints], Ints]:
        """The keys of live terms as symbols, and their numbers in the plan."""
        plan = self.plan
        raw = _points("".join(plan.keys)).astype(np.int64)
        symbols = (raw[::2] - 1) * LOW + raw[1::2] - 0x80 + FIRST
        symbols[symbols >= (ord(OTHER[0]) - 1) * LOW] = 1
        lengths = np.fromiter(map(len, plan.keys), np.int64, len(plan.keys)) // 2
        wanted = np.fromiter(map(bool, plan.spells), bool, len(plan.spells))
        owners, firsts, counts = _owners(plan)
        wanted &= _any(self.live[owners], firsts, counts)
        numbers = np.flatnonzero(wanted)
        parts = np.split(symbols, np.cumsum(lengths)[:-1]) if len(lengths) else []
        return [parts[n] for n in numbers.tolist()], numbers

    def _tables(self) -> None:
        self.symbol = np.full(0x110000, UNKNOWN, np.int32)
        self.letter = np.zeros(0x110000, np.int32)
        self.word = np.zeros(0x110000, np.int64)
        self.bit = np.zeros(0x110000, np.uint64)
        self.fold = np.arange(0x110000, dtype="<u4")
        self.flags = np.zeros(0x110000, np.int32)

    def points(self, texts: Sequence[str]) -> NDArray[np.uint32]:
        """The code points of all texts, each of them in the tables."""
        points = _points("".join(texts))
        for code in np.unique(points[self.symbol[points] == UNKNOWN]).tolist():
            char, symbol = chr(code), self._symbols[code]
            folded = self._folding[code]
            self.symbol[code] = NOISE if not symbol else 1 if symbol == OTHER else _number(symbol) + FIRST
            self.letter[code] = self._letters.get(folded, 0)
            self.fold[code] = ord(folded)
            if folded in self._bits:
                self.word[code], bit = divmod(self._bits[folded], WORD)
                self.bit[code] = 1 << bit
            self.flags[code] = self._flags(char, folded)
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
                (SIGN, folded in "@¥￥"),
                (MARK, char in "。，,、.！!？?；;：:…"),
                (DOT, folded in ".点丶"),
            )
            if holds
        )

    def _coded(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        batch = _Batch(texts, self)
        return batch.classes, batch.letters


class _Batch:
    """Texts as arrays."""

    def __init__(self, texts: Sequence[str], sieve: Sieve, extents: bool = True) -> None:
        self._extents = extents
        self.points = sieve.points(texts)
        self.sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.ends = np.cumsum(self.sizes)
        self.starts = self.ends - self.sizes
        self.owner = np.repeat(np.arange(len(texts)), self.sizes)
        symbols = sieve.symbol[self.points]
        self.kept = np.flatnonzero(symbols)
        self.kept_owner = self.owner[self.kept]
        points = self.points[self.kept]
        self.classes = symbols[self.kept].astype(np.int64)
        self.letters = sieve.letter[points].astype(np.int64)
        self.flags = sieve.flags[self.points]
        self._sieve = sieve
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
        signatures = np.zeros(len(self.sizes) * self._sieve.words, np.uint64)
        at = self.owner * self._sieve.words + self._sieve.word[self.points]
        np.bitwise_or.at(signatures, at, self._sieve.bit[self.points])
        return signatures.reshape(len(self.sizes), self._sieve.words)

    def odd(self) -> Ints:
        """Texts that need more than one view: pictures that may be noise, doubled marks, repeated letters."""
        flags, points = self.flags, self.points
        same = np.flatnonzero(points[1:] == points[:-1])
        twice = same[(flags[same] & MARK) > 0]
        thrice = same[:-1][np.diff(same) == 1]
        thrice = thrice[(flags[thrice] & (LETTER | HANZI | NUMERAL)) > 0]
        return self._owners([np.flatnonzero(flags & PICTURE), twice, thrice])

    def numeric(self) -> Ints:
        """Texts that may hold a number, an account or a link."""
        flags = self.flags
        spots = [np.flatnonzero(flags & SIGN)]
        digits = np.flatnonzero(flags & NUMERAL)
        if len(digits) >= 5:
            hanzi = np.cumsum((flags & HANZI) > 0)
            first, last = digits[:-4], digits[4:]
            spots.append(first[(last - first <= 16) & (hanzi[first] == hanzi[last])])
        latin = np.flatnonzero(flags & LATIN)
        spots.append(latin[:-5][latin[5:] - latin[:-5] == 5])
        dots = np.flatnonzero(flags[:-1] & DOT)
        spots.append(dots[(flags[dots + 1] & LETTER) > 0])
        return self._owners(spots)

    def _owners(self, spots: list[Ints]) -> Ints:
        there = np.zeros(len(self.sizes), bool)
        there[self.owner[np.concatenate(spots)]] = True
        return np.flatnonzero(there)


class _Anchors:
    """The anchors of each piece of a pattern, as arrays."""

    def __init__(self, plan: Plan, groups: list[list[Anchor]], bits: dict[str, int]) -> None:
        flat = [anchor for group in groups for anchor in group]
        self.count = np.fromiter(map(len, groups), np.int64, len(groups))
        self.first = np.cumsum(self.count) - self.count
        self.term = np.array([a.term for a in flat], np.int64)
        self.most = np.array([a.most or 1 << 40 for a in flat], np.int64)
        self.reach = np.array([a.reach for a in flat], np.int64)
        names = ["", *sorted({gate for a in flat for gate in a.gates})]
        number = {name: n for n, name in enumerate(names)}
        self.gates = np.zeros((len(flat), max((len(a.gates) for a in flat), default=0)), np.int64)
        for at, anchor in enumerate(flat):
            self.gates[at, : len(anchor.gates)] = [number[gate] for gate in anchor.gates]
        masks = [_masks(name, bits) for name in names]
        widest = max(map(len, masks))
        self._words = np.zeros((widest, len(names)), np.int64)
        self._masks = np.zeros((widest, len(names)), np.uint64)
        for at, mask in enumerate(masks):
            for row, (word, value) in enumerate(mask):
                self._words[row, at], self._masks[row, at] = word, value
        whole = _whole(plan)
        self.extent = np.array([whole[a.term] for a in flat], np.int64)

    def open(self, gate: Ints, signatures: Hashes, owner: Ints) -> Bools:
        """Where a text holds one of the characters of a gate."""
        keep: Bools = gate == 0
        live = np.flatnonzero(~keep)
        for words, masks in zip(self._words, self._masks, strict=True):
            asked = gate[live]
            there = (signatures[owner[live], words[asked]] & masks[asked]) != 0
            keep[live[there]] = True
            live = live[~there & (masks[asked] != 0)]
            if not len(live):
                break
        return keep


def _masks(gate: str, bits: dict[str, int]) -> list[tuple[int, int]]:
    """Words of a signature and the bits asked for in each, most bits first."""
    words: Counter[int] = Counter()
    for char in set(gate):
        word, bit = divmod(bits[char], WORD)
        words[word] += 1 << bit
    return sorted(words.items(), key=lambda item: (-item[1].bit_count(), item))


def _live_anchors(plan: Plan, live: bytes) -> dict[str, list[Anchor]]:
    alive = {piece: [a for a in anchors if live[a.term]] for piece, anchors in plan.anchors.items()}
    return {piece: anchors for piece, anchors in alive.items() if anchors}


def _whole(plan: Plan) -> list[int]:
    return [EXTENTS.index(plan.rules[rule].terms[at].whole or "") for rule, at in plan.terms]


def _extents(plan: Plan, live: bytes) -> Ints:
    """Per key what its span must be the whole of; 0 where one of its terms does not ask, or may be excused."""
    whole = [*_whole(plan), *[0] * len(plan.heard)]
    by_term = np.array(whole or [0], np.int64)
    owners, firsts, counts = _owners(plan)
    asked = np.where(np.frombuffer(live, np.uint8)[owners] > 0, by_term[owners], UNASKED)
    extent = np.zeros(len(counts), np.int64)
    spelt = np.flatnonzero(counts)
    loosest = np.minimum.reduceat(asked, firsts[spelt]) if len(spelt) else asked
    asked = np.where(asked == UNASKED, 0, asked)
    strictest = np.maximum.reduceat(asked, firsts[spelt]) if len(spelt) else asked
    extent[spelt] = np.where(loosest == strictest, loosest, 0)
    parts = np.fromiter(("D" in s for s in plan.spells), bool, len(plan.spells))
    return np.where(parts, 0, extent)


def _bits(gates: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """A bit for each character of a gate; those of one gate stand together, so that few words are looked at."""
    chars = (c for group in sorted(set(gates)) for gate in group for c in gate)
    return {c: n for n, c in enumerate(dict.fromkeys(chars))}


def _owners(plan: Plan) -> tuple[Ints, Ints, Ints]:
    """The terms of all keys, where those of each begin, and how many they are."""
    counts = np.frombuffer(plan.owner_counts, "<i4").astype(np.int64)
    return np.frombuffer(plan.owners, "<i4").astype(np.int64), np.cumsum(counts) - counts, counts


def _any(flags: Bools, firsts: Ints, counts: Ints) -> Bools:
    """Per group whether one of its flags is set."""
    sums = np.append(0, np.cumsum(flags))
    some: Bools = sums[firsts + counts] > sums[firsts]
    return some


def _dense(chars: str) -> dict[str, int]:
    return {c: n for n, c in enumerate(sorted(set(chars)), 1)}


def _number(symbol: str) -> int:
    return (ord(symbol[0]) - 1) * LOW + ord(symbol[1]) - 0x80


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _pack(surface: str) -> int:
    return sum(ord(c) << (16 * at) for at, c in enumerate(surface))
