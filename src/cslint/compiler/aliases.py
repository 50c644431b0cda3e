"""Aliases that follow from how a term is written, and what kind of alias one is."""

from __future__ import annotations

from cslint.compiler import charts

PHRASE = 4  # characters from which an alias is heard in disguise too
SIGNS = "*x某○o"  # what hides a character
DIGITS = "0123456789"
STYLES = ("零一二三四五六七八九", "零幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")


def misspelt(alias: str, term: str) -> bool:
    """An alias that keeps a character of the term in its place and puts letters or a twin for the others: 拉圾, sha逼."""
    if any(charts.is_hanzi(c) for c in alias) and any("a" <= c <= "z" or c in "*×" for c in alias):
        return any(c in term for c in alias if charts.is_hanzi(c))
    if len(alias) != len(term) or alias == term or not any(a == b for a, b in zip(alias, term, strict=True)):
        return False
    return all(
        a == b or charts.syllable(a) == charts.syllable(b) or a in charts.look_alikes(b)
        for a, b in zip(alias, term, strict=True)
    )


def is_phrase(alias: str) -> bool:
    """An alias of its own words, long enough to be heard in disguise as a term is: 死皮赖脸."""
    return len(alias) >= PHRASE and all(charts.is_hanzi(c) for c in alias)


def masked(text: str, cued: bool = False) -> list[str]:
    """A word with one character, or all but the first, hidden: 支*宝, 拼xx; of two characters (某信, 天*) with a cue."""
    first, rest = text[0], text[1:]
    if len(text) == 2:
        ways = (
            [f"某{rest}", f"{first}某", f"{first}*", f"*{rest}", f"{first}某{rest}", f"{first}x{rest}"] if cued else []
        )
    else:
        ways = [text[:at] + sign + text[at + 1 :] for at in range(1, len(text) - 1) for sign in SIGNS] + ["*" + rest]
    return [*ways, first + "x" * len(rest)]


def written_out(text: str) -> list[str]:
    """How the digits of a name made of digits (1688) are written out."""
    if not text.isdecimal() or len(text) < 3:
        return []
    return list(dict.fromkeys(text.translate(str.maketrans(DIGITS, style)) for style in STYLES))
