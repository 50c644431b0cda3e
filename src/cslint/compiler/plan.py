"""What the compiler hands to the engine: plain data that is cached on disk and holds no code."""

from __future__ import annotations

import msgspec

from cslint.rulebook.rule import Context, Rule


class Slot(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One character of a form: what it is, how it sounds, which characters look like it or may sound like it,
    how it is written as its parts and how it is spelt (便宜: pian beside bian)."""

    char: str
    syllable: str = ""
    look: str = ""
    rare: str = ""
    parts: tuple[str, ...] = ()
    spelt: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One spelling of a term that keys lead to: the term itself or an alias.

    ``core`` is the folded text without noise, ``literal`` the folded text with it; ``prefix`` and ``suffix`` are the
    noise characters at its ends, which must stand in the text as they are.
    """

    term: int
    core: str
    literal: str
    raw: str
    alias: bool
    noise: bool
    prefix: str = ""
    suffix: str = ""
    slots: tuple[Slot, ...] = ()
    heard: bool = False  # homophones count
    odd: bool = False  # an alias that is a misspelling of the term, not another word
    plain: bool = True  # whether it counts where it stands undisguised


class Spell(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One way of reaching a form: a letter per slot (see ``cslint.compiler.keys``) and the symbols each takes."""

    form: int
    kinds: str
    widths: tuple[int, ...] = ()


def written(spells: list[Spell]) -> str:
    """Spells as one string: tens of thousands are kept, few are ever read (see ``read_spells``)."""
    return "|".join(f"{s.form}:{s.kinds}:{','.join(map(str, s.widths))}" for s in spells)


def read_spells(text: str) -> tuple[Spell, ...]:
    """The spells that ``written`` wrote."""
    spells = []
    for one in text.split("|") if text else ():
        form, kinds, widths = one.split(":")
        spells.append(Spell(int(form), kinds, tuple(map(int, widths.split(",")))))
    return tuple(spells)


class Anchor(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The piece of a pattern that the automaton looks for; the expression then decides over a bounded window."""

    term: int
    offset: int  # most characters of the pattern that may stand before the anchor
    reach: int  # most characters of the whole pattern
    gates: tuple[str, ...] = ()  # of each one character must be in the folded text too
    most: int = 0  # where not 0, the longest text in which the pattern can hold


class ContextPlan(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One context over folded text: by place (before, after, near …) what is looked for. ``reach`` bounds words."""

    places: dict[str, Wanted]
    reach: int


class Wanted(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An expression, and characters of which one must be there for it to match (none named: any text may)."""

    expression: str
    gate: str = ""


class Meaning(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A linear model over character n-grams: thousandths of a weight each, and of the bias."""

    weights: dict[str, int]
    bias: int


class Plan(msgspec.Struct, frozen=True, gc=False):
    """A compiled rulebook."""

    rules: dict[str, Rule]
    classes: dict[str, tuple[str, ...]]
    terms: list[tuple[str, int]]  # flat number -> rule id, index in the rule
    fold_from: str
    fold_to: str
    function_chars: str  # characters too frequent to stand for another
    symbol_chars: str  # characters that have a symbol …
    symbols: list[int]  # … and its number
    pictures: str  # emoji that terms are written with
    emoji: dict[str, str]  # emoji read as a syllable -> that syllable
    forms: list[Form]
    keys: list[str]  # two code points a symbol
    spells: list[str]  # per key, see ``read_spells``
    anchors: list[Anchor]
    anchored: dict[str, list[int]]  # their numbers by the piece of a pattern, in folded characters without noise …
    pieces: list[int]  # … and the numbers of the keys that such pieces have
    owners: bytes  # the terms that each key spells, one key after the other, as little-endian 32-bit numbers …
    owner_counts: bytes  # … and how many they are of each key
    patterns: dict[int, str]  # flat term -> expression over folded text
    contexts: list[tuple[Context, ContextPlan]]
    ordinary: dict[str, int]  # everyday words that a term could be heard in, with their counts
    heard: list[str]  # words put back into patterns; as terms they are numbered after ``terms``
    entities: list[int]  # flat terms that name an entity
    meanings: list[int]  # flat terms that stand for whole sentences …
    meaning: Meaning  # … and the model that finds them
