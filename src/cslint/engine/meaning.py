"""How much a short message sounds like one that offends: a linear score over its character n-grams."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import repeat
from operator import add

from cslint.compiler.plan import Meaning
from cslint.engine.view import SENTENCE_ENDS

LONGEST_TEXT = 40  # characters: longer messages are composed, and the patterns read them better
LONGEST_RAW = 2 * LONGEST_TEXT  # … before greetings, numbers and marks are taken away
FEWEST = 6  # Hanzi in a sentence: a shorter one says too little
SHARE = 0.6  # of Hanzi in it: the rest are models, addresses and numbers
SURE = 0.7  # of offending; measured on sentences that the model had not seen (docs/meaning.md)

SCALE = 1000  # weights are whole thousandths

PLAIN = str.maketrans(
    {**dict.fromkeys("123456789", "0"), **dict.fromkeys("!~…、;:", ","), **dict.fromkeys(" \t\u3000")}
)
REPEATABLE = "0,"  # of several of these one is read
LEADS = ("亲亲", "亲爱的", "亲爱哒", "亲", "宝", "您好", "你好", "好的", "嗯嗯", "嗯", "恩", "哦", "噢", "那个", ",")
TAIL = "呢哦哈噢喔呀哟哒滴,.。"
SIGNS = "".join(SENTENCE_ENDS) + "…·,、 \u3000"  # a message of these alone says nothing to the one who asked
MARKED = "[#/"  # each mark of anonymised logs holds one of these
_MARKS = re.compile(r"\[[^\]]{0,30}\]|#e-s|https?,//[!-~]+|(?<=0)0+|(?<=,),+")
_LEAD = re.compile(f"(?:{'|'.join(LEADS)})+")
_SENTENCE = re.compile(f"[^{re.escape(''.join(sorted(SENTENCE_ENDS)))}]+")
_OTHER = re.compile("[^\u4e00-\u9fff]+")


def bared(folded: str) -> str:
    """A folded sentence without greeting, closing particles, numbers, spaces and marks of anonymised logs."""
    text = _MARKS.sub("", folded.translate(PLAIN))
    greeting = _LEAD.match(text)
    return (text[greeting.end() :] if greeting else text).rstrip(TAIL)


def ngrams(text: str) -> list[str]:
    """The n-grams of one to three characters of a bared sentence between its edges, each as often as it stands there."""
    framed = f"^{text}$"
    pairs = list(map(add, framed, framed[1:]))
    return [*text, *pairs, *map(add, pairs, framed[2:])]


def sure(model: Meaning, text: str) -> float:
    """From 0 to 1: how sure the model is that a bared sentence offends."""
    grams = ngrams(text)
    return certainty(model.bias + sum(map(model.weights.get, grams, repeat(0))) / math.sqrt(len(grams)))


def certainty(score: float) -> float:
    """A score as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score / SCALE))))


def offending(model: Meaning, folded: str) -> Iterator[tuple[int, int, float]]:
    """The sentences of a short folded text that offend: start, end (code points, half-open) and how sure that is."""
    if not model.weights:
        return
    if folded and not folded.strip(SIGNS) and folded.strip():
        yield 0, len(folded), 1.0
    if len(folded) < FEWEST:
        return
    if len(folded) > LONGEST_TEXT and sum(len(bared(text)) for text in _SENTENCE.findall(folded)) > LONGEST_TEXT:
        return
    for sentence in _SENTENCE.finditer(folded):
        if len(_OTHER.sub("", sentence[0])) < FEWEST:  # baring never adds Hanzi
            continue
        text = bared(sentence[0])
        hanzi = len(_OTHER.sub("", text))
        if hanzi >= max(FEWEST, SHARE * len(text)) and (found := sure(model, text)) >= SURE:
            yield *trimmed(folded, *sentence.span()), found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the spaces at its ends."""
    span = text[start:end]
    return end - len(span.lstrip()), start + len(span.rstrip())
