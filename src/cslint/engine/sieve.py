"""What in many texts is worth a second look, found for all of them at once with arrays.

The sieve may keep what the scanner then drops; it never drops what the scanner would keep and the judge accept: every
test here is a necessary condition of a candidate, or of the judge's first questions about it (must the span be the
whole message, the whole clause?). Offsets are code points of the single text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from cslint.compiler.keys import LOW, OTHER
from cslint.compiler.plan import Anchor, Plan
from cslint.engine.keytable import Bools, Hashes, Ints, KeyTable
from cslint.engine.scan import SHORT
from cslint.engine.sentences import SentenceTable, Spoken
from cslint.engine.textarrays import FIRST, PACKED, WORD, CharTables, TextArrays, code_points, pack
from cslint.engine.view import Folding, Symbols

EXTENTS = ("", "message", "sentence", "clause")
UNASKED = 9


class Sifted(NamedTuple):
    """What is left of a batch. Texts are numbered as they came; offsets are those of the single text."""

    folded: str  # all texts in folded form, one after the other …
    starts: list[int]  # … from here …
    ends: list[int]  # … to here
    odd: list[int]  # texts that may need more than one view
    long: list[int]  # texts in which something was found, too long for one look at each pattern
    numeric: list[int]  # texts that may hold a number, an account or a link
    hits: list[tuple[int, int, int, int]]  # text, start, end, key
    searches: list[tuple[int, int]]  # text, pattern; those of one pattern stand together
    spoken: Spoken  # what may offend by what it means

    def folded_text(self, number: int) -> str:
        """One text in folded form."""
        return self.folded[self.starts[number] : self.ends[number]]


class Sieve:
    """Finds what is worth reading for one set of active terms. ``sample`` are texts like those to come."""

    def __init__(
        self,
        plan: Plan,
        folding: Folding,
        symbols: Symbols,
        sentences: SentenceTable | None,
        active: bytes,
        sample: Sequence[str],
    ) -> None:
        self.plan = plan
        live = active + b"\1" * len(plan.heard)
        self.live = np.frombuffer(live, np.uint8).astype(bool)
        self._sentences = sentences if any(live[term] for term in plan.meanings) else None
        pieces = _live_anchors(plan, live)
        letters = _dense("".join(pieces))
        bits = _bits(a.gates for anchors in pieces.values() for a in anchors)
        spoken = sentences.letter if sentences else None
        self._tables = CharTables(plan, folding, symbols, letters, bits, spoken)
        sampled = TextArrays(sample, self._tables)
        keys, self._key = self._keys()
        self._spelt = KeyTable(keys, max(plan.symbols, default=0) + FIRST + 1, sampled.classes)
        self._pieces = KeyTable(
            [np.fromiter((letters[c] for c in piece), np.int64, len(piece)) for piece in pieces],
            len(letters) + 1,
            sampled.letters,
        )
        self._extent = _extents(plan, live)[self._key]
        self._anchors = _Anchors(plan, list(pieces.values()), bits)
        self.nothing = np.zeros(0, np.uint64)  # surfaces that were looked at and stand for nothing that is looked for

    def sift(self, texts: Sequence[str], *, extents: bool = True) -> Sifted:
        """What is worth a second look in these texts; ``extents``: whether marks in them end sentences and clauses."""
        batch = TextArrays(texts, self._tables, extents)
        spelt = self._spelt.find(batch.classes, batch.kept_owner)
        pieces = self._pieces.find(batch.letters, batch.kept_owner)
        odd, numeric = batch.odd(), batch.numeric()
        plain = batch.sizes <= SHORT
        long = np.zeros(len(texts), bool)
        for start, _, _ in (spelt, pieces):
            long[batch.kept_owner[start]] = True
        long[odd] = long[numeric] = True
        return Sifted(
            self._tables.fold[batch.points].tobytes().decode("utf-32-le", "surrogatepass"),
            batch.starts.tolist(),
            batch.ends.tolist(),
            odd[plain[odd]].tolist(),
            np.flatnonzero(long & ~plain).tolist(),
            numeric[plain[numeric]].tolist() if self.plan.entities else [],
            self._hits(batch, plain, *spelt),
            self._searches(batch, plain, *pieces),
            self._spoken(batch) if extents else Spoken([], []),
        )

    def remember(self, surfaces: Iterable[str]) -> None:
        """Surfaces of one to four characters that stand for nothing, so that they are not asked about again."""
        packs = [pack(s) for s in surfaces if len(s) <= PACKED and max(s) < "\U00010000"]
        if packs:
            self.nothing = np.union1d(self.nothing, np.array(packs, np.uint64))

    def _hits(
        self, batch: TextArrays, plain: Bools, start: Ints, end: Ints, number: Ints
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

    def _spoken(self, batch: TextArrays) -> Spoken:
        if self._sentences is None:
            return Spoken([], [])
        return self._sentences.offending(self._tables.spoken[batch.points], batch.owner, batch.starts, batch.sizes)

    def _searches(self, batch: TextArrays, plain: Bools, start: Ints, end: Ints, number: Ints) -> list[tuple[int, int]]:
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
        texts = len(batch.sizes)
        term, owner = np.divmod(np.unique(anchors.term[one[at]] * texts + owner[at]), texts)
        return list(zip(owner.tolist(), term.tolist(), strict=True))

    def _keys(self) -> tuple[list[Ints], Ints]:
        """The keys of live terms as symbols, and their numbers in the plan."""
        plan = self.plan
        raw = code_points("".join(plan.keys)).astype(np.int64)
        symbols = (raw[::2] - 1) * LOW + raw[1::2] - 0x80 + FIRST
        symbols[symbols >= (ord(OTHER[0]) - 1) * LOW] = 1
        lengths = np.fromiter(map(len, plan.keys), np.int64, len(plan.keys)) // 2
        wanted = np.fromiter(map(bool, plan.spells), bool, len(plan.spells))
        owners, firsts, counts = _owners(plan)
        wanted &= _any(self.live[owners], firsts, counts)
        numbers = np.flatnonzero(wanted)
        parts = np.split(symbols, np.cumsum(lengths)[:-1]) if len(lengths) else []
        return [parts[n] for n in numbers.tolist()], numbers


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
    alive = {
        piece: [plan.anchors[n] for n in numbers if live[plan.anchors[n].term]]
        for piece, numbers in plan.anchored.items()
    }
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
