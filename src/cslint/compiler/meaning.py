"""A small linear model of what offends, learnt at compile time from the labelled sentences of the rulebook.

Logistic regression in plain Python: the same rulebook always gives the same weights, nothing is downloaded, and a shop's
own examples teach it too.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from cslint.compiler.plan import Meaning
from cslint.engine.meaning import SCALE, bared, ngrams
from cslint.rulebook.load import Rulebook
from cslint.rulebook.rule import Example, Rule

SPOKEN = ("forbidden-sentence", "service", "review", "uncivil", "privacy", "third-party", "contact")
LONGEST = 60  # characters of a sentence to learn from
SEEN = 2  # sentences in which an n-gram must stand
EPOCHS = 40
RATE = 0.8
DECAY = 3e-4  # pull of a weight to nothing at each step
LEARNT = 0.02  # an error below it teaches nothing more


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
    rows = [(ngrams(one.text), one.offends) for one in ordered]
    seen = Counter(gram for grams, _ in rows for gram in set(grams))
    numbers = {gram: n for n, gram in enumerate(sorted(g for g, n in seen.items() if n >= SEEN))}
    table = [
        ([numbers[g] for g in grams if g in numbers], 1 / math.sqrt(len(grams)), offends) for grams, offends in rows
    ]
    if len({offends for _, offends in rows}) < 2:
        return Meaning({}, 0)
    mean = _descend(table, len(numbers))
    return Meaning({g: mean[n] for g, n in numbers.items() if mean[n]}, mean[-1])


def _descend(table: list[tuple[list[int], float, bool]], size: int) -> list[int]:
    """Averaged weights, the bias last, by gradient descent with a step of its own for each weight (AdaGrad)."""
    weights, steps, total = [0.0] * (size + 1), [1.0] * (size + 1), [0.0] * (size + 1)
    for _ in range(EPOCHS):
        for grams, share, offends in table:
            score = weights[-1] + share * sum(weights[g] for g in grams)
            error = 1 / (1 + math.exp(-score)) - offends
            if abs(error) < LEARNT:
                continue
            for g in grams:
                slope = error * share + DECAY * weights[g]
                steps[g] += slope * slope
                weights[g] -= RATE * slope / math.sqrt(steps[g])
            steps[-1] += error * error
            weights[-1] -= RATE * error / math.sqrt(steps[-1])
        total = [t + w for t, w in zip(total, weights, strict=True)]
    return [round(SCALE * t / EPOCHS) for t in total]
