"""Dangerous and invisible characters spelled out: a text may hold what moves the cursor or hides itself."""

from __future__ import annotations

import unicodedata

_NAMED = {"\t": "    ", "\n": "\\n", "\r": "\\r"}
_ZERO_WIDTH_JOINER = "\u200d"
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"  # letters and a sign that show as nothing
_SPELLED_OUT = {"Cf", "Co", "Cs", "Zl", "Zp"}  # formatting (zero-width, bidi), private use, surrogates, separators


def visible(text: str) -> str:
    """``text`` with control and invisible characters spelled out (`\\x1b`, `<U+200B>`). Safe to print."""
    return "".join(pieces(text))


def pieces(text: str) -> list[str]:
    """What is shown for each code point of ``text``."""
    if text.isascii() and text.isprintable():
        return list(text)
    return [_piece(text, at) for at in range(len(text))]


def _piece(text: str, at: int) -> str:
    character = text[at]
    if character in _NAMED:
        return _NAMED[character]
    category = unicodedata.category(character)
    if category == "Cc":
        return f"\\x{ord(character):02x}"
    if character == _ZERO_WIDTH_JOINER and _joins_emoji(text, at):
        return character
    if category in _SPELLED_OUT or character in _BLANK_LETTERS:
        return f"<U+{ord(character):04X}>"
    return character


def _joins_emoji(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and _pictograph(text[at - 1]) and _pictograph(text[at + 1])


def _pictograph(character: str) -> bool:
    return "\U0001f000" <= character <= "\U0001fbff" or "\u2190" <= character <= "\u2bff" or character == "\ufe0f"
