"""A rulebook to a plan: forms, keys, patterns and contexts, all checked for what could never match."""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from cslint.compiler import charts
from cslint.compiler.aliases import is_phrase, masked, misspelt, written_out
from cslint.compiler.keys import EMOJI, OTHER, STROKES, Alphabet, Speller, merged
from cslint.compiler.meaning import learn, lessons
from cslint.compiler.phrases import Language, Part, PhraseError, escape, longest, parse
from cslint.compiler.plan import Anchor, ContextPlan, Form, Plan, Slot, Spell, Wanted, written
from cslint.rulebook.errors import RulebookError
from cslint.rulebook.load import Rulebook
from cslint.rulebook.rule import Context, Rule, Spelling, Term

MAX_ANCHORS = 300
MAX_GAPS = 5
MAX_GATES = 3
PLACES = (
    "within",
    "contains",
    "before",
    "after",
    "near",
    "sentence",
    "anywhere",
)  # of a context, in the order in which they are looked at
DENSEST = 0.3  # share of all characters that those of a gate may have
HEARD = Spelling(noise=True, pinyin=True, sound=True, shape=True, parts=True)
SPELLED = Spelling(noise=True, pinyin=True)
HEARD_RULE = Rule(id="", name="", group="", severity="info", severities={}, title={}, why={}, path="lexicon")
EVERYDAY = 2000  # the least count of a word of the trade
RARE = 40  # the count that a rare dictionary word is given where a term could be heard in it
SYLLABIC = frozenset(c for group in EMOJI.values() for c in group)  # emoji that are read as a syllable
WHOLE_SLACK = 30  # characters of signs, lead words and particles around a pattern that must be the whole message
TWINS = {1: 24, 2: 24, 3: 12}  # look-alikes a slot, by length of the term: a long one is known by its other characters


def build(rulebook: Rulebook) -> Plan:
    """Compile. Raises RulebookError for a term that could never be found or a phrase that cannot be read."""
    return _Builder(rulebook).plan()


@cache
def is_kept(char: str) -> bool:
    """True for characters that stand in the view; the rest is noise."""
    return (unicodedata.category(char)[0] in "LN" or charts.is_hanzi(char)) and char not in STROKES


