"""Units in, conversations with their findings out, in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from cslint.conversation.clock import day_of
from cslint.conversation.evaluate import Evaluation, Hit
from cslint.conversation.findings import finding_of, measured, rate
from cslint.conversation.grouping import Grouper
from cslint.conversation.measure import Wait, waits
from cslint.conversation.rule import AUTO_REPLY, ConversationRule
from cslint.conversation.talk import Conversation, Message, Session, Span
from cslint.model import Finding, Role, Unit, UnitKind

_OURS = ("agent", "bot")
BATCH = 2048  # messages annotated at once


class Matcher(Protocol):
    """What finds terms in texts: a Linter."""

    def check_many(self, texts: Iterable[str], unit: UnitKind = ..., role: Role = ...) -> Iterator[list[Finding]]: ...


class Inspected(NamedTuple):
    """A conversation that is over, and what its rules found, each with the message blamed.

    ``judged`` is false where the sides cannot be told apart.
    """

    conversation: Conversation
    found: list[tuple[Message, Finding]]
    judged: bool

    @property
    def findings(self) -> list[Finding]:
        """What the conversation rules found."""
        return [finding for _, finding in self.found]


class _Day:
    """The questions of one day, for a rule that wants a share of them in time."""

    __slots__ = ("count", "in_time", "slowest", "worst")

    def __init__(self) -> None:
        self.count = self.in_time = 0
        self.slowest = -1.0
        self.worst: Unit | None = None


class Inspector:
    """Applies conversation rules. ``cues`` and ``rules`` are made when the first message of a conversation comes.

    ``rules`` finds the message rules that conditions refer to, in everybody's words; ``shared`` says that all of them
    are among the findings that come with the shop's messages.
    """

    def __init__(
        self,
        active: Sequence[ConversationRule],
        cues: Callable[[], Matcher],
        rules: Callable[[], Matcher],
        lang: str = "zh",
        *,
        shared: bool = False,
    ) -> None:
        self.active, self.lang = tuple(active), lang
        self._shared = shared
        self._make_cues, self._make_rules = cues, rules
        self._senders: dict[str, bool] = {}
        self._refers = any(rule.referred for rule in active)
        self._needs_times = {rule.id for rule in active if rule.needs_times}

    @cached_property
    def _cues(self) -> Matcher:
        return self._make_cues()

    @cached_property
    def _rules(self) -> Matcher:
        return self._make_rules()

    def inspect(self, found: Iterable[tuple[Unit, list[Finding]]]) -> Iterator[Finding | Inspected]:
        """Per unit its findings, as they come; each conversation when it is over; the shares of the days at the end."""
        grouper, days = Grouper(), defaultdict[tuple[str, str], _Day](_Day)
        waiting: list[tuple[Unit, list[Finding]]] = []
        for unit, findings in found:
            yield from findings
            if unit.unit == "message" and (unit.role != "system" or unit.conversation is not None):
                waiting.append((unit, findings))
            if len(waiting) == BATCH:
                yield from self._grouped(waiting, grouper, days)
                waiting.clear()
        yield from self._grouped(waiting, grouper, days)
        for conversation in grouper.close():
            yield self._judged(conversation, days)
        yield from self._shares(days)

    def _grouped(
        self, waiting: list[tuple[Unit, list[Finding]]], grouper: Grouper, days: dict[tuple[str, str], _Day]
    ) -> Iterator[Inspected]:
        for message in self._annotated(waiting):
            for conversation in grouper.add(message):
                yield self._judged(conversation, days)

    def _annotated(self, waiting: list[tuple[Unit, list[Finding]]]) -> Iterator[Message]:
        texts = [unit.text for unit, _ in waiting]
        cues = self._cues.check_many(texts) if texts else ()
        unknown = [at for at, (unit, _) in enumerate(waiting) if not (self._shared and unit.role in _OURS)]
        looked_up: dict[int, list[Finding]] = {}
        if unknown and self._refers:
            looked_up = dict(zip(unknown, self._rules.check_many([texts[at] for at in unknown]), strict=True))
        for at, ((unit, findings), said) in enumerate(zip(waiting, cues, strict=True)):
            broken = looked_up.get(at, findings)
            ours = unit.role in _OURS
            auto = ours and (any(f.rule == AUTO_REPLY for f in said) or self._is_automatic(unit.sender or ""))
            yield Message(unit, _spans(said), _spans(broken), findings, auto=auto)

    def _is_automatic(self, sender: str) -> bool:
        if sender not in self._senders:
            (found,) = self._cues.check_many([sender])
            self._senders[sender] = any(f.rule == AUTO_REPLY for f in found)
        return self._senders[sender]

    def _judged(self, conversation: Conversation, days: dict[tuple[str, str], _Day]) -> Inspected:
        if not conversation.is_clear:
            return Inspected(conversation, [], judged=False)
        whole = Session(conversation.messages)
        found: list[tuple[Message, Finding]] = []
        scopes = {"session": conversation.sessions, "conversation": [whole]}
        evaluations = {name: [Evaluation(s, self._broken) for s in parts] for name, parts in scopes.items()}
        for rule in self.active:
            if rule.measure is not None:
                for session in conversation.sessions:
                    found += self._measured(rule, session, conversation, days)
            for evaluation in evaluations[rule.scope]:
                if rule.id not in self._needs_times or evaluation.session.timed:
                    found += self._conditions(rule, evaluation)
        return Inspected(conversation, found, judged=True)

    def _broken(self, text: str) -> list[tuple[str, Span]]:
        (found,) = self._rules.check_many([text])
        return [(f.rule, (f.start, f.end)) for f in found]

    def _conditions(self, rule: ConversationRule, evaluation: Evaluation) -> Iterator[tuple[Message, Finding]]:
        for hit in evaluation.blamed(rule):
            message = evaluation.messages[hit.at]
            yield message, finding_of(rule, message.unit, hit, self.lang)

    def _measured(
        self, rule: ConversationRule, session: Session, conversation: Conversation, days: dict[tuple[str, str], _Day]
    ) -> Iterator[tuple[Message, Finding]]:
        measure = rule.measure
        assert measure is not None
        for wait in waits(session, measure):
            late = not wait.in_time(measure.within)
            if measure.least is not None and conversation.dated:
                self._count(days, rule, session, wait, late)
            kind = "late" if wait.answered else "unanswered"
            if not late or kind not in measure.report or measure.least is not None:
                continue
            asked = session.messages[wait.turn.asked : wait.turn.last + 1]
            said = [m for m in asked if m.kind == "customer"]
            if measure.ignore and all(any(cue in m.cues for cue in measure.ignore) for m in said):
                continue
            blamed = session.messages[wait.turn.asked if wait.turn.answered is None else wait.turn.answered]
            yield blamed, measured(rule, blamed.unit, session.wait(wait.turn), self.lang)

    @staticmethod
    def _count(
        days: dict[tuple[str, str], _Day], rule: ConversationRule, session: Session, wait: Wait, late: bool
    ) -> None:
        asked = session.messages[wait.turn.asked]
        assert asked.at is not None
        day = days[rule.id, day_of(asked.at)]
        day.count += 1
        day.in_time += not late
        waited = float("inf") if wait.least is None else wait.least
        if late and waited > day.slowest:
            day.slowest, day.worst = waited, asked.unit

    def _shares(self, days: dict[tuple[str, str], _Day]) -> Iterator[Finding]:
        by_id = {rule.id: rule for rule in self.active}
        for (name, date), day in sorted(days.items()):
            rule = by_id[name]
            measure = rule.measure
            assert measure is not None
            if measure.least is None or day.worst is None or day.count < measure.fewest:
                continue
            if day.in_time < measure.least * day.count:
                yield rate(rule, day.worst, date, (day.in_time, day.count), self.lang)


def _spans(findings: Iterable[Finding]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for finding in findings:
        spans.setdefault(finding.rule, []).append((finding.start, finding.end))
    return spans


__all__ = ["Hit", "Inspected", "Inspector", "Matcher"]
