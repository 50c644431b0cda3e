"""Findings against a baseline: which are known, which are new, and which known ones are gone."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from cslint.baseline.store import Entries
from cslint.masking import mask, mask_span
from cslint.model import Finding, Unit

_ENDS = "。！？!?；;\n\r"
_SIZE = 10  # bytes: a collision in a file of a million sentences is one in a billion


class Sighting(NamedTuple):
    """One finding as a baseline knows it."""

    rule: str
    hash: str


def key_of(finding: Finding, unit: Unit | None) -> Sighting:
    """Rule, and hash of the masked sentence round the span: stable when lines move or other sentences change.

    Without a unit (a finding about a whole conversation) the span alone is hashed.
    """
    matched = mask_span(finding.matched, finding.group)
    sentence = matched
    if unit is not None:
        low, high = _sentence(unit.text, finding.start, finding.end)
        text = unit.text[low : finding.start] + matched + unit.text[finding.end : high]
        sentence = " ".join(mask(text).split())
    digest = hashlib.blake2b(f"{finding.rule}\0{sentence}".encode("utf-8", "surrogatepass"), digest_size=_SIZE)
    return Sighting(finding.rule, digest.hexdigest())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence round a span: half-open, without its end mark."""
    while start > 0 and text[start - 1] not in _ENDS:
        start -= 1
    while end < len(text) and text[end] not in _ENDS:
        end += 1
    return start, end


class Baseline:
    """The entries of a baseline, and what a run saw of them. Paths are kept relative to the baseline's folder."""

    def __init__(self, folder: Path, entries: Entries) -> None:
        self._folder, self.entries = folder.absolute(), entries
        self.seen: dict[str, Counter[Sighting]] = {}

    def new(self, path: str, sightings: Iterable[Sighting]) -> list[bool]:
        """For each finding of a file, in order, whether it is new: the baseline has it less often than it was seen."""
        name, known = self.name(path), self.entries.get(self.name(path), {})
        seen = self.seen[name] = Counter()
        new = []
        for sighting in sightings:
            seen[sighting] += 1
            new.append(seen[sighting] > known.get(sighting.rule, {}).get(sighting.hash, 0))
        return new

    def gone(self, rules: Collection[str]) -> int:
        """How many entries for the files that were seen, and for rules that were looked for, matched nothing."""
        return sum(
            max(0, count - self.seen[name][Sighting(rule, hash)])
            for name in self.seen
            for rule, hashes in self.entries.get(name, {}).items()
            if rule in rules
            for hash, count in hashes.items()
        )

    def pruned(self, rules: Collection[str]) -> Entries:
        """The entries without those that are gone, and without files that no longer exist."""
        entries: Entries = {}
        for name, by_rule in self.entries.items():
            if name in self.seen:
                entries[name] = {rule: self._left(name, rule, hashes, rules) for rule, hashes in by_rule.items()}
            elif (self._folder / name).exists():
                entries[name] = by_rule
        return entries

    def renewed(self) -> Entries:
        """The entries as they are now for the files that were seen; other files that still exist keep theirs."""
        entries: Entries = {
            name: by_rule
            for name, by_rule in self.entries.items()
            if name not in self.seen and (self._folder / name).exists()
        }
        for name, seen in self.seen.items():
            by_rule: dict[str, dict[str, int]] = {}
            for sighting, count in seen.items():
                by_rule.setdefault(sighting.rule, {})[sighting.hash] = count
            entries[name] = by_rule
        return entries

    def name(self, path: str) -> str:
        """A path as the baseline has it."""
        if path == "-":
            return path
        absolute = os.path.abspath(path)  # noqa: PTH100
        try:
            return Path(os.path.relpath(absolute, self._folder)).as_posix()
        except ValueError:  # on another drive of Windows
            return Path(absolute).as_posix()

    def _left(self, name: str, rule: str, hashes: dict[str, int], rules: Collection[str]) -> dict[str, int]:
        if rule not in rules:
            return hashes
        left = {hash: min(count, self.seen[name][Sighting(rule, hash)]) for hash, count in hashes.items()}
        return {hash: count for hash, count in left.items() if count}
