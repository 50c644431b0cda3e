"""What a span of a folded text looks like and what touches it: plain questions without rules. All in code points."""

from __future__ import annotations

import re

from cslint.compiler.keys import STROKES
from cslint.engine.view import CLAUSE_ENDS, is_invisible


def made_of(text: str, words: list[str]) -> bool:
    """True if ``text`` is made of these words and signs alone."""
    at = 0
    while at < len(text):
        if text[at] in CLAUSE_ENDS or not text[at].isalnum():
            at += 1
            continue
        word = next((w for w in words if text.startswith(w, at)), None)
        if word is None:
            return False
        at += len(word)
    return True


def inside_word(folded: str, start: int, end: int) -> bool:
    """A Latin or digit end of the span touches more of the same, or a short abbreviation touches a number."""
    first, last = folded[start], folded[end - 1]
    if not (first.isascii() or last.isascii()):
        return False
    if letter(last) and folded[end : end + 2] == last * 2:  # vvvxxx
        end += len(folded[end:]) - len(folded[end:].lstrip(last))
    if folded.startswith("app", end):  # xhsapp
        end += 3
    before = folded[start - 1] if start else " "
    if letter(first) and before.isdigit() and not folded[start + 1 : start + 2].isascii():
        return True  # 5V信号: a letter behind a number is a unit
    after = folded[end] if end < len(folded) else " "
    if (letter(first) and letter(before)) or (first.isdigit() and (before.isdigit() or before == ".")):
        return True
    if (letter(last) and letter(after)) or (last.isdigit() and after.isdigit()):
        return True
    span = [c for c in folded[start:end] if not is_invisible(c)]
    if all(c.isascii() for c in span) and sum(map(letter, span)) <= 4:
        beyond = folded[end + 1] if end + 1 < len(folded) else " "
        short_number = after.isdigit() and not folded[end : end + 5].isdigit()
        return (
            before.isdigit()
            or before == "-"
            or short_number
            or (after in "-/" and beyond.isascii() and beyond.isalnum())
        )
    return False


def person_follows(folded: str, end: int) -> bool:
    """A form of address follows: 魏信先生."""
    return re.match("(?:[\u4e00-\u9fff]?(?:先生|女士|小姐)|老师|师傅|经理|同学)", folded[end : end + 3]) is not None


def signs_inside(span: str) -> bool:
    """Signs that no list or spacing puts between two characters: 废_物 is meant."""
    return any(not spoken(c) and c not in " /|&+\u3000" for c in span)


def spaced_out(folded: str, start: int, end: int) -> bool:
    """A word of three characters and more that is spaced or barred, in a text that is not: 二 维 码."""
    span = folded[start:end]
    parts = re.split("[ /|&+\u3000]+", span)
    around = folded[max(0, start - 4) : start], folded[end : end + 4]
    return (
        len(parts) >= 3
        and all(len(p) == 1 for p in parts)
        and not any(re.fullmatch(".*[^ ][ /|&+][^ ][ /|&+]?|[ /|&+]?[^ ][ /|&+][^ ].*", piece) for piece in around)
    )


def spoken(char: str) -> bool:
    return char.isalnum() and char not in STROKES


def styled_digits(text: str, folded: str, start: int, end: int) -> bool:
    """A digit of the span is none of a keyboard: full width, circled, mathematical."""
    span = slice(start, end)
    return any(a != b and b.isascii() and b.isdigit() for a, b in zip(text[span], folded[span], strict=True))


def squeezed(folded: str, start: int, end: int) -> tuple[str, int, int]:
    """The text around a span without the signs inside it."""
    core = "".join(c for c in folded[start:end] if spoken(c))
    return folded[:start] + core + folded[end:], start, start + len(core)


def any_hanzi(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def all_hanzi(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in text)


def english_beside(folded: str, start: int, end: int) -> bool:
    """A Latin word of two letters and more stands beside the span, one space away."""
    left = re.search(r"(?<![a-z0-9_])[a-z]{2,}[ ,.;:]{1,2}\Z", folded[max(0, start - 24) : start])
    right = re.match(r"[ ,.;:]{1,2}[a-z]{2,}(?![a-z0-9_])", folded[end : end + 24])
    return bool(left or right)


def letter(char: str) -> bool:
    return "a" <= char <= "z"
