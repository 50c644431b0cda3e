"""Every evasive spelling that a term of the shipped rulebook switches on is found, at its exact place, in any text.

The law is stated for ``Scanner.candidates``, which is what finds spellings. What the judge then makes of a candidate
depends on the words around it (威信 may be 微信 or prestige) and is tested by the examples of each rule: a random text
says nothing about the judge, and everything about the scanner. At this level no text around a spelling may hide it,
neither letters that touch it, nor signs, nor ends of sentences.

The spellings are written here from the characters alone: a technique is the few lines that a person would follow with
a dictionary at hand. Nothing of ``compiler/keys.py`` is used; readings, look-alikes and parts come from the charts.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from cslint.compiler import charts
from cslint.compiler.cache import plan_for
from cslint.compiler.plan import Plan
from cslint.engine.scan import Scanner
from cslint.rulebook.rule import Spelling

# No shrinking: the message names the term and the spelling, which is all that one needs.
EXAMPLES = settings(
    max_examples=150,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
LOOK_ALIKES = {1: 24, 2: 24, 3: 12}  # how many of them count, by length of the term; three for longer terms
MIXED = 3  # characters of a term up to which any of them may be in pinyin; one of four, or all
TWISTED = 4  # longer terms are listened for by homophones and whole pinyin only: nobody twists a sentence
DIGITS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
STYLES = (
    *("FULLWIDTH ", "MATHEMATICAL ", "CIRCLED ", "NEGATIVE CIRCLED ", "SQUARED LATIN CAPITAL ", "NEGATIVE SQUARED "),
    *("PARENTHESIZED ", "REGIONAL INDICATOR ", "DINGBAT CIRCLED ", "DINGBAT NEGATIVE CIRCLED "),
)
NUMERALS = dict(zip("一二两三四五六七八九零", "12234567890", strict=True))
MERGES = {"n/l": ("n", "l"), "zh/z": ("zh", "z"), "ch/c": ("ch", "c"), "sh/s": ("sh", "s"), "f/h": ("f", "h")}
PICTURES = {
    "xin": "❤💗",
    "qian": "💰",
    "gou": "🐶",
    "zhu": "🐷",
    "huo": "🔥",
    "dan": "🥚",
    "bao": "👜",
    "yu": "🐟",
    "che": "🚗",
}
TYPED = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "4", "s": "5"}  # a digit for a letter
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u0301\u0336\u20dd\ufe0e\ufe0f"
BARRIERS = "。！？!?;；,，、：:｡､\n\r\t"
AROUND = "亲您好这边我们给家里面发货快递明天收到之后可以看再说放心吧了的是有就都也不会abwxz059 .~-*😀🎁❤️🔥\u200b，。！?\n（）"
SURROUNDINGS = st.text(st.sampled_from(AROUND), max_size=12)


class Literal(NamedTuple):
    """A literal term of the rulebook, under the number that its candidates bear."""

    number: int
    text: str
    spelling: Spelling
    guarded: bool  # its evasive spellings need a cue
    plain: bool = True  # it counts where it stands undisguised

    @property
    def hanzi(self) -> bool:
        return all("\u4e00" <= c <= "\u9fff" for c in self.text)

    @property
    def replaceable(self) -> bool:
        """One character alone sounds like too many others: it is listened for only where a cue is asked for."""
        return self.hanzi and (len(self.text) > 1 or self.guarded)

    @property
    def twisted(self) -> bool:
        return self.replaceable and len(self.text) <= TWISTED


@cache
def plan() -> Plan:
    return plan_for()


@cache
def kept_apart() -> frozenset[str]:
    """Characters that share their symbol with no other."""
    shared = Counter(plan().symbols)
    return frozenset(c for c, n in zip(plan().symbol_chars, plan().symbols, strict=True) if shared[n] == 1)


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner(plan())


@cache
def literals() -> list[Literal]:
    terms = [(number, plan().rules[rule].terms[at]) for number, (rule, at) in enumerate(plan().terms)]
    return [
        Literal(number, term.text, term.spelling, term.evasive_cue is not None, term.plain)
        for number, term in terms
        if term.kind == "literal"
    ]


# --- what may be written for one character ---


@cache
def styled_letters() -> dict[str, str]:
    """Letter or digit → its full-width, mathematical, circled, squared … forms, by their Unicode names."""
    forms: dict[str, str] = defaultdict(str)
    for code in (*range(0x2460, 0x2800), *range(0xFF00, 0xFFF0), *range(0x1D400, 0x1D800), *range(0x1F100, 0x1F200)):
        name = unicodedata.name(chr(code), "")
        last = name.rsplit(" ", 1)[-1]
        if name.startswith(STYLES) and " LETTER " in name and len(last) == 1:
            forms[last.lower()] += chr(code)
        elif name.startswith(STYLES) and " DIGIT " in name and last in DIGITS:
            forms[str(DIGITS.index(last))] += chr(code)
    return dict(forms)


@cache
def traditional(char: str) -> str:
    import opencc

    return opencc.OpenCC("s2t").convert(char) if charts.is_hanzi(char) else ""


@cache
def readers_of(syllable: str) -> str:
    """The characters that are usually read so, in simplified form and without the everyday ones (的, 我 …)."""
    return "".join(
        char
        for char, syllables in charts.readings().items()
        if syllables[0] == syllable and charts.is_hanzi(char) and char not in charts.fold_chart()
        if char not in charts.FUNCTION_CHARACTERS and char not in charts.STROKES
    )


def usual(char: str) -> str:
    """The usual syllable of a character or of its simplified form."""
    return charts.syllable(charts.fold_chart().get(char, char)) or ""


@cache
def homophones(char: str) -> str:
    return readers_of(charts.syllable(char) or "").replace(char, "")


@cache
def nearly_heard(char: str, merges: tuple[str, ...]) -> str:
    """Characters of a syllable that some speakers do not tell from that of ``char``: 兰 for 南, 森 for 生."""
    syllable = charts.syllable(char) or ""
    near = set()
    for one, other in (MERGES[m] for m in merges if m in MERGES):
        for mine, theirs in sorted(((one, other), (other, one)), key=lambda pair: -len(pair[0])):
            if syllable.startswith(mine):
                near.add(theirs + syllable[len(mine) :])
                break
    if "ng/n" in merges:
        near.add(syllable[:-1] if syllable.endswith("ng") else syllable + "g" if syllable.endswith("n") else syllable)
    return "".join(c for s in sorted(near - {syllable}) for c in readers_of(s) if c not in kept_apart())


def pictures(char: str) -> str:
    return PICTURES.get(charts.syllable(char) or "", "")


def look_alikes(literal: Literal, char: str) -> str:
    twins = charts.look_alikes(char)[: LOOK_ALIKES.get(len(literal.text), 3)]
    return twins if literal.spelling.sound else "".join(t for t in twins if usual(t) != usual(char))


def written_parts(char: str) -> tuple[str, ...]:
    return tuple(way for way in charts.written_parts(char) if charts.fold_chart().keys().isdisjoint(way))


def in_style(char: str) -> st.SearchStrategy[str]:
    return st.sampled_from([char, char.upper(), *styled_letters().get(char.lower(), ""), *traditional(char)])


def is_sign(char: str) -> bool:
    """A sign that ends nothing and is no letter (✓ is read as v) and no part of a character (⺮)."""
    name = unicodedata.name(char, "")
    return char not in BARRIERS and char not in charts.fold_chart() and not name.startswith("CJK ")


# --- what may be written for a term ---


def any_style(text: str) -> st.SearchStrategy[str]:
    return st.tuples(*map(in_style, text)).map("".join)


def spelled(ways: list[st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    return st.tuples(*ways).map("".join)


def one_replaced(text: str, ways: Callable[[str], str | tuple[str, ...]]) -> st.SearchStrategy[str]:
    """The text with one character written in another of its ways."""
    spots = st.sampled_from([at for at, char in enumerate(text) if ways(char)])
    return spots.flatmap(lambda at: st.sampled_from(ways(text[at])).map(lambda way: text[:at] + way + text[at + 1 :]))


def with_signs(text: str) -> st.SearchStrategy[str]:
    """Up to three signs, spaces or pictures between any two characters, or anything that nobody sees."""
    signs = st.text(st.characters(categories=["P", "S", "Zs"]).filter(is_sign), max_size=3)
    gap = signs | st.text(st.sampled_from(INVISIBLE), max_size=6)
    return st.tuples(*(gap for _ in text[1:])).map(
        lambda gaps: text[0] + "".join(gap + char for gap, char in zip(gaps, text[1:], strict=True))
    )


def zero_width(literal: Literal) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(INVISIBLE), min_size=1, max_size=6).map(lambda gap: gap.join(literal.text))


def syllables(literal: Literal) -> list[str]:
    return [charts.syllable(char) or char for char in literal.text]


def mixed_pinyin(literal: Literal) -> st.SearchStrategy[str]:
    size = len(literal.text)
    spots = st.sets(st.integers(0, size - 1), min_size=1, max_size=size if size <= MIXED else 1)
    return spots.map(
        lambda chosen: "".join(syllables(literal)[at] if at in chosen else c for at, c in enumerate(literal.text))
    )


def typed_digits(literal: Literal) -> st.SearchStrategy[str]:
    """Pinyin with a digit for every one of a letter: we1x1n."""
    text = "".join(syllables(literal))
    return st.sampled_from([text.replace(c, TYPED[c]) for c in text if c in TYPED])


def first_letters(literal: Literal) -> st.SearchStrategy[str]:
    """One character by the first letter of its syllable; in a term of three also the two others."""
    text, letters = literal.text, [s[0] for s in syllables(literal)]
    one = [text[:at] + letter + text[at + 1 :] for at, letter in enumerate(letters)]
    rest = ["".join(text[at] if at == kept else c for at, c in enumerate(letters)) for kept in range(len(text))]
    return st.sampled_from(one + (rest if len(text) == 3 else []))


def freely_heard(char: str) -> str:
    """Homophones without those that are a term (or all that a pattern is known by) alone: they count one at a time."""
    return "".join(c for c in homophones(char) if c not in kept_apart())


def several_sounds(literal: Literal) -> st.SearchStrategy[str]:
    long = not literal.twisted
    return spelled([st.sampled_from(c if long and c in kept_apart() else c + freely_heard(c)) for c in literal.text])


def sounds_and_pinyin(literal: Literal) -> st.SearchStrategy[str]:
    """Homophones and pinyin in one word: 威xin."""
    return spelled(
        [
            st.sampled_from(char + freely_heard(char)) | st.just(syllable)
            for char, syllable in zip(literal.text, syllables(literal), strict=True)
        ]
    )


def masked(literal: Literal) -> st.SearchStrategy[str]:
    text = literal.text
    hidden = [text[:at] + sign + text[at + 1 :] for at in range(1, len(text) - 1) for sign in "*x"]
    return st.sampled_from([*hidden, text[0] + "x" * (len(text) - 1)])


def repeated(literal: Literal) -> st.SearchStrategy[str]:
    """Every character twice, or one within the word (支付付宝); at its ends the plain word is found as it is."""
    text = literal.text
    once = [text[:at] + text[at] + text[at:] for at in range(1, len(text) - 1)]
    return st.sampled_from([*(way for way in once if text not in way), "".join(char * 2 for char in text)])


class Technique(NamedTuple):
    """A way of writing: the terms that ask for it, and how one of them may look."""

    asked: Callable[[Literal], bool]
    variants: Callable[[Literal], st.SearchStrategy[str]]


@cache
def plainly_read(text: str) -> bool:
    """Every character is read as it usually is; 便宜 and its like have two spellings and are tested by name."""
    return lazy_pinyin(text) == [charts.syllable(char) for char in text]


def asks_pinyin(literal: Literal) -> bool:
    return literal.spelling.pinyin and literal.hanzi and len(literal.text) > 1 and plainly_read(literal.text)


def asks_sound(literal: Literal) -> bool:
    heard = literal.spelling.sound and literal.replaceable and plainly_read(literal.text)
    return heard and any(map(homophones, literal.text))


def asks_shape(literal: Literal) -> bool:
    return literal.spelling.shape and literal.twisted and any(look_alikes(literal, c) for c in literal.text)


TECHNIQUES: dict[str, Technique] = {
    "fold": Technique(lambda _: True, lambda t: any_style(t.text)),
    "noise": Technique(lambda t: t.spelling.noise and t.text.isalnum() and len(t.text) > 1, lambda t: with_signs(t.text)),
    "zero-width": Technique(lambda t: t.spelling.noise and t.text.isalnum() and len(t.text) > 1, zero_width),
    "pinyin": Technique(asks_pinyin, lambda t: any_style("".join(syllables(t)))),
    "mixed-pinyin": Technique(lambda t: asks_pinyin(t) and len(t.text) <= TWISTED, mixed_pinyin),
    "typed-digits": Technique(
        lambda t: (
            asks_pinyin(t)
            and t.spelling.sound
            and len(t.text) <= MIXED
            and not set("".join(syllables(t))).isdisjoint(TYPED)
        ),
        typed_digits,
    ),
    "sound": Technique(lambda t: asks_sound(t) and t.twisted, lambda t: one_replaced(t.text, homophones)),
    "several-sounds": Technique(lambda t: asks_sound(t) and t.twisted, several_sounds),
    "sounds-of-a-sentence": Technique(lambda t: asks_sound(t) and not t.twisted, several_sounds),
    "sounds-and-pinyin": Technique(
        lambda t: asks_sound(t) and asks_pinyin(t) and len(t.text) <= MIXED, sounds_and_pinyin
    ),
    "merged-sound": Technique(
        lambda t: t.twisted and any(nearly_heard(c, t.spelling.fuzzy) for c in t.text),
        lambda t: one_replaced(t.text, lambda char: nearly_heard(char, t.spelling.fuzzy)),
    ),
    "picture": Technique(
        lambda t: asks_sound(t) and t.twisted and any(map(pictures, t.text)), lambda t: one_replaced(t.text, pictures)
    ),
    "numeral": Technique(
        lambda t: asks_sound(t) and t.twisted and not NUMERALS.keys().isdisjoint(t.text),
        lambda t: one_replaced(t.text, lambda char: NUMERALS.get(char, "")),
    ),
    "first-letters": Technique(lambda t: asks_sound(t) and 3 <= len(t.text) <= TWISTED, first_letters),
    "shape": Technique(asks_shape, lambda t: one_replaced(t.text, lambda char: look_alikes(t, char))),
    "parts": Technique(
        lambda t: t.spelling.parts and t.hanzi and len(t.text) <= TWISTED and any(map(written_parts, t.text)),
        lambda t: one_replaced(t.text, written_parts),
    ),
    "initials": Technique(
        lambda t: bool(t.spelling.initials), lambda t: st.sampled_from(t.spelling.initials).flatmap(any_style)
    ),
    "aliases": Technique(
        lambda t: bool(t.spelling.aliases),
        lambda t: st.sampled_from(t.spelling.aliases).filter(set(BARRIERS).isdisjoint).flatmap(any_style),
    ),
    "masks": Technique(lambda t: t.spelling.masks, masked),
    "repeated": Technique(
        lambda t: t.hanzi and 3 <= len(t.text) <= TWISTED and (t.spelling.sound or t.spelling.shape), repeated
    ),
}  # fmt: skip


@cache
def asking(name: str) -> list[Literal]:
    """The terms that ask for a technique."""
    return [literal for literal in literals() if TECHNIQUES[name].asked(literal)]


@pytest.mark.parametrize("name", TECHNIQUES)
@EXAMPLES
@given(data=st.data(), before=SURROUNDINGS, after=SURROUNDINGS)
def test_a_spelling_is_found_at_its_place(
    scanner: Scanner, name: str, data: st.DataObject, before: str, after: str
) -> None:
    literal = data.draw(st.sampled_from(asking(name)))
    variant = data.draw(TECHNIQUES[name].variants(literal))
    assert_found(scanner, literal, before, variant, after)


@pytest.mark.parametrize("name", ["fold", "mixed-pinyin", "sound", "shape", "parts", "initials", "aliases", "repeated"])
@EXAMPLES
@given(data=st.data(), before=SURROUNDINGS, after=SURROUNDINGS)
def test_signs_may_stand_in_any_spelling(
    scanner: Scanner, name: str, data: st.DataObject, before: str, after: str
) -> None:
    literal = data.draw(st.sampled_from([t for t in asking(name) if t.spelling.noise]))
    plain = TECHNIQUES[name].variants(literal).filter(lambda variant: scanner.fold(variant).isalnum())
    variant = data.draw(plain.flatmap(with_signs))
    assert_found(scanner, literal, before, variant, after)


def assert_found(scanner: Scanner, literal: Literal, before: str, variant: str, after: str) -> None:
    if not literal.plain and variant == literal.text:
        return  # nobody disguised it
    found = {(c.term, c.start, c.end) for c in scanner.candidates(before + variant + after)}
    assert (literal.number, len(before), len(before) + len(variant)) in found, (literal.text, variant)


@pytest.mark.parametrize(
    ("term", "variant"),
    [
        ("微信", "威芯"),
        ("支付宝", "知富饱"),
        ("支付宝", "zhi付bao"),
        ("支付宝", "支富b"),
        ("微信", "威xin"),
        ("微信", "微姓"),
        ("全网最低价", "全网罪低价"),
        ("甲级", "甲圾"),
        ("狗日滴", "狗日氵啇"),
        ("最便宜", "zuipianyi"),
        ("行业第一", "hangyediyi"),
    ],
)
def test_spellings_by_name(scanner: Scanner, term: str, variant: str) -> None:
    numbers = {literal.number for literal in literals() if literal.text == term}
    found = {(c.term, c.start, c.end) for c in scanner.candidates(variant)}
    assert found & {(number, 0, len(variant)) for number in numbers}


def test_every_form_finds_itself(scanner: Scanner) -> None:
    """No term, alias or abbreviation of the rulebook is written so that it could never be found."""
    lost = [
        form.raw
        for form in scanner.plan.forms
        if form.plain
        and form.term < len(scanner.plan.terms)
        and (form.term, 0, len(form.raw)) not in {(c.term, c.start, c.end) for c in scanner.candidates(form.raw)}
    ]
    assert lost == []
