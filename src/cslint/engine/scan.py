"""One automaton pass over texts: candidates with their spans, before anybody judges them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import ahocorasick

from cslint.compiler.plan import Plan, read_spells
from cslint.engine import entities
from cslint.engine.meaning import LONGEST_RAW, offending
from cslint.engine.verify import Reached, Verifier
from cslint.engine.view import Folding, Symbols, View

DOUBLED = re.compile(r"([。，,、.！!？?；;：:…])\1+(?=[^\s。，,、.！!？?；;：:…])")  # 微。。信: marks that end nothing
REPEATED = re.compile(r"([A-Za-z])\1{2,}|([\u4e00-\u9fff])\2{2,}")  # zuiiiii, vvvxxx
SEPARATOR = "\x7f\xfe"  # between two texts of one pass; in no key
MEMO_LIMIT = 200_000
UNSEEN = "\u200b"
MANY = 512  # texts of a pass from which an automaton of the active terms alone is worth building
SHORT = 300  # characters
TAIL = 10  # characters past a pattern that its clause edge may look at


class Candidate:
    """A span that a term may explain. Offsets are code points of the original text."""

    __slots__ = ("derivation", "end", "gapped", "how", "kinds", "restored", "start", "styled", "swapped", "term")

    def __init__(self, term: int, start: int, end: int, how: str, derivation: str, kinds: str = "", swapped: int = 0,
                 gapped: bool = False) -> None:  # fmt: skip
        self.term, self.start, self.end, self.how = term, start, end, how
        self.derivation, self.kinds, self.swapped, self.gapped = derivation, kinds, swapped, gapped
        self.styled = False
        self.restored: tuple[Candidate, ...] = ()  # disguised words that were put back for a pattern


def _automaton(keys: Iterable[tuple[int, str]]) -> Any:
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, key in keys:
        automaton.add_word(key, number)
    automaton.make_automaton()
    return automaton


class Scanner:
    """The automaton of a plan and all that is needed to read its hits."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.folding = Folding(plan.fold_from, plan.fold_to)
        self.symbols = Symbols(plan, self.folding, emoji=True)
        self.bare_symbols = Symbols(plan, self.folding, emoji=False)
        self.verifier = Verifier(plan.forms, self.folding, plan.function_chars, plan.emoji)
        pictures = plan.pictures + "".join(plan.emoji)
        self.emoji = re.compile(f"[{re.escape(pictures)}]") if pictures else None
        self._automata: dict[bytes, Any] = {}
        self.widths = [len(key) for key in plan.keys]
        self.entities = [(n, plan.rules[plan.terms[n][0]].terms[plan.terms[n][1]].text) for n in plan.entities]
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._gates: dict[str, frozenset[str]] = {"": frozenset()}
        self._memo: dict[tuple[int, str], tuple[Reached, ...]] = {}

    def fold(self, text: str) -> str:
        """The text in folded form, the same length."""
        return text.translate(self.folding)

    @cached_property
    def automaton(self) -> Any:
        """Over all keys."""
        return _automaton(enumerate(self.plan.keys))

    def narrowed(self, active: bytes) -> Any:
        """Over the keys of the terms that are looked for: ``active`` has a byte a term, 0 for one that is not."""
        found = self._automata.get(active)
        if found is None:
            owner = memoryview(self.plan.owner).cast("i")
            owners, keys = self.plan.owners, self.plan.keys
            live_terms = active + b"\1" * len(self.plan.heard)
            live = (
                n for n, t in enumerate(owner) if (live_terms[t] if t >= 0 else any(live_terms[o] for o in owners[n]))
            )
            found = self._automata[active] = _automaton((n, keys[n]) for n in live)
        return found

    def candidates(self, text: str) -> list[Candidate]:
        """Every candidate in one text, in no particular order."""
        found = self._pass(text, self.symbols, [])
        if self.emoji is not None and self.emoji.search(text):
            found += self._pass(text, self.bare_symbols, found)
        if DOUBLED.search(text):
            found += self._pass(DOUBLED.sub(lambda m: " " * len(m[0]), text), self.symbols, found)
        if REPEATED.search(text):
            found += self._pass(REPEATED.sub(lambda m: m[0][0] + UNSEEN * (len(m[0]) - 1), text), self.symbols, found)
        if self.entities and entities.WORTH.search(text):
            found += self._entities(text)
        return found + self._meant(text)

    def _pass(self, text: str, symbols: Symbols, known: list[Candidate]) -> list[Candidate]:
        """What one view of a text shows beyond what is known."""
        if not self.plan.keys:
            return []
        view = View(text, symbols)
        seen = {(c.term, c.start, c.end) for c in known}
        return [c for c in self._collect(view, self.automaton.iter(view.code)) if (c.term, c.start, c.end) not in seen]

    def _entities(self, text: str) -> list[Candidate]:
        folded = self.fold(text)
        return [
            Candidate(term, one.start, one.end, one.how, one.value)
            for term, finder in self.entities
            for one in entities.FINDERS[finder](folded)
        ]

    def _meant(self, text: str) -> list[Candidate]:
        """The sentences of a short text that offend by what they mean."""
        if len(text) > LONGEST_RAW:
            return []
        return [
            Candidate(term, start, end, "meaning", f"{sure:.0%}")
            for term in self.plan.meanings
            for start, end, sure in offending(self.plan.meaning, self.fold(text))
        ]

    def candidates_many(self, texts: Sequence[str], active: bytes = b"") -> Iterator[list[Candidate]]:
        """The candidates of each text, in order; one pass over all of them together.

        With ``active`` those of terms that are not looked for may be left out.
        """
        automaton = self.narrowed(active) if active and len(texts) >= MANY else self.automaton
        symbols = self.symbols
        codes = [text.translate(symbols) for text in texts]
        joined = SEPARATOR.join(codes)
        starts = [0, *accumulate(len(code) + len(SEPARATOR) for code in codes)]
        hits: dict[int, list[tuple[int, int]]] = {}
        if self.plan.keys and joined:
            at, start, limit = 0, 0, starts[1]
            for end, key in automaton.iter(joined):
                if end >= limit:
                    at = bisect_right(starts, end, at) - 1
                    start, limit = starts[at], starts[at + 1]
                hits.setdefault(at, []).append((end - start, key))
        several = self._with(texts, (self.emoji, DOUBLED, REPEATED))  # texts that need more than one view
        numbers = self._with(texts, (entities.WORTH,)) if self.entities else set()
        meant = any(not active or active[term] for term in self.plan.meanings)
        for at, text in enumerate(texts):
            if at in several:
                yield self.candidates(text)
                continue
            found = self._collect(View(text, symbols, codes[at]), hits[at]) if at in hits else []
            if at in numbers:
                found += self._entities(text)
            yield found + self._meant(text) if meant else found

    @staticmethod
    def _with(texts: Sequence[str], expressions: Iterable[re.Pattern[str] | None]) -> set[int]:
        """The numbers of the texts in which one of the expressions is found."""
        joined = "\n".join(texts)
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        found: set[int] = set()
        for expression in expressions:
            if expression is not None:
                found |= {bisect_right(starts, match.start()) - 1 for match in expression.finditer(joined)}
        return found

    def _collect(self, view: View, hits: Iterable[tuple[int, int]]) -> list[Candidate]:
        found, disguised = self._gathered(view, hits)
        if disguised:
            found += self._restored(view.text, disguised)
        return found

    def _restored(self, text: str, disguised: list[Candidate]) -> list[Candidate]:
        """What patterns say when disguised words are put back."""
        pieces: list[Candidate] = []
        for one in sorted(disguised, key=lambda c: (c.start - c.end, c.start)):
            if all(one.end <= p.start or one.start >= p.end for p in pieces):
                pieces.append(one)
        pieces.sort(key=lambda c: c.start)
        plain, lows, highs, at = "", [], [], 0
        changed: set[int] = set()  # where the text put back differs from the text that stands there
        for piece in pieces:
            word = self.plan.heard[piece.term - len(self.plan.terms)]
            surface, begin = text[piece.start : piece.end], len(plain) + piece.start - at
            changed |= {begin + i for i, char in enumerate(word) if len(word) != len(surface) or char != surface[i]}
            plain += text[at : piece.start] + word
            lows += [*range(at, piece.start), *[piece.start] * len(word)]
            highs += [*range(at + 1, piece.start + 1), *[piece.end] * len(word)]
            at = piece.end
        plain += text[at:]
        lows += range(at, len(text))
        highs += range(at + 1, len(text) + 1)
        view = View(plain, self.symbols)
        found = []
        for candidate in self._gathered(view, self.automaton.iter(view.code))[0]:
            low, high = lows[candidate.start], highs[candidate.end - 1]
            used = tuple(p for p in pieces if p.start < high and p.end > low)
            pictured = candidate.how == "exact" and any(p.how == "alias" for p in used)  # 🇨🇳级
            if changed.isdisjoint(range(candidate.start, candidate.end)):
                continue  # 最 of 最厚, whose other half sounds like another word
            if used and (candidate.how == "pattern" or pictured):
                told = f"{candidate.derivation} ({'; '.join(p.derivation for p in used)})"
                one = Candidate(candidate.term, low, high, used[0].how, told, swapped=sum(p.swapped for p in used))
                one.restored = used
                found.append(one)
        return found

    def _gathered(self, view: View, hits: Iterable[tuple[int, int]]) -> tuple[list[Candidate], list[Candidate]]:
        """Candidates, and the words in disguise that patterns might be made of."""
        found: list[Candidate] = []
        disguised: list[Candidate] = []
        count, text, widths = len(self.plan.terms), view.text, self.widths
        aligned = len(view.code) == 2 * len(text)
        kept = range(len(text)) if aligned else view.kept()
        size, short = len(text), len(text) <= SHORT
        seen: set[tuple[int, int, int]] = set()
        searched: set[int] = set()
        spells, anchors, gates, memo = self.plan.spells, self.plan.anchors, self._gates, self._memo
        for end, key in hits:
            high = end // 2
            low = high + 1 - widths[key] // 2
            start, stop = kept[low], kept[high] + 1
            if spells[key]:
                surface = text[start:stop]
                reached = memo.get((key, surface))
                if reached is None:
                    symbols = surface if aligned else "".join(text[i] for i in kept[low : high + 1])
                    reached = self._reached(key, surface, symbols)
                for one in reached:
                    candidate = self._placed(text, start, stop, one)
                    if candidate is not None:
                        (found if candidate.term < count else disguised).append(candidate)
            if key in anchors:
                folded = view.folded(self.folding)
                for anchor in anchors[key]:
                    if anchor.term in searched or 0 < anchor.most < size:
                        continue
                    if short:  # a short text is searched once, whatever the number of anchors in it
                        searched.add(anchor.term)
                    gate = gates.get(anchor.gate)
                    if gate is None:
                        gate = gates[anchor.gate] = frozenset(anchor.gate)
                    if not gate or not gate.isdisjoint(folded):
                        low = 0 if short else max(0, start - anchor.offset)
                        high = size if short else min(size, stop + anchor.reach + TAIL)
                        self._pattern(anchor.term, folded, (low, start if not short else size, high), seen, found)
        return found, disguised

    def _reached(self, key: int, surface: str, kept: str) -> tuple[Reached, ...]:
        best: dict[int, Reached] = {}
        for spell in read_spells(self.plan.spells[key]):
            one = self.verifier.reached(surface, kept, spell)
            if one is None or (
                one.how in ("exact", "folded") and self.plan.forms[spell.form].term >= len(self.plan.terms)
            ):
                continue  # a word of patterns that stands there plainly needs no putting back
            if spell.form not in best or one.swapped < best[spell.form].swapped:
                best[spell.form] = one
        if len(self._memo) > MEMO_LIMIT:
            self._memo.clear()
        reached = self._memo[key, surface] = tuple(best.values())
        return reached

    def _placed(self, text: str, start: int, stop: int, reached: Reached) -> Candidate | None:
        """Give a surface its place: signs at the ends of the term, and the word edge of Latin letters and digits."""
        form = self.plan.forms[reached.form]
        if form.suffix and self.fold(text[stop : stop + len(form.suffix)]) != form.suffix:
            return None
        low = start - len(form.prefix)
        if form.prefix and (low < 0 or self.fold(text[low:start]) != form.prefix):
            return None
        start, stop = low, stop + len(form.suffix)
        candidate = Candidate(
            form.term, start, stop, reached.how, reached.derivation, reached.kinds, reached.swapped, reached.gapped
        )
        candidate.styled = reached.styled
        return candidate

    def _pattern(
        self,
        term: int,
        folded: str,
        window: tuple[int, int, int],
        seen: set[tuple[int, int, int]],
        found: list[Candidate],
    ) -> None:
        """What a pattern matches in a window: from, latest start, to."""
        low, latest, high = window
        expression = self._patterns.get(term)
        if expression is None:
            expression = self._patterns[term] = re.compile(self.plan.patterns[term])
        for match in expression.finditer(folded, low, high):
            if match.start() > latest:
                break
            span = (term, match.start(), match.end())
            if span not in seen and match.end() > match.start():
                seen.add(span)
                found.append(Candidate(*span, "pattern", match[0]))
