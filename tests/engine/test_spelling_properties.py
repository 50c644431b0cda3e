"""Every evasive spelling that a term of the shipped rulebook switches on is found, at its exact place, in any text.

The law is stated for ``Scanner.candidates``, which is what finds spellings. What the judge then makes of a candidate
depends on the words around it (威信 may be 微信 or prestige) and is tested by the examples of each rule. So a random
text says nothing about the judge, and everything about the scanner.

The spellings are written here from the characters alone: a technique is a few lines that a person would follow with a
dictionary at hand. Nothing of ``compiler/keys.py`` is used; readings, look-alikes and parts come from the charts.
"""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cslint.compiler import charts
from cslint.compiler.cache import plan_for
from cslint.engine.scan import Scanner
from cslint.rulebook.rule import Spelling

EXAMPLES = settings(
    max_examples=120, deadline=None, database=None, suppress_health_check=[HealthCheck.filter_too_much]
)
LOOK_ALIKES = {1: 24, 2: 24}  # by length of the term; 12 for longer ones
DIGITS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
STYLES = ("FULLWIDTH ", "MATHEMATICAL ", "CIRCLED ", "SQUARED ", "PARENTHESIZED ", "REGIONAL INDICATOR ")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u0301\u0336\u20dd\ufe0e\ufe0f"
BARRIERS = "。！？!?;；,，、：:｡､\n\r\t"
COMMON = "亲您好这边我们给家里面发货快递明天收到之后可以看再说放心吧了的是有在就都也不会"
SURROUNDINGS = st.text(st.sampled_from(COMMON + "abwxz059 .~-*😀🎁❤️🔥\u200b，。！?\n（）"), max_size=12)


class Literal(NamedTuple):
    """A literal term of the rulebook under the number that its candidates bear."""

    number: int
    text: str
    spelling: Spelling
    guarded: bool  # its evasive spellings need a cue


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner(plan_for())


@pytest.fixture(scope="session")
def literals(scanner: Scanner) -> list[Literal]:
    terms = [(n, scanner.plan.rules[rule].terms[at]) for n, (rule, at) in enumerate(scanner.plan.terms)]
    return [
        Literal(n, term.text, term.spelling, term.evasive_cue is not None)
        for n, term in terms
        if term.kind == "literal"
    ]


# --- what a person can write for one character ---


@cache
def styled_letters() -> dict[str, str]:
    """Letter or digit → every full-width, mathematical, circled, squared … form of it, by the Unicode names."""
    forms: dict[str, str] = defaultdict(str)
    for code in (*range(0x2070, 0x2800), *range(0xFF00, 0xFFF0), *range(0x1D400, 0x1D800), *range(0x1F100, 0x1F200)):
        char = chr(code)
        name = unicodedata.name(char, "")
        last = name.rsplit(" ", 1)[-1]
        if not any(style in name for style in STYLES):
            continue
        if " LETTER " in name and len(last) == 1:
            forms[last.lower()] += char
        elif " DIGIT " in name and last in DIGITS:
            forms[str(DIGITS.index(last))] += char
    return dict(forms)


@cache
def traditional() -> Callable[[str], str]:
    import opencc

    return opencc.OpenCC("s2t").convert


@cache
def by_syllable() -> dict[str, str]:
    """Toneless syllable → the characters usually read so, in their simplified form."""
    groups: dict[str, str] = defaultdict(str)
    for char in charts.readings():
        if charts.is_hanzi(char) and char not in charts.fold_chart() and char not in charts.FUNCTION_CHARACTERS:
            groups[charts.syllable(char) or ""] += char
    return dict(groups)


def homophones(char: str) -> str:
    return "".join(c for c in by_syllable().get(charts.syllable(char) or "", "") if c != char)


def look_alikes(literal: Literal, char: str) -> str:
    return charts.look_alikes(char)[: LOOK_ALIKES.get(len(literal.text), 12)]


def in_style(char: str) -> st.SearchStrategy[str]:
    """The same letter in any style, or the same Hanzi in its traditional form."""
    ways = char + char.upper() + styled_letters().get(char.lower(), "") if char.isascii() else char
    if charts.is_hanzi(char):
        ways += "".join(t for t in traditional()(char) if len(traditional()(char)) == 1)
    return st.sampled_from([w for w in ways if len(w) == 1])


def any_style(text: str) -> st.SearchStrategy[str]:
    return st.tuples(*map(in_style, text)).map("".join)


# --- what a person can write for a term: a technique applies to some terms and gives their variants ---


def hanzi_only(literal: Literal) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in literal.text)


def evasive(literal: Literal) -> bool:
    """One character alone sounds like too many others: it is listened for only with a cue."""
    return hanzi_only(literal) and (len(literal.text) > 1 or literal.guarded)


def replaced(literal: Literal, ways: Callable[[str], str | tuple[str, ...]]) -> st.SearchStrategy[str]:
    """The term with one character that has another way of being written written so."""
    spots = [at for at, char in enumerate(literal.text) if ways(char)]
    return st.sampled_from(spots).flatmap(
        lambda at: st.sampled_from(ways(literal.text[at])).map(
            lambda way: literal.text[:at] + way + literal.text[at + 1 :]
        )
    )


def noise(literal: Literal) -> st.SearchStrategy[str]:
    return with_signs(literal.text)


