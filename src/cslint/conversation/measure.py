"""Response times by a platform's definition: which questions count, how long they waited, whether that was in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cslint.conversation.clock import inside
from cslint.conversation.rule import Measure
from cslint.conversation.talk import Session, Turn


class Wait(NamedTuple):
    """One question that counts. ``seconds``: None if it was never answered and the definition gives no value for that."""

    turn: Turn
    seconds: float | None
    least: float | None  # the shortest that it can really have been, where times are given to the minute
    answered: bool

    def in_time(self, limit: float) -> bool:
        """Whether the answer came within ``limit`` seconds; exactly so many are in time."""
        return self.answered and self.least is not None and self.least <= limit


def waits(session: Session, measure: Measure) -> Iterator[Wait]:
    """The questions of a session that the definition counts, in order. None if the session has no times."""
    if not session.timed:
        return
    for turn in session.turns(measure.replies):
        if measure.of == "session" and not turn.first:
            return
        asked = session.messages[turn.asked].at
        if asked is None or not inside(measure.window, asked):
            continue
        wait = session.wait(turn)
        if wait is not None:
            least = max(0.0, wait - session.slack(turn))
            yield Wait(turn, wait if measure.cap is None else min(wait, measure.cap), least, True)
        elif measure.unanswered != "skip":
            value = measure.unanswered if isinstance(measure.unanswered, (int, float)) else None
            yield Wait(turn, value, None, False)
