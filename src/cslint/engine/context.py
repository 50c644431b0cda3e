"""Whether the words around a span fulfil a context of a rule. All over folded text, in code points."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from cslint.compiler.plan import ContextPlan
from cslint.engine.view import SENTENCE_ENDS
from cslint.rulebook.rule import Context

TAIL = 10  # characters past a word that its clause edge may look at
Question = Callable[[str, int, int], bool]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span: half-open, without its end mark."""
    low = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    marks = [at for mark in SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    return low, min(marks, default=len(text))


class Surroundings:
    """One context, ready to be asked about spans."""

    def __init__(self, context: Context, plan: ContextPlan) -> None:
        self.any_of = context.any_of
        self.gap = context.gap
        self.reach = plan.reach
        self.plan = plan
        self._questions: list[Question] = [getattr(self, f"_{place}")() for place in plan.places]

    def holds(self, text: str, start: int, end: int) -> bool:
        """True if the context holds for ``text[start:end]``."""
        any_of = self.any_of
        for question in self._questions:
            if question(text, start, end) == any_of:
                return any_of
        return bool(self._questions) and not any_of

    def _wanted(self, place: str, template: str = "WORDS") -> tuple[Callable[[], re.Pattern[str]], frozenset[str]]:
        """The expression of a place, compiled when it is first needed, and the characters of which it needs one."""
        wanted = self.plan.places[place]
        return cache(lambda: re.compile(template.replace("WORDS", wanted.expression), re.DOTALL)), frozenset(
            wanted.gate
        )

    def _before(self, place: str = "before") -> Question:
        expression, gate = self._wanted(place, f"WORDS.{{0,{self.gap}}}\\Z")
        width = self.gap + self.reach

        def question(text: str, start: int, _end: int) -> bool:
            piece = text[max(0, start - width) : start]
            if gate and gate.isdisjoint(piece):
                return False
            if not SENTENCE_ENDS.isdisjoint(piece):
                piece = piece[max(map(piece.rfind, SENTENCE_ENDS)) + 1 :]
            return expression().search(piece) is not None

        return question

    def _after(self, place: str = "after") -> Question:
        expression, gate = self._wanted(place, f".{{0,{self.gap}}}WORDS")
        width = self.gap + self.reach + TAIL

        def question(text: str, _start: int, end: int) -> bool:
            piece = text[end : end + width]
            if gate and gate.isdisjoint(piece):
                return False
            if not SENTENCE_ENDS.isdisjoint(piece):  # a context word may be the mark itself
                piece = piece[: min(at for at in map(piece.find, SENTENCE_ENDS) if at >= 0) + 1]
            return expression().match(piece) is not None

        return question

    def _near(self) -> Question:
        before, after = self._before("near"), self._after("near")
        return lambda text, start, end: before(text, start, end) or after(text, start, end)

    def _sentence(self) -> Question:
        expression, gate = self._wanted("sentence")

        def question(text: str, start: int, end: int) -> bool:
            if gate and gate.isdisjoint(text):
                return False
            low, high = sentence_bounds(text, start, end)
            return any(m.end() <= start or m.start() >= end for m in expression().finditer(text, low, high))

        return question

    def _anywhere(self) -> Question:
        expression, gate = self._wanted("anywhere")

        def question(text: str, start: int, end: int) -> bool:
            if gate and gate.isdisjoint(text):
                return False
            return any(m.end() <= start or m.start() >= end for m in expression().finditer(text))

        return question

    def _within(self) -> Question:
        expression, gate = self._wanted("within")
        reach = self.reach

        def question(text: str, start: int, end: int) -> bool:
            low = max(0, end - reach)
            if gate and gate.isdisjoint(text[low : start + reach]):
                return False
            for at in range(low, start + 1):
                match = expression().match(text, at)
                if match and match.end() >= end:
                    return True
            return False

        return question

    def _contains(self) -> Question:
        expression, gate = self._wanted("contains")

        def question(text: str, start: int, end: int) -> bool:
            if gate and gate.isdisjoint(text[start:end]):
                return False
            return expression().search(text, start, end) is not None

        return question
