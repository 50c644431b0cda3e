"""Many sequences looked for in one array at once: a filter over neighbouring symbols, then a hash of the whole.

What an automaton does character by character, arrays do for all texts of a batch together. Sequences of one symbol and
of two have a table each. Of a longer one those three neighbours that are rarest in the texts at hand stand for it;
only where they occur the sequence itself is compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Hashes = NDArray[np.uint64]
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
SEED = 20_011
GRAMS = 1 << 22  # places of the filter; a power of two
SPREAD = 0x9E3779B1


class KeyTable:
    """Sequences over symbols below ``size``; ``sample`` is an array of symbols as texts have them.

    Equality of three symbols and more is that of a 64-bit hash: what is found must be looked at again where a wrong
    hit would matter.
    """

    def __init__(self, sequences: Sequence[Ints], size: int, sample: Ints) -> None:
        self.size = size
        lengths = np.fromiter(map(len, sequences), np.int64, len(sequences))
        self.single = np.full(size, -1, np.int64)
        self.double = np.full(size * size, -1, np.int32)
        for number in np.flatnonzero(lengths == 1).tolist():
            self.single[sequences[number][0]] = number
        for number in np.flatnonzero(lengths == 2).tolist():
            first, second = sequences[number].tolist()
            self.double[first * size + second] = number
        numbers = np.flatnonzero(lengths > 2)
        self.longer = _Longer([sequences[n] for n in numbers.tolist()], numbers, size, sample) if len(numbers) else None

    def find(self, codes: Ints, owner: Ints) -> tuple[Ints, Ints, Ints]:
        """Starts, ends and numbers of the sequences in ``codes``; none reaches over a change of ``owner``."""
        single = self.single[codes]
        start = np.flatnonzero(single >= 0)
        found = [(start, start + 1, single[start])]
        if len(codes) > 1:
            pairs = codes[:-1] * self.size + codes[1:]
            double = self.double[pairs]
            start = np.flatnonzero(double >= 0)
            start = start[owner[start] == owner[start + 1]]
            found.append((start, start + 2, double[start].astype(np.int64)))
            if self.longer is not None and len(codes) > 2:
                found.append(self.longer.find(codes, pairs, owner))
        starts, ends, numbers = (np.concatenate(columns) for columns in zip(*found, strict=True))
        return starts, ends, numbers


class _Longer:
    """Sequences of three symbols and more."""

    def __init__(self, sequences: list[Ints], numbers: Ints, size: int, sample: Ints) -> None:
        lengths = np.fromiter(map(len, sequences), np.int64, len(sequences))
        flat = np.concatenate(sequences)
        firsts = np.cumsum(lengths) - lengths
        owner = np.repeat(np.arange(len(sequences)), lengths)
        inside = np.flatnonzero(np.arange(len(flat)) - firsts[owner] < lengths[owner] - 2)
        grams = _grams(flat[:-1] * size + flat[1:], flat)[inside]
        seen = np.bincount(_grams(sample[:-1] * size + sample[1:], sample), minlength=GRAMS)[grams]
        rarest = np.minimum.reduceat(seen, np.cumsum(lengths - 2) - (lengths - 2))
        cheapest = np.flatnonzero(seen == rarest[owner[inside]])
        chosen = cheapest[np.unique(owner[inside[cheapest]], return_index=True)[1]]
        gram, offset = grams[chosen], inside[chosen] - firsts
        shapes = np.unique(np.stack([gram, lengths, offset], axis=1), axis=0)
        groups, starts = np.unique(shapes[:, 0], return_index=True)
        self.flag: Bools = np.zeros(GRAMS, bool)
        self.flag[groups] = True
        self.groups, self.first = groups, starts
        self.count = np.diff(np.append(starts, len(shapes)))
        self.length, self.offset = shapes[:, 1], shapes[:, 2]
        self.value = np.random.default_rng(SEED).integers(1, 1 << 64, size, np.uint64)
        self._up = self._down = np.ones(1, np.uint64)
        self._powers(int(lengths.max()))
        hashes = np.add.reduceat(self.value[flat] * self._up[np.arange(len(flat)) - firsts[owner]], firsts)
        order = np.argsort(hashes)
        self.hashes: Hashes = hashes[order]
        self.numbers = numbers[order]
        self.shift = np.uint64(63 - len(numbers).bit_length())
        buckets = (self.hashes >> self.shift).astype(np.int64)
        self.bucket = np.searchsorted(buckets, np.arange((1 << (64 - int(self.shift))) + 1))

    def find(self, codes: Ints, pairs: Ints, owner: Ints) -> tuple[Ints, Ints, Ints]:
        grams = _grams(pairs, codes)
        spots = np.flatnonzero(self.flag[grams])
        group = np.searchsorted(self.groups, grams[spots])
        count = self.count[group]
        shape = np.repeat(self.first[group] - np.cumsum(count) + count, count)
        shape += np.arange(len(shape))
        start = np.repeat(spots, count) - self.offset[shape]
        end = start + self.length[shape]
        inside = np.flatnonzero((start >= 0) & (end <= len(codes)))
        start, end = start[inside], end[inside]
        inside = np.flatnonzero(owner[start] == owner[end - 1])
        start, end = start[inside], end[inside]
        self._powers(len(codes))
        sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(self.value[codes] * self._up[: len(codes)], out=sums[1:])
        at = self._at((sums[end] - sums[start]) * self._down[start])
        hit = np.flatnonzero(at >= 0)
        return start[hit], end[hit], self.numbers[at[hit]]

    def _at(self, hashes: Hashes) -> Ints:
        """Where each hash stands among those of the sequences, or -1."""
        bucket = (hashes >> self.shift).astype(np.int64)
        at, last = self.bucket[bucket], self.bucket[bucket + 1]
        found = np.full(len(hashes), -1, np.int64)
        live = np.flatnonzero(at < last)
        while len(live):
            same = self.hashes[at[live]] == hashes[live]
            found[live[same]] = at[live[same]]
            at[live] += 1
            live = live[~same & (at[live] < last[live])]
        return found

    def _powers(self, size: int) -> None:
        """Powers of the base and of its inverse modulo 2**64, as many as are needed."""
        if len(self._up) <= size:
            for name, factor in (("_up", BASE), ("_down", pow(BASE, -1, 1 << 64))):
                steps = np.full(size + 1, factor, np.uint64)
                steps[0] = 1
                setattr(self, name, np.multiply.accumulate(steps))


def _grams(pairs: Ints, codes: Ints) -> Ints:
    """A place of the filter for every three neighbours."""
    return ((pairs[:-1] * SPREAD + codes[2:] * 40503) >> 7) & (GRAMS - 1)