def with_signs(text: str) -> st.SearchStrategy[str]:
    gaps = st.one_of(st.just(""), signs(), st.text(st.sampled_from(INVISIBLE), max_size=5))
    return st.tuples(*(gaps for _ in text[1:])).map(
        lambda between: text[0] + "".join(gap + char for gap, char in zip(between, text[1:], strict=True))
    )


def is_sign(char: str) -> bool:
    return (
        char not in BARRIERS
        and char not in charts.fold_chart()
        and unicodedata.category(char) not in ("Zl", "Zp")
    )


def signs() -> st.SearchStrategy[str]:
    """One to three signs, spaces or pictures."""
    return st.text(st.characters(categories=["P", "S", "Z"]).filter(is_sign), min_size=1, max_size=3)


def zero_width(literal: Literal) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(INVISIBLE), min_size=1, max_size=6).map(lambda gap: gap.join(literal.text))


def syllables(literal: Literal) -> list[str]:
    return [charts.syllable(char) or "" for char in literal.text]


def pinyin(literal: Literal) -> st.SearchStrategy[str]:
    return any_style("".join(syllables(literal)))


def mixed_pinyin(literal: Literal) -> st.SearchStrategy[str]:
    """Some characters of a term of up to four in pinyin, or one of a longer term."""
    size = len(literal.text)
    spots = st.sets(st.integers(0, size - 1), min_size=1, max_size=size if size <= 4 else 1)
    return spots.map(
        lambda chosen: "".join(s if at in chosen else c for at, (c, s) in enumerate(zip(literal.text, syllables(literal), strict=True)))
    )


def sound(literal: Literal) -> st.SearchStrategy[str]:
    return replaced(literal, homophones)


def sound_all(literal: Literal) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from(homophones(c) or c) for c in literal.text)).map("".join)


def shape(literal: Literal) -> st.SearchStrategy[str]:
    return replaced(literal, lambda char: look_alikes(literal, char))


def parts(literal: Literal) -> st.SearchStrategy[str]:
    return replaced(literal, charts.written_parts)


def initials(literal: Literal) -> st.SearchStrategy[str]:
    return st.sampled_from(literal.spelling.initials).flatmap(any_style)


def aliases(literal: Literal) -> st.SearchStrategy[str]:
    return st.sampled_from(literal.spelling.aliases).flatmap(any_style)


def masks(literal: Literal) -> st.SearchStrategy[str]:
    text = literal.text
    hidden = [text[:at] + sign + text[at + 1 :] for at in range(1, len(text) - 1) for sign in "*x"]
    return st.sampled_from([*hidden, *(text[0] + sign * (len(text) - 1) for sign in "*x")])


def fold(literal: Literal) -> st.SearchStrategy[str]:
    return any_style(literal.text)


def repeated(literal: Literal) -> st.SearchStrategy[str]:
    text = literal.text
    once = [text[:at] + text[at] + text[at:] for at in range(1, len(text) - 1)]
    return st.sampled_from([*once, "".join(c * 2 for c in text)])


class Technique(NamedTuple):
    variants: Callable[[Literal], st.SearchStrategy[str]]
    applies: Callable[[Literal], bool]


def _has(ways: Callable[[Literal, str], str | tuple[str, ...]]) -> Callable[[Literal], bool]:
    return lambda literal: any(ways(literal, char) for char in literal.text)


TECHNIQUES = {
    "noise": Technique(noise, lambda t: t.spelling.noise and t.text.isalnum() and len(t.text) > 1),
    "zero-width": Technique(zero_width, lambda t: t.spelling.noise and t.text.isalnum() and len(t.text) > 1),
    "pinyin": Technique(pinyin, lambda t: t.spelling.pinyin and hanzi_only(t) and len(t.text) > 1),
    "mixed-pinyin": Technique(mixed_pinyin, lambda t: t.spelling.pinyin and hanzi_only(t) and len(t.text) > 1),
    "sound": Technique(sound, lambda t: t.spelling.sound and evasive(t) and any(map(homophones, t.text))),
    "sound-all": Technique(sound_all, lambda t: t.spelling.sound and evasive(t) and any(map(homophones, t.text))),
    "shape": Technique(shape, lambda t: t.spelling.shape and evasive(t) and _has(look_alikes)(t)),
    "parts": Technique(parts, lambda t: t.spelling.parts and hanzi_only(t) and any(map(charts.written_parts, t.text))),
    "initials": Technique(initials, lambda t: bool(t.spelling.initials)),
    "aliases": Technique(aliases, lambda t: bool(t.spelling.aliases)),
    "masks": Technique(masks, lambda t: t.spelling.masks),
    "fold": Technique(fold, lambda t: True),
    "repeated": Technique(
        repeated, lambda t: hanzi_only(t) and len(t.text) >= 3 and (t.spelling.sound or t.spelling.pinyin)
    ),
}


@pytest.mark.parametrize("name", TECHNIQUES)
@EXAMPLES
@given(data=st.data(), before=SURROUNDINGS, after=SURROUNDINGS)
def test_every_spelling_is_found_at_its_place(
    scanner: Scanner, literals: list[Literal], name: str, data: st.DataObject, before: str, after: str
) -> None:
    technique = TECHNIQUES[name]
    literal = data.draw(st.sampled_from([t for t in literals if technique.applies(t)]))
    variant = data.draw(technique.variants(literal))
    text = before + variant + after
    found = {(c.term, c.start, c.end) for c in scanner.candidates(text)}
    assert (literal.number, len(before), len(before) + len(variant)) in found, (literal.text, variant)
