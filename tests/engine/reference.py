"""A slow, obvious matcher: what a literal term may look like, tried at every place, character by character.

It knows no automaton, no keys and no symbols. It is the definition that the engine's one pass must agree with, and reads
as such: `ways` is what may stand for one character, `lawful` is which of them may stand together in one term.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from cslint.compiler import charts
from cslint.rulebook.rule import Rule, Spelling

BARRIERS = "\n\r\t。！？!?;；,，、：:\x00"
MARKS = "。，,、.！!？?；;：:…"
UNSEEN = "\u200b"
MOST_SIGNS = 3
MOST_TWINS = 4  # look-alikes thought of where both characters of a term are look-alikes
PARTICLES = "的了吗吧呢啊呀哦嗯么就都也还是在有好不我你您他她它们要那这什哪能可着得到说去来上下个"
LONGEST_MIXED = 6  # characters of a term up to which one alone is written in pinyin
LONGEST_TWISTED = 4  # characters of a term up to which more than homophones and whole pinyin are thought of
PICTURES = {"❤": "xin", "💰": "qian", "🐶": "gou", "👜": "bao", "🍑": "tao"}
NUMERALS = {"一": "1", "二": "2", "三": "3"}
TYPED = {("o", "0"), ("i", "1"), ("l", "1"), ("e", "3"), ("a", "4"), ("s", "5"), ("b", "8"), ("q", "9"), ("0", "o"),
         ("1", "l"), ("1", "i")}  # fmt: skip
MERGED = {"n/l": {"lan": "nan", "nan": "lan"}}  # of the syllables that the rules of the test have

OWN, SOUND, PINYIN, TYPO, MERGE, TWIN, PARTS, NUMERAL, INITIAL, TWICE = "ospymtdniw"


class Char(NamedTuple):
    """A character that is read: its place, how it looks and what it is read as."""

    at: int
    raw: str
    read: str


class Step(NamedTuple):
    """So many characters stand for one of the term, in this way."""

    way: str
    count: int
    note: str = ""  # typos: the pairs; initials: the letter; parts: the way


class Form(NamedTuple):
    """A spelling of a term that a rule writes down: the term or an alias."""

    term: int
    raw: str
    alias: bool
    spelling: Spelling

    @property
    def literal(self) -> str:
        return fold(self.raw)

    @property
    def core(self) -> str:
        return "".join(c for c in self.literal if is_read(c) or c in PICTURES)

    @property
    def evasive(self) -> bool:
        asked = self.spelling.sound or self.spelling.pinyin or self.spelling.shape or self.spelling.parts
        return not self.alias and asked and len(self.core) > 1


def fold(text: str) -> str:
    return "".join(charts.fold_chart().get(c, c) for c in text)


def is_read(char: str) -> bool:
    """Letters, digits and Hanzi; pictures are read as well, but not always."""
    return unicodedata.category(char)[0] in "LN"


def is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc")


class Reference:
    """Finds the literal terms of one rule."""

    def __init__(self, rule: Rule) -> None:
        self.forms: list[Form] = []
        sounding = {charts.syllable(c) for t in rule.terms if t.spelling.sound for c in t.text if charts.is_hanzi(c)}
        self.pictures = "".join(picture for picture, syllable in PICTURES.items() if syllable in sounding)
        for number, term in enumerate(rule.terms):
            for text in (term.text, *term.spelling.aliases, *term.spelling.initials):
                self.forms.append(Form(number, text, text is not term.text, term.spelling))

    def spans(self, text: str) -> set[tuple[int, int, int]]:
        """(term, start, end) of everything in ``text`` that a term may be read into."""
        seen = [(view, self.pictures) for view in views(text)] + [(text, "")]
        return {span for view, pictures in seen for form in self.forms for span in form_spans(form, view, pictures)}


def views(text: str) -> Iterator[str]:
    """The text; without doubled marks, which end nothing (微。。信); without the rest of a character held down."""
    yield text
    runs = [(char, len(list(run))) for char, run in groupby(text)]
    calm = ""
    for at, (char, times) in enumerate(runs):
        following = runs[at + 1][0] if at + 1 < len(runs) else " "
        blank = char in MARKS and times > 1 and not following.isspace() and following not in MARKS
        calm += (" " if blank else char) * times
    yield calm
    hanzi = ["\u4e00" <= c <= "\u9fff" for c in text]
    between = [
        at for at in range(1, len(text) - 1) if text[at] in "。，" and hanzi[at - 1] and hanzi[at + 1]
    ]  # 公。众。号
    parted = {at for at in between if at - 2 in between or at + 2 in between}
    letter = [c.isascii() and c.isalpha() for c in text]
    for at in range(1, len(text) - 1):  # j。d: letters that stand alone
        alone = (
            letter[at - 1] and not (at > 1 and letter[at - 2]) and letter[at + 1] and not any(letter[at + 2 : at + 3])
        )
        if alone and text[at] in "。，、":
            parted.add(at)
    yield "".join(" " if at in parted else c for at, c in enumerate(text))
    stretched = [c for c, n in runs if n > 2 and ((c.isascii() and c.isalpha()) or "\u4e00" <= c <= "\u9fff")]
    if stretched:
        yield "".join(c + UNSEEN * (n - 1) if c in stretched and n > 2 else c * n for c, n in runs)


def form_spans(form: Form, text: str, pictures: str) -> Iterator[tuple[int, int, int]]:
    literal, core = form.literal, form.core
    first, last = literal.index(core[0]), literal.rindex(core[-1])
    prefix, suffix = literal[:first], literal[last + 1 :]
    folded = fold(text)
    read = [
        Char(at, c, folded[at]) for at, c in enumerate(text) if c in BARRIERS or c in pictures or is_read(folded[at])
    ]
    for begin in range(len(read)):
        for count, twice in lengths(form, read, begin):
            used = read[begin : begin + count]
            start, end = used[0].at, used[-1].at + 1
            if (
                twice and core in folded[start:end]
            ):  # 今天天天特价: the plain word stands there and takes no neighbour in
                continue
            plain = folded[start:end] == literal[first : last + 1]
            if not plain and not fair(form, text, used):
                continue
            if folded.startswith(suffix, end) and folded.endswith(prefix, 0, start):
                yield form.term, start - len(prefix), end + len(suffix)


def fair(form: Form, text: str, used: list[Char]) -> bool:
    """Whether what stands between the characters that were read may stand there."""
    if form.alias and form.literal != form.core:
        return False
    for one, other in pairwise(used):
        between = text[one.at + 1 : other.at]
        if between and not form.spelling.noise:
            return False
        if sum(not is_unseen(c) for c in between) > MOST_SIGNS:
            return False
    return True


def lengths(form: Form, read: list[Char], begin: int) -> Iterator[tuple[int, bool]]:
    """How many characters from ``begin`` on may be the form, in any lawful way; and whether one inside stands twice."""
    for steps in paths(form, read, begin, 0):
        if lawful(form, steps):
            yield sum(step.count for step in steps), [step.way for step in steps].count(TWICE) == 1
    if form.core.isascii() and (
        len(form.core) > 2 or (not form.alias and (form.spelling.sound or form.spelling.shape))
    ):
        window = "".join(c.read for c in read[begin : begin + len(form.core)])
        if any(window == form.core.replace(one, other) != form.core for one, other in TYPED):
            yield len(form.core), False


def paths(form: Form, read: list[Char], at: int, slot: int) -> Iterator[tuple[Step, ...]]:
    if slot == len(form.core):
        yield ()
        return
    for step in ways(form, slot, read[at:]):
        for rest in paths(form, read, at + step.count, slot + 1):
            yield (step, *rest)


def ways(form: Form, slot: int, rest: list[Char]) -> Iterator[Step]:
    """What stands at the beginning of ``rest`` for the character ``slot`` of the form."""
    char, spelling = form.core[slot], form.spelling
    if not rest or rest[0].raw in BARRIERS:
        return
    raw, read = rest[0].raw, rest[0].read
    if read == char:
        yield Step(OWN, 1)
    if not form.evasive:
        return
    syllable = charts.syllable(char) or "" if charts.is_hanzi(char) else ""
    heard = PICTURES.get(raw) or charts.syllable(read) or charts.syllable(raw)
    if syllable and spelling.sound and syllable == heard and char != read and read not in PARTICLES:
        yield Step(SOUND, 1, "common" if read in charts.FUNCTION_CHARACTERS else "")
    if syllable and spelling.pinyin:
        typed = "".join(c.read for c in rest[: len(syllable)])
        pairs = [(a, b) for a, b in zip(syllable, typed, strict=False) if a != b]
        if len(typed) == len(syllable) and not pairs:
            yield Step(PINYIN, len(syllable))
        elif len(typed) == len(syllable) and set(pairs) <= TYPED:
            yield Step(TYPO, len(syllable), "".join(map("".join, pairs)))
    merged = {MERGED[m].get(syllable) for m in spelling.fuzzy}
    if charts.is_hanzi(read) and charts.syllable(read) in merged - {None}:
        yield Step(MERGE, 1)
    twins = charts.look_alikes(char)[: {2: 24, 3: 12}.get(len(form.core), 3)] if spelling.shape else ""
    rare = charts.rare_homophones(char)[: {2: 24, 3: 12}.get(len(form.core), 3)] if spelling.sound else ""
    if charts.is_hanzi(char) and read != char and (raw in twins + rare or read in twins + rare):
        near = twins[:MOST_TWINS]
        yield Step(TWIN, 1, "near" if raw in near or read in near else "")
    if spelling.parts:
        for way in charts.written_parts(char):
            if "".join(c.raw for c in rest[: len(way)]) == way:
                yield Step(PARTS, len(way), way)
    if syllable and spelling.sound and NUMERALS.get(char) == read:
        yield Step(NUMERAL, 1)
    if read in letters(form)[slot]:
        yield Step(INITIAL, 1, read)
    if [c.read for c in rest[:2]] == [char, char]:
        yield Step(TWICE, 2)


def letters(form: Form) -> list[set[str]]:
    """Per character the letters that may stand for it."""
    size = len(form.core)
    given = [word.casefold() for word in form.spelling.initials if len(word) == size]
    return [
        {word[at] for word in given}
        | (
            {(charts.syllable(c) or "")[:1]} - {""}
            if form.spelling.sound and size > 2 and charts.is_hanzi(c)
            else set()
        )
        for at, c in enumerate(form.core)
    ]


def lawful(form: Form, steps: tuple[Step, ...]) -> bool:
    """Which ways of writing a character may stand together."""
    size, spelling = len(steps), form.spelling
    kinds = "".join(step.way for step in steps)
    if any(step.note == "common" for step in steps):  # a word that is everywhere: all else must be the term's own
        return size >= 3 and kinds.count(OWN) == size - 1
    if size == 2 and INITIAL in kinds and SOUND in kinds:
        return False
    odd = "".join(kind for kind in kinds if kind not in OWN + SOUND)  # homophones go with the characters themselves
    if not odd:
        return True
    if set(odd) == {PINYIN}:  # any of two or three characters, one, a half or all of four, one or all of five and six
        half = [at for at, kind in enumerate(kinds) if kind == PINYIN] in ([0, 1], [2, 3])
        one = size <= LONGEST_MIXED and len(odd) == 1
        return size <= 3 or len(odd) == size or one or (size == LONGEST_TWISTED and half)
    if set(odd) == {INITIAL} and len(odd) == size > 3:  # all, if no vowel is among them
        groups = letters(form)
        return all(g.isdisjoint("aeiou") and s.note == min(g) for s, g in zip(steps, groups, strict=True))
    if size > LONGEST_TWISTED:
        return False
    if set(kinds) <= {PINYIN, TYPO}:
        return spelling.sound and size <= 3 and one_typo(form, steps)
    if set(odd) <= {PINYIN, TYPO}:
        return spelling.sound and size <= 3 and typed_throughout(form, steps)
    if TWICE in odd:  # every character, or one inside
        inside = len(odd) == 1 and kinds.find(TWICE) not in (0, size - 1)
        asked = size > 2 and (spelling.sound or spelling.shape)
        return asked and SOUND not in kinds and set(odd) == {TWICE} and (len(odd) == size or inside)
    if len(odd) == 1 and odd != TYPO:
        return True
    if size == 2 and set(odd) in ({PARTS, PINYIN}, {TWIN, PINYIN}, {MERGE, PINYIN}):
        return True
    if size == 2 and odd == TWIN * 2:
        return all(step.note == "near" for step in steps)
    if set(odd) == {INITIAL} and size == 3:  # all but one
        return len(odd) == 2 and all(step.note in ("", min(letters(form)[at])) for at, step in enumerate(steps))
    if set(odd) == {PARTS}:
        first_ways = [charts.written_parts(char)[:3] for char in form.core]
        return len(odd) == size <= 3 and all(s.note in ways for s, ways in zip(steps, first_ways, strict=True))
    return set(odd) == {MERGE} and len(odd) == size <= 3


def typed_throughout(form: Form, steps: tuple[Step, ...]) -> bool:
    """A 0 for every o, or a 1 for every i or every l, of the syllables in letters beside a character (支付ba0)."""
    syllables = "".join(
        charts.syllable(c) or "" for c, s in zip(form.core, steps, strict=True) if s.way in (PINYIN, TYPO)
    )
    notes = [step.note[at : at + 2] for step in steps for at in range(0, len(step.note), 2) if step.way == TYPO]
    return set(notes) in ({"o0"}, {"i1"}, {"l1"}) and len(notes) == syllables.count(notes[0][0])


def one_typo(form: Form, steps: tuple[Step, ...]) -> bool:
    """All of one letter, or a single one, by the digit that looks like it."""
    syllables = "".join(charts.syllable(c) or "" for c in form.core)
    notes = [step.note[at : at + 2] for step in steps for at in range(0, len(step.note), 2)]
    return len(notes) == 1 or (len(set(notes)) == 1 and len(notes) == syllables.count(notes[0][0]))
