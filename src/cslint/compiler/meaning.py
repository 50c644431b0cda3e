"""A small linear model of what offends, learnt at compile time from the labelled sentences of the rulebook.

Logistic regression: the same rulebook always gives the same weights, nothing is downloaded, and a shop's own examples
teach it too. What is rare is learnt fast, what is frequent is held back.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from cslint.compiler.plan import Meaning
from cslint.engine.meaning import SCALE, bared, ngrams
from cslint.rulebook.load import Rulebook
from cslint.rulebook.rule import Example, Rule

SPOKEN = ("forbidden-sentence", "service", "review", "uncivil", "privacy", "third-party", "contact")
LONGEST = 60  # characters of a sentence to learn from
ROUNDS = 45  # more of them learn the sentences by heart
PULL = 0.005  # of a weight to nothing, for each root of the sentences in which its n-gram stands
SMALLEST = 600  # a weight nearer to nothing is not kept

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Lesson(msgspec.Struct, frozen=True):
    """A bared sentence and whether it offends."""

    text: str
    offends: bool


def lessons(rulebook: Rulebook, fold: Callable[[str], str]) -> set[Lesson]:
    """What the examples of all rules and the sentences of the lexicon teach; a sentence with both labels teaches nothing."""
    labels: dict[str, set[bool]] = {}
    for text, offends in _labelled(rulebook):
        if len(text) <= LONGEST and (bare := bared(fold(text))):
            labels.setdefault(bare, set()).add(offends)
    return {Lesson(text, True in both) for text, both in labels.items() if len(both) == 1}


def _labelled(rulebook: Rulebook) -> Iterator[tuple[str, bool]]:
    yield from ((text, True) for text in rulebook.offends)
    yield from ((text, False) for text in rulebook.ordinary)
    for rule in rulebook.rules.values():
        yield from ((rewrite.text, False) for rewrite in rule.rewrites)  # what is to be said instead
        for example in rule.examples:
            offends = _offends(rule, example)
            if offends is not None:
                yield example.text, offends


def _offends(rule: Rule, example: Example) -> bool | None:
    """Whether an example of a rule offends as a message of the agent, or None where it does not tell."""
    if example.profiles or rule.profiles or example.role != "agent":
        return None
    if rule.group not in SPOKEN:  # advertising is none of this model's business
        return False
    unit = example.unit or ("message" if "message" in rule.units else "listing")
    if not example.hit:
        return None if example.platform and unit == "message" else False
    if unit != "message" or "info" in (rule.severities["message"], example.severity):
        return None
    return True


def learn(lessons: Iterable[Lesson]) -> Meaning:
    """The model of these sentences; an empty one if they do not show both kinds."""
    ordered = sorted(lessons, key=lambda one: (zlib.crc32(one.text.encode()), one.text))
    if len({one.offends for one in ordered}) < 2:
        return Meaning({}, 0)
    rows = [ngrams(one.text) for one in ordered]
    numbers: dict[str, int] = {}
    columns = np.array([numbers.setdefault(gram, len(numbers)) for grams in rows for gram in grams])
    counts = np.array([len(grams) for grams in rows])
    offends = np.array([one.offends for one in ordered], dtype=np.float64)
    seen = Counter(gram for grams in rows for gram in set(grams))
    pull = PULL * np.sqrt([seen[gram] for gram in numbers])
    weights, bias = _descend(columns, counts, offends, pull)
    kept = {gram: round(SCALE * weight) for gram, weight in zip(numbers, weights.tolist(), strict=True)}
    return Meaning({g: w for g, w in kept.items() if abs(w) >= SMALLEST}, round(SCALE * bias))


def _descend(columns: Ints, counts: Ints, offends: Floats, pull: Floats) -> tuple[Floats, float]:
    """The weights and the bias of a logistic regression: accelerated descent with a step of its own for each weight.

    ``columns``: the numbers of the n-grams of all sentences in turn; ``counts``: how many are of each; ``pull``: of each
    weight to nothing.
    """
    rows = np.repeat(np.arange(len(counts)), counts)
    share = np.repeat(1 / np.sqrt(counts), counts)
    width = np.sqrt(counts) + 1
    steps = 1 / (np.bincount(columns, share * width[rows], len(pull)) / 4 + pull)
    bias_step = 4 / width.sum()
    weights, bias, speed = np.zeros(len(pull)), 0.0, 1.0
    ahead, bias_ahead = weights, bias
    for _ in range(ROUNDS):
        score = np.bincount(rows, share * ahead[columns], len(counts)) + bias_ahead
        error = 1 / (1 + np.exp(-score)) - offends
        slope = np.bincount(columns, share * error[rows], len(pull)) + pull * ahead
        moved, bias_moved = ahead - steps * slope, bias_ahead - bias_step * error.sum()
        faster = (1 + math.sqrt(1 + 4 * speed * speed)) / 2
        push = (speed - 1) / faster
        ahead, bias_ahead = moved + push * (moved - weights), bias_moved + push * (bias_moved - bias)
        weights, bias, speed = moved, bias_moved, faster
    return weights, float(bias)
