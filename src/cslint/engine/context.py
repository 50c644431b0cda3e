"""Whether the words around a span fulfil a context of a rule. All over folded text, in code points."""

from __future__ import annotations

import re

from cslint.compiler.plan import ContextPlan
from cslint.engine.view import SENTENCE_ENDS
from cslint.rulebook.rule import Context

TAIL = 10  # characters past a word that its clause edge may look at


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span: half-open, without its end mark."""
    low = start
    while low > 0 and text[low - 1] not in SENTENCE_ENDS:
        low -= 1
    high = end
    while high < len(text) and text[high] not in SENTENCE_ENDS:
        high += 1
    return low, high


class Surroundings:
    """One context, ready to be asked about spans."""

    def __init__(self, context: Context, plan: ContextPlan) -> None:
        self.any_of = context.any_of
        self.gap = context.gap
        self.plan = plan
        self._compiled: dict[str, re.Pattern[str]] = {}

    def holds(self, text: str, start: int, end: int) -> bool:
        """True if the context holds for ``text[start:end]``."""
        plan = self.plan
        asked = False
        for name in ("within", "contains", "before", "after", "near", "sentence", "anywhere"):
            if not getattr(plan, name):
                continue
            asked = True
            if getattr(self, f"_{name}")(text, start, end) == self.any_of:
                return self.any_of
        return asked and not self.any_of

    def _expression(self, name: str, template: str) -> re.Pattern[str]:
        expression = self._compiled.get(name)
        if expression is None:
            words = getattr(self.plan, name.split(" ", maxsplit=1)[0])
            expression = self._compiled[name] = re.compile(template.replace("WORDS", words), re.DOTALL)
        return expression

    def _ahead(self, name: str, text: str, start: int) -> bool:
        low = max(0, start - self.gap - self.plan.reach)
        piece = text[low:start]
        for at in range(len(piece) - 1, -1, -1):
            if piece[at] in SENTENCE_ENDS:
                piece = piece[at + 1 :]
                break
        return self._expression(f"{name} before", f"WORDS.{{0,{self.gap}}}\\Z").search(piece) is not None

    def _behind(self, name: str, text: str, end: int) -> bool:
        piece = text[end : end + self.gap + self.plan.reach + TAIL]
        for at, char in enumerate(piece):
            if char in SENTENCE_ENDS:
                piece = piece[: at + 1]  # a context word may be the mark itself
                break
        return self._expression(f"{name} after", f".{{0,{self.gap}}}WORDS").match(piece) is not None

    def _before(self, text: str, start: int, _end: int) -> bool:
        return self._ahead("before", text, start)

    def _after(self, text: str, _start: int, end: int) -> bool:
        return self._behind("after", text, end)

    def _near(self, text: str, start: int, end: int) -> bool:
        return self._ahead("near", text, start) or self._behind("near", text, end)

    def _sentence(self, text: str, start: int, end: int) -> bool:
        low, high = sentence_bounds(text, start, end)
        expression = self._expression("sentence", "WORDS")
        return any(m.end() <= start or m.start() >= end for m in expression.finditer(text, low, high))

    def _anywhere(self, text: str, start: int, end: int) -> bool:
        expression = self._expression("anywhere", "WORDS")
        return any(m.end() <= start or m.start() >= end for m in expression.finditer(text))

    def _within(self, text: str, start: int, end: int) -> bool:
        expression = self._expression("within", "WORDS")
        for at in range(max(0, end - self.plan.reach), start + 1):
            match = expression.match(text, at)
            if match and match.end() >= end:
                return True
        return False

    def _contains(self, text: str, start: int, end: int) -> bool:
        return self._expression("contains", "WORDS").search(text, start, end) is not None
