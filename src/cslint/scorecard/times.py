"""Response times kept as a histogram of whole seconds: exact median and percentiles in little memory."""

from __future__ import annotations

from collections import Counter
from math import ceil

import msgspec

from cslint.conversation.measure import Wait
from cslint.conversation.rule import Measure

HUNDREDTHS = 4  # decimals of a share


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of response times in seconds; None where nothing was asked. ``in_time``: limit in seconds → share."""

    asked: int
    answered: int
    mean: float | None
    median: float | None
    p90: float | None
    longest: float | None
    in_time: dict[str, float]
    late: int


class TimeTally:
    """Counts the waits of one definition. A wait is kept in whole seconds, rounded down."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.asked = self.answered = 0
        self._seconds: Counter[int] = Counter()
        self._within: Counter[float] = Counter()

    def add(self, wait: Wait) -> None:
        """Count one question."""
        self.asked += 1
        self.answered += wait.answered
        if wait.seconds is not None:
            self._seconds[int(wait.seconds)] += 1
        for mark in self.measure.marks:
            self._within[mark] += wait.in_time(mark)

    def merge(self, other: TimeTally) -> None:
        """Add the counts of another tally of the same definition."""
        self.asked += other.asked
        self.answered += other.answered
        self._seconds += other._seconds
        self._within += other._within

    def times(self) -> Times:
        """The figures. Median: the middle value or the mean of the two; p90: the smallest value that 90 % do not exceed."""
        count = self._seconds.total()
        total = sum(seconds * n for seconds, n in self._seconds.items())
        ordered = sorted(self._seconds)
        return Times(
            asked=self.asked,
            answered=self.answered,
            mean=round(total / count, 2) if count else None,
            median=(self._at((count - 1) // 2) + self._at(count // 2)) / 2 if count else None,
            p90=float(self._at(ceil(0.9 * count) - 1)) if count else None,
            longest=float(ordered[-1]) if ordered else None,
            in_time={
                f"{mark:g}": round(self._within[mark] / self.asked, HUNDREDTHS) if self.asked else 0.0
                for mark in self.measure.marks
            },
            late=self.asked - self._within[self.measure.within],
        )

    def _at(self, index: int) -> int:
        """The value at an index (0-based) of all values in order."""
        for seconds in sorted(self._seconds):
            index -= self._seconds[seconds]
            if index < 0:
                return seconds
        raise IndexError(index)