class _Builder:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.fold = charts.fold_chart()
        self.language = Language(rulebook.classes, self.fold)
        self.terms: list[tuple[str, int]] = []
        texts = [t for rule in rulebook.rules.values() for t in _texts(rule)] + list(rulebook.pictures)
        self.pictures = frozenset(c for text in texts for c in self.language.fold(text) if _is_picture(c))
        self.forms: list[tuple[Form, Term]] = []
        self.anchored: list[tuple[set[str], Anchor]] = []
        self.patterns: dict[int, str] = {}
        self.entities: list[int] = []
        self.meanings: list[int] = []
        self.contexts: dict[Context, ContextPlan] = {}

    def plan(self) -> Plan:
        for rule in self.rulebook.rules.values():
            for at, term in enumerate(rule.terms):
                number = len(self.terms)
                self.terms.append((rule.id, at))
                try:
                    self._term(number, rule, term)
                except PhraseError as error:
                    raise RulebookError(rule.path, None, f"terms[{at}]", f"{term.text!r}: {error}") from None
            self._contexts_of(rule)
        heard = self._heard()
        for number, (word, spelling) in enumerate(heard.items(), len(self.terms)):
            term = Term(kind="heard", text=word, label=word, spelling=spelling)
            self._form(number, HEARD_RULE, term, word, alias=False)
            for picture, meaning in self.rulebook.pictures.items():
                if meaning == word:
                    self._form(number, HEARD_RULE, term, picture, alias=True)
        alphabet = self._alphabet()
        spells = self._keys(alphabet)
        anchored: dict[str, list[int]] = defaultdict(list)
        for number, (strings, _) in enumerate(self.anchored):
            for piece in strings:
                anchored[piece].append(number)
        pieces = {piece: alphabet.text(piece) or OTHER for piece in anchored}
        keys = sorted({*spells, *pieces.values()})
        coded = set(pieces.values())
        used = sorted(alphabet.chars.items())
        serving = [sorted({self.forms[s.form][0].term for s in spells.get(k, ())}) for k in keys]
        return Plan(
            rules=self.rulebook.rules,
            classes=self.rulebook.classes,
            terms=self.terms,
            fold_from="".join(self.fold),
            fold_to="".join(self.fold.values()),
            function_chars="".join(sorted(charts.FUNCTION_CHARACTERS)),
            symbol_chars="".join(c for c, _ in used),
            symbols=[n for _, n in used],
            pictures="".join(sorted(self.pictures)),
            emoji={c: s for s, group in EMOJI.items() for c in group if s in alphabet.listened},
            forms=[f for f, _ in self.forms],
            keys=keys,
            spells=[written(spells.get(k, [])) for k in keys],
            anchors=[anchor for _, anchor in self.anchored],
            anchored=anchored,
            pieces=[n for n, k in enumerate(keys) if k in coded],
            owners=packed(n for terms in serving for n in terms),
            owner_counts=packed(map(len, serving)),
            patterns=self.patterns,
            contexts=list(self.contexts.items()),
            ordinary=self._ordinary(),
            heard=list(heard),
            entities=self.entities,
            meanings=self.meanings,
            meaning=learn(lessons(self.rulebook, self.language.fold) if self.meanings else ()),
        )

    def _keeps(self, char: str) -> bool:
        return is_kept(char) or char in self.pictures or char in SYLLABIC

    def _ordinary(self) -> dict[str, int]:
        """Rare dictionary words that sound like a term: the lattice must know them (围脖 is no 微博)."""
        heard = {tuple(s.syllable for s in form.slots) for form, _ in self.forms if form.heard}
        lengths = {len(h) for h in heard}
        everyday = {word: max(charts.word_counts().get(word, 0), EVERYDAY) for word in self.rulebook.everyday}
        return everyday | {
            word: max(count, RARE)
            for word, count in charts.word_counts().items()
            if word not in everyday
            and len(word) in lengths
            and count < RARE
            and tuple(charts.syllable(c) or "" for c in word) in heard
        }

    def _heard(self) -> dict[str, Spelling]:
        """Words to be put back into patterns where they stand in disguise."""
        heard = dict.fromkeys(self.rulebook.heard, HEARD)
        heard |= {word: heard.get(word, SPELLED) for word in self.rulebook.pictures.values()}
        for strings, anchor in self.anchored:
            if self.rulebook.rules[self.terms[anchor.term][0]].hear_patterns:
                for word in sorted(strings):
                    if 2 <= len(word) <= 3 and all(charts.is_hanzi(c) for c in word):
                        heard.setdefault(word, SPELLED)
        return heard

    def _term(self, number: int, rule: Rule, term: Term) -> None:
        if term.kind == "entity":
            self.entities.append(number)
        elif term.kind == "meaning":
            self.meanings.append(number)
        elif term.kind == "pattern":
            self._pattern(number, term)
        else:
            self._form(number, rule, term, term.text, alias=False)
            hidden = masked(term.text, cued=term.evasive_cue is not None) if term.spelling.masks else []
            for alias in (*term.spelling.aliases, *term.spelling.initials, *hidden, *written_out(term.text)):
                self._form(number, rule, term, alias, alias=True)
                if is_phrase(alias) and term.spelling.noise and not misspelt(alias, term.text):
                    heard = msgspec.structs.replace(term, spelling=HEARD, plain=False)
                    self._form(number, rule, heard, alias, alias=False)

    def _form(self, number: int, rule: Rule, term: Term, text: str, *, alias: bool) -> None:
        literal = self.language.fold(text)
        core = "".join(c for c in literal if self._keeps(c))
        if not core:
            core = literal if len(literal) == 1 else ""
        if not core:
            raise RulebookError(rule.path, None, "terms", f"{text!r} holds only signs; it could never be found")
        first, last = literal.index(core[0]), literal.rindex(core[-1])
        slots: tuple[Slot, ...] = ()
        spelling = term.spelling
        if len(core) == 1 and term.evasive_cue is None:  # one character sounds like too many others
            spelling = Spelling(parts=spelling.parts)
        if not alias and (spelling.sound or spelling.pinyin or spelling.shape or spelling.parts):
            twins = TWINS.get(len(core), 3)
            spelt = charts.spellings(core) if spelling.pinyin else [()] * len(core)
            slots = tuple(self._slot(c, spelling, twins, s) for c, s in zip(core, spelt, strict=True))
        self.forms.append(
            (
                Form(
                    term=number,
                    core=core,
                    literal=literal[first : last + 1],
                    raw=text,
                    alias=alias,
                    noise=spelling.noise and len(core) > 1,
                    prefix=literal[:first],
                    suffix=literal[last + 1 :],
                    slots=slots,
                    heard=spelling.sound and bool(slots),
                    odd=alias and misspelt(literal, self.language.fold(term.text)),
                    plain=alias or term.plain,
                ),
                term,
            )
        )

    def _slot(self, char: str, spelling: Spelling, twins: int, spelt: tuple[str, ...]) -> Slot:
        if not charts.is_hanzi(char):
            return Slot(char)
        return Slot(
            char,
            (charts.syllable(char) or "") if spelling.sound or spelling.pinyin else "",
            charts.look_alikes(char)[:twins] if spelling.shape else "",
            charts.rare_homophones(char)[:twins] if spelling.sound else "",
            charts.written_parts(char) if spelling.parts else (),
            spelt,
        )

    def _pattern(self, number: int, term: Term) -> None:
        parts = parse(term.text)
        if len(parts) - 1 > MAX_GAPS:
            raise PhraseError(f"more than {MAX_GAPS} gaps")
        self.patterns[number] = self.language.pattern(parts, term.gap, term.across)
        runs = sorted(self._runs(parts))
        pieces = [(run, cores) for run in runs if (cores := self._cores(run.strings))]
        if not pieces:
            raise PhraseError("no part of it is a word that must be there")
        run, cores = min(pieces, key=lambda p: sum(map(charts.commonness, p[1])) + 1e-7 * len(p[1]))
        reach = sum(longest(p, self.language) for p in parts) + term.gap * (len(parts) - 1)
        before = sum(longest(p, self.language) + term.gap for p in parts[: run.part])
        before += longest(parts[run.part], self.language)
        most = reach + WHOLE_SLACK if term.whole == "message" else 0
        self.anchored.append((cores, Anchor(number, before, reach, _gates(run, runs), most)))

    def _runs(self, parts: list[Part]) -> Iterator[_Run]:
        """Runs of nodes of which every string is known: one of them must be there."""
        for at, part in enumerate(parts):
            for low in range(len(part)):
                for high in range(low + 1, len(part) + 1):
                    strings = self.language.strings(part[low:high], MAX_ANCHORS)
                    if strings is None:
                        break
                    if "" not in strings:
                        chars = {charts.rarest(s) for s in strings}
                        cost = sum(map(charts.commonness, chars))
                        yield _Run(cost, at, low, high, "".join(sorted(chars)), tuple(sorted(strings)))

    def _cores(self, strings: Iterable[str]) -> set[str]:
        """The strings as a view shows them, without signs; nothing if one of them is made of signs."""
        cores = {s if s.isalnum() else "".join(c for c in s if self._keeps(c)) for s in strings}
        return set() if "" in cores else cores

    def _contexts_of(self, rule: Rule) -> None:
        contexts = [u.context for u in rule.unless] + [r.context for r in rule.raises]
        for term in rule.terms:
            contexts += [c for c in (term.cue, term.evasive_cue) if c]
            contexts += [u.context for u in term.unless] + [r.context for r in term.raises]
        for context in contexts:
            if context not in self.contexts:
                try:
                    self.contexts[context] = self._context(context)
                except PhraseError as error:
                    raise RulebookError(rule.path, None, "context", str(error)) from None

    def _context(self, context: Context) -> ContextPlan:
        places = {
            name: self._spelled_out(words) if name == "within" else words
            for name in PLACES
            if (words := getattr(context, name))
        }
        reach = max((longest(parse(w)[0], self.language) for words in places.values() for w in words), default=0)
        wanted = {name: Wanted(self.language.alternatives(w), self._context_gate(w)) for name, w in places.items()}
        return ContextPlan(wanted, reach)

    def _context_gate(self, phrases: Iterable[str]) -> str:
        chars: set[str] = set()
        for phrase in phrases:
            strings = self.language.strings(parse(phrase)[0])
            if strings is None or "" in strings:
                return ""
            chars |= {min(s, key=charts.commonness) for s in strings}
        return "".join(sorted(chars))

    def _spelled_out(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        """Phrases with their choices written out, so that the longest of them is tried first."""
        found: list[str] = []
        for phrase in phrases:
            strings = self.language.strings(parse(phrase)[0])
            found += [escape(s) for s in strings] if strings is not None else [phrase]
        return tuple(dict.fromkeys(found))

    def _alphabet(self) -> Alphabet:
        listened: set[str] = set()
        needed: set[str] = set(string.ascii_lowercase + string.digits)
        for form, term in self.forms:
            needed |= set(form.core)
            spelling = term.spelling
            if form.slots:
                for slot in form.slots:
                    if slot.syllable and spelling.sound:
                        listened |= {slot.syllable, *merged(slot.syllable, spelling.fuzzy)}
                    needed |= {self.fold.get(c, c) for c in slot.look + slot.rare}
                    if spelling.parts:
                        needed |= {c for way in charts.written_parts(slot.char) for c in way}
        for strings, _ in self.anchored:
            needed |= {c for s in strings for c in s}
        needed -= set(STROKES)  # they are signs, though characters are made of them
        alone = {form.core for form, _ in self.forms if len(form.core) == 1 and not form.heard}
        alone |= {s for strings, _ in self.anchored for s in strings if len(s) == 1}
        return Alphabet(listened, sorted(needed), alone - set(STROKES))

    def _keys(self, alphabet: Alphabet) -> dict[str, list[Spell]]:
        speller = Speller(alphabet)
        for number, (form, term) in enumerate(self.forms):
            speller.literal(number, form)
            spelling = term.spelling
            if form.slots:
                speller.evasive(number, form, spelling, cued=term.evasive_cue is not None)
            if form.core.isascii() and (len(form.core) > 2 or (not form.alias and (spelling.sound or spelling.shape))):
                speller.leet(number, form)
        return dict(speller.spells)


def packed(numbers: Iterable[int]) -> bytes:
    """Little-endian 32-bit numbers."""
    return b"".join(n.to_bytes(4, "little") for n in numbers)


class _Run(NamedTuple):
    """Neighbouring nodes of a part: how common their rarest characters are, where they stand, and what they say."""

    cost: float
    part: int
    low: int
    high: int
    chars: str
    strings: tuple[str, ...]


def _gates(anchor: _Run, runs: list[_Run]) -> tuple[str, ...]:
    """Characters of which one must be in the text beside the anchor: of other runs, the rarest first."""
    chosen = [] if all(s.isalnum() for s in anchor.strings) else [anchor]  # a view does not show signs
    for run in runs:
        apart = all(run.part != c.part or run.low >= c.high or run.high <= c.low for c in (anchor, *chosen))
        if len(chosen) < MAX_GATES and run.cost < DENSEST and apart:
            chosen.append(run)
    return tuple(run.chars for run in chosen)


def _texts(rule: Rule) -> list[str]:
    return [text for term in rule.terms for text in (term.text, *term.spelling.aliases)]


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So" and char not in "○●◎"
