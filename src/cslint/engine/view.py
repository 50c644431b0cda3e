"""A text re-coded for matching, with the way back to the original offsets."""

from __future__ import annotations

import unicodedata

from cslint.compiler.keys import OTHER, STROKES, encode_symbol
from cslint.compiler.plan import Plan

BARRIERS = frozenset("\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029。！？!?;；,，、：:｡､﹐﹑﹒﹔﹕﹖﹗\x00")
SENTENCE_ENDS = frozenset("。!?;\n\r")
CLAUSE_ENDS = frozenset(",.。!?;:、~…—|/()[]{}【】《》<>\"“”‘’'·\n\t\r#* ")
INVISIBLE = ("Cf", "Mn", "Me", "Cc")


class Folding(dict[int, str]):
    """Code point → the single character it is read as; anything else stands for itself."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(zip(map(ord, source), target, strict=True))

    def __missing__(self, code: int) -> str:
        char = self[code] = chr(code)
        return char


class Symbols(dict[int, str]):
    """Code point → the two code points of its symbol; noise → nothing; barriers and the rest → OTHER."""

    def __init__(self, plan: Plan, folding: Folding, *, emoji: bool) -> None:
        super().__init__()
        self._folding = folding
        self._codes = dict(zip(plan.symbol_chars, map(encode_symbol, plan.symbols), strict=True))
        if not emoji:
            for char in (*plan.emoji, *plan.pictures):
                self._codes.pop(char, None)

    def __missing__(self, code: int) -> str:
        char = chr(code)
        symbol = self._symbol(char)
        self[code] = symbol
        return symbol

    def _symbol(self, char: str) -> str:
        folded = self._folding[ord(char)]
        if char in BARRIERS or folded in BARRIERS:
            return OTHER
        symbol = self._codes.get(folded) or self._codes.get(char)
        if symbol is not None:
            return symbol
        return OTHER if unicodedata.category(folded)[0] in "LN" and folded not in STROKES else ""


class View:
    """One text in symbols."""

    __slots__ = ("_folded", "_kept", "_symbols", "code", "text")

    def __init__(self, text: str, symbols: Symbols) -> None:
        self.text = text
        self.code = text.translate(symbols)
        self._symbols = symbols
        self._kept: list[int] | None = None
        self._folded: str | None = None

    def folded(self, folding: Folding) -> str:
        """The text in folded form, the same length."""
        if self._folded is None:
            self._folded = self.text.translate(folding)
        return self._folded

    def kept(self) -> list[int]:
        """Original offsets of all symbols."""
        if self._kept is None:
            symbols = self._symbols
            self._kept = [at for at, char in enumerate(self.text) if symbols[ord(char)]]
        return self._kept


def is_invisible(char: str) -> bool:
    """Zero-width, combining and control characters: never seen, so never a gap."""
    return unicodedata.category(char) in INVISIBLE or "\ufe00" <= char <= "\ufe0f"
