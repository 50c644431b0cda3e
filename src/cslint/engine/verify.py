"""Whether a surface can stand for a form, decided on its original characters: how it was reached, or no."""

from __future__ import annotations

import re

import msgspec

from cslint.compiler.keys import MOST_TWINS, NUMERALS, SAID
from cslint.compiler.plan import Form, Slot, Spell
from cslint.engine.view import BARRIERS, Folding, is_invisible

MAX_GAP = 3
NUMBER_SIGN = re.compile(r"\d[^\w\s]\d")
PARTICLES = frozenset(
    "的了吗吧呢啊呀哦嗯么就都也还是在有好不我你您他她它它们要那这什哪能可着得到说去来上下个"
)  # where one of these follows, a word ends
LEET = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "8": "b", "9": "qg", "o": "0", "l": "1", "i": "1"}
LETTERS = {"P": "pinyin", "F": "merged sound", "G": "look-alike", "D": "parts", "N": "digit", "I": "initial", "J": "initial", "L": "digit for letter", "R": "repeated"}  # fmt: skip


class Reached(msgspec.Struct, gc=False):
    """A surface that stands for a form: ``how`` (a confidence), ``swapped`` slots, and the derivation in words."""

    form: int
    how: str
    kinds: str
    swapped: int
    derivation: str
    gapped: bool
    styled: bool = False  # written in another script or style of letter: more than case and width
    pictured: bool = False  # an emoji in it is read as a syllable


class Verifier:
    """Checks surfaces slot by slot."""

    def __init__(self, forms: list[Form], folding: Folding, function: str, emoji: dict[str, str]) -> None:
        self.forms, self.folding, self.emoji = forms, folding, emoji
        self.function = frozenset(function)

    def reached(self, surface: str, kept: str, spell: Spell) -> Reached | None:
        """``surface`` is the original text of the span, ``kept`` its characters without noise."""
        form = self.forms[spell.form]
        folded = "".join(self.folding[ord(c)] for c in surface)
        if folded == form.literal and set(spell.kinds) == {"C"}:
            how = (
                "alias"
                if form.alias
                else "exact"
                if surface == form.raw[len(form.prefix) :][: len(surface)]
                else "folded"
            )
            reached = Reached(spell.form, how, spell.kinds, 0, form.raw, False)
            reached.styled = form.odd or any(_styled(a, b) for a, b in zip(surface, folded, strict=True))
            return reached
        if form.alias and form.literal not in (form.core, folded) and not masked(folded, form.literal):
            return None  # a sign inside an alias is part of it: 支*宝
        gapped = len(kept) != len(surface)
        if gapped and not (form.noise and fair_gaps(surface, kept)):
            return None
        if (
            "R" in spell.kinds and 1 in spell.widths and form.core in folded
        ):  # 今天天天特价: the plain word is in it and is found by itself
            return None
        if form.literal != form.core and not gapped and NUMBER_SIGN.search(form.literal):  # 5.0 is not 50
            return None
        slots = form.slots or tuple(Slot(c) for c in form.core)
        if spell.kinds == "GG" and not all(
            c in s.look[:MOST_TWINS] or self.folding[ord(c)] in s.look[:MOST_TWINS]
            for s, c in zip(slots, kept, strict=False)
        ):
            return None
        at, told, hows, swapped, pictured = 0, [], set(), 0, False
        lone = (
            len(slots) >= 3
            and sum(s.char == self.folding[ord(c)] for s, c in zip(slots, kept, strict=False)) >= len(slots) - 1
        )
        for slot, kind, width in zip(slots, spell.kinds, spell.widths, strict=True):
            piece = "".join(self.folding[ord(c)] for c in kept[at : at + width])
            raw = kept[at : at + width]
            at += width
            way = self._slot(slot, kind, piece, raw, form.heard, lone)
            if way is None or (way != "exact" and kind == "C" and "I" in spell.kinds and len(slots) == 2):
                return None  # an initial needs the other character itself
            hows.add(way)
            if way not in ("exact", "noise"):
                swapped += 1
            pictured |= raw in self.emoji and way != "exact"
            told.append(raw if way == "exact" else f"{raw}→{slot.char}({LETTERS.get(kind, 'sound')})")
        if at != len(kept):
            return None
        how = next((h for h in ("shape", "sound", "noise") if h in hows), "noise" if gapped else "folded")
        if form.alias:
            how = "alias"
        reached = Reached(spell.form, how, spell.kinds, swapped, " ".join(told) + (" +noise" if gapped else ""), gapped)
        reached.styled, reached.pictured = form.odd, pictured
        return reached

    def _slot(self, slot: Slot, kind: str, piece: str, raw: str, heard: bool, lone: bool) -> str | None:
        if kind == "C":
            if piece == slot.char:
                return "exact"
            if piece in slot.look or raw in slot.look:
                return "shape"
            if not heard or not slot.syllable or (piece in self.function and (not lone or piece in PARTICLES)):
                return None
            if raw in self.emoji:
                return "sound" if self.emoji[raw] == slot.syllable else None
            return "sound"  # the key holds only symbols of this syllable
        if kind == "P":
            fits = any(
                len(piece) == len(letters)
                and all(a == b or b in LEET.get(a, "") for a, b in zip(piece, letters, strict=True))
                for letters in slot.spelt
            )
            return "sound" if fits else None
        if kind == "G":
            if piece in slot.look or raw in slot.look:
                return "shape"
            return "sound" if piece in slot.rare or raw in slot.rare else None
        if kind == "D":
            return "shape" if raw in slot.parts or piece in slot.parts else None
        if kind == "N":
            return "sound" if piece in (NUMERALS.get(slot.char), SAID.get(slot.syllable)) else None
        if kind == "L":
            return "exact" if piece == slot.char else "shape" if slot.char in LEET.get(piece, "") else None
        if kind == "R":
            return "noise" if set(piece) == {slot.char} else None
        return "sound"  # F, I and J: the key itself says it


def masked(folded: str, literal: str) -> bool:
    """Whether a sign stands for each star of ``literal``, whichever sign: 支☆宝, 拼🐕多."""
    shown = "".join(c for c in folded if not "\ufe00" <= c <= "\ufe0f")
    return (
        "*" in literal
        and len(shown) == len(literal)
        and all(
            a == b or (b == "*" and not a.isspace() and (not a.isalnum() or a == "○"))
            for a, b in zip(shown, literal, strict=True)
        )
    )


def _styled(raw: str, folded: str) -> bool:
    return raw != folded and not raw.isascii() and not "\uff01" <= raw <= "\uff5e"


def fair_gaps(surface: str, kept: str) -> bool:
    """At most MAX_GAP signs between two characters, no barrier among them; what nobody sees does not count."""
    run = 0
    waiting = list(reversed(kept))
    for char in surface:
        if waiting and char == waiting[-1]:
            waiting.pop()
            run = 0
        elif char in BARRIERS:
            return False
        elif not is_invisible(char):
            run += 1
            if run > MAX_GAP:
                return False
    return True
