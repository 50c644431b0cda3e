"""One automaton pass over texts: candidates with their spans, before anybody judges them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import ahocorasick
import msgspec

from cslint.compiler.plan import Plan, read_spells
from cslint.engine import entities
from cslint.engine.meaning import LONGEST_RAW, offending
from cslint.engine.spans import styled_digits
from cslint.engine.verify import Reached, Verifier
from cslint.engine.view import Folding, Symbols, View

if TYPE_CHECKING:
    from cslint.engine.sentences import SentenceTable
    from cslint.engine.sieve import Sieve

DOUBLED = re.compile(r"([。，,、.！!？?；;：:…])\1+(?=[^\s。，,、.！!？?；;：:…])")  # 微。。信: marks that end nothing
HANZI = "[\u4e00-\u9fff]"
LONE = re.compile(  # j。d, 公。众。号: nobody ends a sentence so
    r"(?<=[A-Za-z])(?<![A-Za-z]{2})[。，、](?=[A-Za-z](?![A-Za-z]))"
    rf"|(?<={HANZI})[。，](?={HANZI}[。，]{HANZI})|(?<={HANZI}[。，]{HANZI})[。，](?={HANZI})"
)
REPEATED = re.compile(r"([A-Za-z])\1{2,}|([\u4e00-\u9fff])\2{2,}")  # zuiiiii, vvvxxx
MEMO_LIMIT = 200_000
UNSEEN = "\u200b"
MANY = 8192  # texts from which arrays are worth their import and their tables
SIEVES = 4  # sets of active terms whose tables are kept
SHORT = 300  # characters
TAIL = 10  # characters past a pattern that its clause edge may look at


class Candidate(msgspec.Struct, gc=False):
    """A span that a term may explain. Offsets are code points of the original text."""

    term: int
    start: int
    end: int
    how: str
    derivation: str
    kinds: str = ""
    swapped: int = 0
    gapped: bool = False
    styled: bool = False
    pictured: bool = False  # an emoji in it is read as a syllable
    restored: tuple[Candidate, ...] = ()  # disguised words that were put back for a pattern


class Restored:
    """A text with its disguised words put back, and the way back to the original offsets."""

    def __init__(self, text: str, disguised: list[Candidate], plan: Plan) -> None:
        pieces: list[Candidate] = []
        for one in sorted(disguised, key=lambda c: (c.start - c.end, c.start)):
            if all(one.end <= p.start or one.start >= p.end for p in pieces):
                pieces.append(one)
        pieces.sort(key=lambda c: c.start)
        self.pieces = pieces
        plain, lows, highs, at = "", [], [], 0
        self._changed: set[int] = set()  # where the text put back differs from the text that stands there
        for piece in pieces:
            word = plan.heard[piece.term - len(plan.terms)]
            surface, begin = text[piece.start : piece.end], len(plain) + piece.start - at
            self._changed |= {begin + i for i, c in enumerate(word) if len(word) != len(surface) or c != surface[i]}
            plain += text[at : piece.start] + word
            lows += [*range(at, piece.start), *[piece.start] * len(word)]
            highs += [*range(at + 1, piece.start + 1), *[piece.end] * len(word)]
            at = piece.end
        self.plain = plain + text[at:]
        self._lows = lows + list(range(at, len(text)))
        self._highs = highs + list(range(at + 1, len(text) + 1))

    def taken_back(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Of the candidates in the plain text those that a restored word is part of, with their original offsets."""
        found = []
        for candidate in candidates:
            if self._changed.isdisjoint(range(candidate.start, candidate.end)):
                continue  # 最 of 最厚, whose other half sounds like another word
            low, high = self._lows[candidate.start], self._highs[candidate.end - 1]
            used = tuple(p for p in self.pieces if p.start < high and p.end > low)
            pictured = candidate.how == "exact" and any(p.how == "alias" for p in used)  # 🇨🇳级
            if used and (candidate.how == "pattern" or pictured):
                told = f"{candidate.derivation} ({'; '.join(p.derivation for p in used)})"
                one = Candidate(candidate.term, low, high, used[0].how, told, swapped=sum(p.swapped for p in used))
                one.restored = used
                found.append(one)
        return found


