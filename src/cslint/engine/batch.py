"""The candidates of many texts at once: what the sieve leaves of them, read as the scanner reads a single text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from cslint.engine.meaning import SURE, certainty, trimmed
from cslint.engine.scan import Candidate, Restored, Scanner
from cslint.engine.sieve import Sieve, Sifted


def candidates_of(texts: Sequence[str], scanner: Scanner, sieve: Sieve) -> dict[int, tuple[list[Candidate], str]]:
    """By number of the text its candidates, if there are any, and its folded form."""
    sifted = sieve.sift(texts)
    batch = _Batch(scanner, sieve)
    batch.read(texts, range(len(texts)), sifted)
    variants = [(number, *variant) for number in sifted.odd for variant in scanner.variants(texts[number])]
    if variants:
        homes, matched, shown = zip(*variants, strict=True)
        again = sieve.sift(matched, extents=False)
        searches = [(n, term) for n, term in again.searches if matched[n] == shown[n]]
        batch.read(shown, homes, again._replace(searches=searches))
    batch.put_back()
    for number in sifted.numeric:
        batch.found[number] += scanner.entities_in(texts[number], sifted.folded_text(number))
    for number in sifted.spoken.doubtful:
        batch.found[number] += scanner.meant(sifted.folded_text(number))
    for number, start, end, score in sifted.spoken.sentences:
        if (sure := certainty(score)) >= SURE:
            batch.found[number] += scanner.meaning(*trimmed(sifted.folded_text(number), start, end), sure)
    for number in sifted.long:
        batch.found[number] = scanner.candidates(texts[number])
    sieve.remember(batch.nothing)
    return {number: (found, sifted.folded_text(number)) for number, found in batch.found.items() if found}


class _Batch:
    """Candidates by number of the text, as they are found."""

    def __init__(self, scanner: Scanner, sieve: Sieve) -> None:
        self.scanner, self.sieve = scanner, sieve
        self.found: dict[int, list[Candidate]] = defaultdict(list)
        self.nothing: set[str] = set()  # surfaces that stand for nothing that is looked for
        self._restored: list[tuple[int, Restored]] = []

    def read(self, texts: Sequence[str], homes: Sequence[int], sifted: Sifted) -> None:
        """Read texts, each of which is a way to read the text numbered ``homes``."""
        found, disguised = self._spelt(texts, sifted)
        self._searched(sifted, found)
        for number, candidates in found.items():
            known = self.found[homes[number]]
            seen = {(c.term, c.start, c.end) for c in known}
            known += [c for c in candidates if (c.term, c.start, c.end) not in seen] if seen else candidates
        for number, words in disguised.items():
            if words:
                self._restored.append((homes[number], Restored(texts[number], words, self.scanner.plan)))

    def put_back(self) -> None:
        """What patterns say where disguised words are put back."""
        if not self._restored:
            return
        homes, restored = zip(*self._restored, strict=True)
        texts = [one.plain for one in restored]
        sifted = self.sieve.sift(texts, extents=False)
        found, _ = self._spelt(texts, sifted)
        self._searched(sifted, found)
        for number in sifted.long:
            found[number] = self.scanner.candidates(texts[number])
        for number, candidates in found.items():
            known = self.found[homes[number]]
            seen = {(c.term, c.start, c.end) for c in known}
            taken = restored[number].taken_back(candidates)
            known += [c for c in taken if (c.term, c.start, c.end) not in seen]

    def _spelt(
        self, texts: Sequence[str], sifted: Sifted
    ) -> tuple[dict[int, list[Candidate]], dict[int, list[Candidate]]]:
        """Candidates of plain terms, and the words in disguise."""
        found: dict[int, list[Candidate]] = defaultdict(list)
        disguised: dict[int, list[Candidate]] = defaultdict(list)
        forms, live, reached = self.scanner.plan.forms, self.sieve.live, self.scanner.reached
        widths = self.scanner.widths
        for number, start, stop, key in sifted.hits:
            text = texts[number]
            surface = text[start:stop]
            ways = [way for way in reached(key, surface) if live[forms[way.form].term]]
            if ways:
                self.scanner.place(text, start, stop, ways, found[number], disguised[number])
            elif widths[key] == 2 * len(surface):  # with signs or pictures in it a surface may have two keys
                self.nothing.add(surface)
        return found, disguised

    def _searched(self, sifted: Sifted, found: dict[int, list[Candidate]]) -> None:
        """Candidates of patterns."""
        folded, starts, ends = sifted.folded, sifted.starts, sifted.ends
        for term, group in groupby(sifted.searches, itemgetter(1)):
            search = self.scanner.expression(term).finditer
            for number, _ in group:
                for match in search(folded[starts[number] : ends[number]]):
                    if match.end() > match.start():
                        found[number].append(Candidate(term, match.start(), match.end(), "pattern", match[0]))
