"""How much a short message sounds like one that offends: a linear score over its character n-grams."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from cslint.compiler.plan import Meaning
from cslint.engine.view import SENTENCE_ENDS

LONGEST_GRAM = 3
LONGEST_TEXT = 40  # characters: longer messages are composed, and the patterns read them better
FEWEST = 6  # Hanzi in a sentence: a shorter one says too little
SHARE = 0.6  # of Hanzi in it: the rest are models, addresses and numbers
SURE = 0.73  # of offending; measured on sentences that the model had not seen (docs/meaning.md)

_MARKS = re.compile(r"\[[^\]]{0,30}\]|#e-s|https?://\S+|\s+")
_DIGITS = re.compile("[0-9]+")
_PAUSES = re.compile("[!~…、;:,]+")
_LEAD = re.compile("^(?:亲亲|亲爱的|亲爱哒|亲|宝|您好|你好|好的|嗯嗯|嗯|恩|哦|噢|那个|,)+")
_TAIL = re.compile("[呢哦哈噢喔呀哟哒滴,.。]+$")
_SENTENCE = re.compile(f"[^{re.escape(''.join(sorted(SENTENCE_ENDS)))}]+")
_HANZI = re.compile("[\u4e00-\u9fff]")


def bared(folded: str) -> str:
    """A folded sentence without greeting, closing particles, numbers, spaces and marks of anonymised logs."""
    text = _PAUSES.sub(",", _DIGITS.sub("0", _MARKS.sub("", folded)))
    return _TAIL.sub("", _LEAD.sub("", text))


def ngrams(text: str) -> set[str]:
    """The character n-grams of a bared sentence between its edges."""
    framed = f"^{text}$"
    return {framed[i : i + n] for n in range(1, LONGEST_GRAM + 1) for i in range(len(framed) - n + 1)} - {"^", "$"}


def sure(model: Meaning, text: str) -> float:
    """From 0 to 1: how sure the model is that a bared sentence offends."""
    known = [model.weights[gram] for gram in ngrams(text) if gram in model.weights]
    score = (model.bias + sum(known) / math.sqrt(len(known) or 1)) / 1000
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def offending(model: Meaning, folded: str) -> Iterator[tuple[int, int, float]]:
    """The sentences of a short folded text that offend: start, end (code points, half-open) and how sure that is."""
    if not model.weights or len(folded) > 2 * LONGEST_TEXT or len(bared(folded)) > LONGEST_TEXT:
        return
    for sentence in _SENTENCE.finditer(folded):
        text = bared(sentence[0])
        hanzi = len(_HANZI.findall(text))
        if hanzi >= max(FEWEST, SHARE * len(text)) and (found := sure(model, text)) >= SURE:
            start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            yield start, sentence.start() + len(sentence[0].rstrip()), found