class Scanner:
    """The automaton of a plan and all that is needed to read its hits."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.folding = Folding(plan.fold_from, plan.fold_to)
        self.symbols = Symbols(plan, self.folding, emoji=True)
        self.bare_symbols = Symbols(plan, self.folding, emoji=False)
        self.verifier = Verifier(plan.forms, self.folding, plan.function_chars, plan.emoji)
        pictures = plan.pictures + "".join(plan.emoji)
        self.pictures = re.compile(f"[{re.escape(pictures)}]") if pictures else None
        self.widths = [len(key) for key in plan.keys]
        self.pieces = frozenset(plan.pieces)
        self._sieves: dict[bytes, Sieve] = {}
        self._read: Counter[bytes] = Counter()  # texts read, by what was looked for
        self.entities = [(n, plan.rules[plan.terms[n][0]].terms[plan.terms[n][1]].text) for n in plan.entities]
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._gates: dict[str, frozenset[str]] = {}
        self._memo: dict[tuple[int, str], tuple[Reached, ...]] = {}

    @cached_property
    def _sentences(self) -> SentenceTable | None:
        from cslint.engine.sentences import SentenceTable

        return SentenceTable(self.plan.meaning) if self.plan.meaning.weights else None

    def fold(self, text: str) -> str:
        """The text in folded form, the same length."""
        return text.translate(self.folding)

    @cached_property
    def automaton(self) -> Any:
        """Over all keys."""
        automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, key in enumerate(self.plan.keys):
            automaton.add_word(key, number)
        automaton.make_automaton()
        return automaton

    def candidates(self, text: str, folded: str = "") -> list[Candidate]:
        """Every candidate in one text, in no particular order. ``folded`` is its folded form, where it is known."""
        folded = folded or self.fold(text)
        found = self._pass(text, self.symbols, [])
        for _, shown in self.variants(text):
            found += self._pass(shown, self.symbols if shown is not text else self.bare_symbols, found)
        return found + self.entities_in(text, folded) + self.meant(folded)

    def variants(self, text: str) -> Iterator[tuple[str, str]]:
        """Other ways to read a text, of the same length: how it is matched, and how what was found is looked at."""
        if self.pictures is not None and self.pictures.search(text):
            yield self.pictures.sub(UNSEEN, text), text
        for doubled, single in ((DOUBLED, _blanked), (LONE, _blanked), (REPEATED, _once)):
            if doubled.search(text):
                changed = doubled.sub(single, text)
                yield changed, changed

    def entities_in(self, text: str, folded: str) -> list[Candidate]:
        """Numbers, accounts, links; ``folded`` is the folded text."""
        if not self.entities or not entities.WORTH.search(folded):
            return []
        found = []
        for term, finder in self.entities:
            for one in entities.FINDERS[finder](folded):
                plain = one.how == "sound" or not styled_digits(text, folded, one.start, one.end)
                found.append(Candidate(term, one.start, one.end, one.how if plain else "shape", one.value))
        return found

    def meant(self, folded: str) -> list[Candidate]:
        """The sentences of a short folded text that offend by what they mean."""
        if len(folded) > LONGEST_RAW:
            return []
        return [c for one in offending(self.plan.meaning, folded) for c in self.meaning(*one)]

    def meaning(self, start: int, end: int, sure: float) -> list[Candidate]:
        """The candidates of a sentence that offends by what it means."""
        return [Candidate(term, start, end, "meaning", f"{sure:.0%}") for term in self.plan.meanings]

    def _pass(self, text: str, symbols: Symbols, known: list[Candidate]) -> list[Candidate]:
        """What one view of a text shows beyond what is known."""
        if not self.plan.keys:
            return []
        view = View(text, symbols)
        seen = {(c.term, c.start, c.end) for c in known}
        return [c for c in self._collect(view, self.automaton.iter(view.code)) if (c.term, c.start, c.end) not in seen]

    def candidates_many(self, texts: Sequence[str], active: bytes) -> dict[int, tuple[list[Candidate], str]]:
        """By number of the text its candidates, if there are any, and its folded form.

        ``active`` has a byte a term, 0 for one that is not looked for: its candidates may be left out, and so may
        those of which the judge would say that they are not the whole message, sentence or clause.
        """
        sieve = self._sieve(texts, active)
        if sieve is not None:
            from cslint.engine.batch import candidates_of

            return candidates_of(texts, self, sieve)
        forms = map(self.fold, texts)
        found = [(self.candidates(text, folded), folded) for text, folded in zip(texts, forms, strict=True)]
        return {number: one for number, one in enumerate(found) if one[0]}

    def _sieve(self, texts: Sequence[str], active: bytes) -> Sieve | None:
        """The sieve for what is looked for, once enough texts were read that it is worth its tables."""
        sieve = self._sieves.get(active)
        if sieve is None:
            self._read[active] += len(texts)
            if self._read[active] < MANY:
                return None
            from cslint.engine.sieve import Sieve

            while len(self._sieves) >= SIEVES:
                self._sieves.pop(next(iter(self._sieves)))
            sieve = self._sieves[active] = Sieve(self.plan, self.folding, self.symbols, self._sentences, active, texts)
        return sieve

    def _collect(self, view: View, hits: Iterable[tuple[int, int]]) -> list[Candidate]:
        found, disguised = self._gathered(view, hits)
        if disguised:
            restored = Restored(view.text, disguised, self.plan)
            plain = View(restored.plain, self.symbols)
            found += restored.taken_back(self._gathered(plain, self.automaton.iter(plain.code))[0])
        return found

    def _gathered(self, view: View, hits: Iterable[tuple[int, int]]) -> tuple[list[Candidate], list[Candidate]]:
        """Candidates, and the words in disguise that patterns might be made of."""
        found: list[Candidate] = []
        disguised: list[Candidate] = []
        text, widths = view.text, self.widths
        aligned = len(view.code) == 2 * len(text)
        kept = range(len(text)) if aligned else view.kept()
        size, short = len(text), len(text) <= SHORT
        seen: set[tuple[int, int, int]] = set()
        searched: set[int] = set()
        spells, gates, memo = self.plan.spells, self._gates, self._memo
        anchors, anchored = self.plan.anchors, self.plan.anchored
        for end, key in hits:
            high = end // 2
            low = high + 1 - widths[key] // 2
            start, stop = kept[low], kept[high] + 1
            if spells[key]:
                surface = text[start:stop]
                reached = memo.get((key, surface))
                if reached is None:
                    reached = self.reached(key, surface)
                if reached:
                    self.place(text, start, stop, reached, found, disguised)
            if key in self.pieces:
                folded = view.folded(self.folding)
                piece = folded[start:stop] if aligned else "".join(folded[i] for i in kept[low : high + 1])
                for number in anchored.get(piece, ()):
                    anchor = anchors[number]
                    if anchor.term in searched or 0 < anchor.most < size:
                        continue
                    if short:  # a short text is searched once, whatever the number of anchors in it
                        searched.add(anchor.term)
                    for chars in anchor.gates:
                        gate = gates.get(chars)
                        if gate is None:
                            gate = gates[chars] = frozenset(chars)
                        if gate.isdisjoint(folded):
                            break
                    else:
                        first = 0 if short else max(0, start - anchor.offset)
                        last = size if short else min(size, stop + anchor.reach + TAIL)
                        self._pattern(anchor.term, folded, (first, start if not short else size, last), seen, found)
        return found, disguised

    def reached(self, key: int, surface: str) -> tuple[Reached, ...]:
        """How a surface may stand for the forms of a key."""
        known = self._memo.get((key, surface))
        if known is not None:
            return known
        kept = "".join(char for char in surface if self.symbols[ord(char)])
        if 2 * len(kept) != self.widths[key]:  # pictures in it are noise
            kept = "".join(char for char in surface if self.bare_symbols[ord(char)])
        best: dict[int, Reached] = {}
        for spell in read_spells(self.plan.spells[key]):
            one = self.verifier.reached(surface, kept, spell)
            if one is None:
                continue
            form = self.plan.forms[spell.form]
            if (one.how == "exact" and not form.plain) or (
                one.how in ("exact", "folded") and form.term >= len(self.plan.terms)
            ):
                continue  # a word of patterns that stands there plainly needs no putting back
            if spell.form not in best or one.swapped < best[spell.form].swapped:
                best[spell.form] = one
        if len(self._memo) > MEMO_LIMIT:
            self._memo.clear()
        reached = self._memo[key, surface] = tuple(best.values())
        return reached

    def place(
        self,
        text: str,
        start: int,
        stop: int,
        reached: Iterable[Reached],
        found: list[Candidate],
        disguised: list[Candidate],
    ) -> None:
        for one in reached:
            candidate = self._placed(text, start, stop, one)
            if candidate is not None:
                (found if candidate.term < len(self.plan.terms) else disguised).append(candidate)

    def _placed(self, text: str, start: int, stop: int, reached: Reached) -> Candidate | None:
        """Give a surface its place: signs at the ends of the term, and the word edge of Latin letters and digits."""
        form = self.plan.forms[reached.form]
        if form.suffix and self.fold(text[stop : stop + len(form.suffix)]) != form.suffix:
            return None
        low = start - len(form.prefix)
        if form.prefix and (low < 0 or self.fold(text[low:start]) != form.prefix):
            return None
        start, stop = low, stop + len(form.suffix)
        return Candidate(
            form.term, start, stop, reached.how, reached.derivation, reached.kinds, reached.swapped, reached.gapped,
            reached.styled, reached.pictured,
        )  # fmt: skip

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
        for match in self.expression(term).finditer(folded, low, high):
            if match.start() > latest:
                break
            span = (term, match.start(), match.end())
            if span not in seen and match.end() > match.start():
                seen.add(span)
                found.append(Candidate(*span, "pattern", match[0]))

    def expression(self, term: int) -> re.Pattern[str]:
        expression = self._patterns.get(term)
        if expression is None:
            expression = self._patterns[term] = re.compile(self.plan.patterns[term])
        return expression


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _once(match: re.Match[str]) -> str:
    return match[0][0] + UNSEEN * (len(match[0]) - 1)
