"""Is a span more likely a term or everyday words? A word lattice over a pruned frequency dictionary.

Two questions, both over a few Hanzi on either side: does a term in disguise explain the text better than ordinary words
do (a noisy channel: each substituted character costs, a cue pays), and is a literal term only the ends of two other
words (轻微|信号)? The measurements behind the constants: a sweep over clean shop text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WINDOW = 5  # Hanzi looked at on either side
LONGEST = 4  # characters of the longest dictionary word
TERM_COUNT = 2000.0  # how frequent a term is taken to be
SWAP = 4.0  # nats a substituted character costs
CUE = 5.0  # nats a cue pays
STRADDLE = -2.5  # nats by which words across both borders of a literal term may lose to it and still be believed
ONE_SIDED = -2.4  # the same where one half of the term is left as a word of one character (夏天|猫)
COMMON = -12.5  # log frequency from which a character is a common word of its own
ACROSS = 8.0  # nats more that a disguise must win by where an ordinary word runs across its border
UNKNOWN = 0.3


class Lattice:
    """Best segmentations by word counts."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        total = float(sum(counts.values()))
        self._log_total = math.log(total)
        self._scores = {word: math.log(count or 0.5) - self._log_total for word, count in counts.items()}
        self._unknown = math.log(UNKNOWN) - self._log_total

    def disguised(self, folded: str, start: int, end: int, *, swapped: int, cue: bool, margin: float = 0.0) -> bool:
        """True if a term with ``swapped`` substitutes explains ``folded[start:end]`` better than ordinary words."""
        low, high = _window(folded, start, end)
        text = folded[low:high]
        term = math.log(TERM_COUNT) - self._log_total - SWAP * swapped + (CUE if cue else 0.0)
        first, last = start - low, end - low
        if text[last : last + 2] in (f"不{text[last - 1]}", f"没{text[last - 1]}"):
            return False  # somebody asks: 会不会, 有没有
        ordinary, words = self._best(text)
        edges = set(_edges(words))
        if (first not in edges or last not in edges) and all(
            self._scores.get(c, -99.0) > COMMON for c in text[first:last]
        ):
            margin += ACROSS  # an ordinary word runs across the border, and common ones are left: 直|付|宝石
        return self._best(text, first, last, term)[0] > ordinary + margin

    def straddled(self, folded: str, start: int, end: int) -> tuple[str, ...]:
        """The ordinary words that run across an edge of a literal term, if they are clearly the better reading."""
        low, high = _window(folded, start, end)
        text = folded[low:high]
        first, last = start - low, end - low
        if not (self._crossed(text, first) or self._crossed(text, last)):
            return ()
        ordinary, words = self._best(text)
        edges = set(_edges(words))
        if first in edges and last in edges:
            return ()
        known = self._scores.get(text[first:last], -math.inf)
        term = max(known, math.log(TERM_COUNT) - self._log_total)
        lead = ordinary - self._best(text, first, last, term)[0]
        at, across = 0, []
        for word in words:
            if at < last and at + len(word) > first:
                if at <= first and at + len(word) >= last:
                    return ()  # a longer word around the term is a matter for the rule's safe phrases
                across.append(word)
            at += len(word)
        believed = STRADDLE if all(len(word) > 1 for word in across) else ONE_SIDED
        return tuple(across) if lead > believed else ()

    def _crossed(self, text: str, border: int) -> bool:
        """Whether any word of the dictionary runs across a border."""
        return any(
            text[at:to] in self._scores
            for at in range(max(0, border - LONGEST + 1), border)
            for to in range(border + 1, min(at + LONGEST, len(text)) + 1)
        )

    def _best(self, text: str, first: int = -1, last: int = -1, term: float = 0.0) -> tuple[float, list[str]]:
        size = len(text)
        best = [0.0] + [-math.inf] * size
        back = [0] * (size + 1)
        for at in range(size):
            score = best[at]
            if score == -math.inf:
                continue
            if at == first:
                if score + term > best[last]:
                    best[last], back[last] = score + term, at
                continue
            if first < at < last:
                continue
            stop = size if first < 0 or at >= last else first
            for to in range(at + 1, min(at + LONGEST, stop) + 1):
                word = self._scores.get(text[at:to])
                if word is None:
                    if to > at + 1:
                        continue
                    word = self._unknown
                if score + word > best[to]:
                    best[to], back[to] = score + word, at
        words, at = [], size
        while at > 0:
            words.append(text[back[at] : at])
            at = back[at]
        return best[size], words[::-1]


def _edges(words: list[str]) -> list[int]:
    edges, at = [0], 0
    for word in words:
        at += len(word)
        edges.append(at)
    return edges


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = start, end
    while low > 0 and start - low < WINDOW and "\u4e00" <= text[low - 1] <= "\u9fff":
        low -= 1
    while high < len(text) and high - end < WINDOW and "\u4e00" <= text[high] <= "\u9fff":
        high += 1
    return low, high
