"""Counts per agent and day what conversations show. One pass; a conversation is forgotten once it is counted."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import msgspec

from cslint.conversation.clock import day_of
from cslint.conversation.inspect import Inspected
from cslint.conversation.measure import Wait, waits
from cslint.conversation.rule import ConversationRule, Measure
from cslint.conversation.talk import Conversation, Message, Session
from cslint.model import Finding
from cslint.rulebook.rule import Rule
from cslint.scorecard.sheet import Sheet
from cslint.scorecard.times import TimeTally

ANSWERS = "answers"  # every question to the first answer by a person, around the clock: the same on every platform
FIRST = "first"  # of those the ones that open a session
PLAIN = {
    ANSWERS: Measure(of="turn", within=60, marks=(60,), unanswered="late"),
    FIRST: Measure(of="session", within=60, marks=(60,), unanswered="late"),
}
NO_DAY = ""  # the day of conversations whose dates are not known
SHOP = ""  # the row of everybody together
NAMELESS = "?"  # an agent of whom the export gives no name


class WorstConversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that cost many points."""

    path: str
    conversation: str | None
    line: int
    day: str
    agents: list[str]
    deducted: float
    findings: dict[str, int]  # rule → how often
    longest_wait: float | None


class Tally:
    """The counts of one agent (or the shop) on one day."""

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self.messages = self.conversations = self.fatal = 0
        self.deducted = 0.0
        self.times = {name: TimeTally(measure) for name, measure in measures.items()}
        self.groups: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self._busy: Counter[int] = Counter()

    def held(self, start: float, end: float) -> None:
        """A conversation was held from ``start`` to ``end``, both included."""
        self._busy[int(start)] += 1
        self._busy[int(end) + 1] -= 1

    @property
    def at_once(self) -> int:
        """The most conversations held at the same second."""
        most = now = 0
        for second in sorted(self._busy):
            now += self._busy[second]
            most = max(most, now)
        return most

    def merge(self, other: Tally) -> None:
        """Add another day."""
        self.messages += other.messages
        self.conversations += other.conversations
        self.fatal += other.fatal
        self.deducted += other.deducted
        for name, times in other.times.items():
            self.times[name].merge(times)
        self.groups += other.groups
        self.severities += other.severities
        self.rules += other.rules
        for second, change in other._busy.items():
            self._busy[second] += change


class Tallies:
    """All tallies of a run, by agent and day; the agent ``SHOP`` is everybody together."""

    def __init__(self, sheet: Sheet, rules: Mapping[str, Rule], measured: Sequence[ConversationRule]) -> None:
        self.sheet, self.rules = sheet, rules
        self.measures = {**PLAIN, **{r.id: r.measure for r in measured if r.measure is not None}}
        self.by: dict[tuple[str, str], Tally] = {}
        self.worst: list[tuple[float, int, WorstConversation]] = []
        self.left_out = self.untimed = self.duplicates = 0
        self.shop_findings: list[Finding] = []
        self._order = count()

    def of(self, agent: str, day: str) -> Tally:
        """The tally of an agent on a day."""
        if (agent, day) not in self.by:
            self.by[agent, day] = Tally(self.measures)
        return self.by[agent, day]

    def add_shop(self, finding: Finding) -> None:
        """A finding on the shop as a whole, such as the share of a day."""
        self.shop_findings.append(finding)

    def add(self, inspected: Inspected, overturned: Iterable[Finding] = ()) -> None:
        """Count a conversation that is over; ``overturned`` findings do not count."""
        conversation = inspected.conversation
        self.duplicates += conversation.duplicates
        if not inspected.judged:
            self.left_out += 1
            return
        skip = {id(f) for f in overturned}
        found = [(m, f) for m in conversation.messages for f in m.findings] + inspected.found
        found = [(m, f) for m, f in found if id(f) not in skip]
        longest: float | None = None
        for session in conversation.sessions:
            self._count_messages(session, conversation)
            longest = max(filter(None, (longest, self._count_waits(session, conversation))), default=None)
        self.untimed += not all(session.timed for session in conversation.sessions)
        deducted = sum(self._count_finding(message, finding, conversation, skip) for message, finding in found)
        self._keep_worst(conversation, [f for _, f in found], deducted, longest)

    def _day(self, at: float | None, conversation: Conversation) -> str:
        return day_of(at) if at is not None and conversation.dated else NO_DAY

    def _count_messages(self, session: Session, conversation: Conversation) -> None:
        spoken: dict[str, list[Message]] = {}
        for message in session.messages:
            if message.kind == "human":
                spoken.setdefault(message.sender or NAMELESS, []).append(message)
        for agent, messages in spoken.items():
            for message in messages:
                self._each(agent, self._day(message.at, conversation), "messages")
            first, last = messages[0].at, messages[-1].at
            day = self._day(first, conversation)
            self.of(agent, day).conversations += 1
            if first is not None and last is not None:
                self.of(agent, day).held(first, last)
        if spoken:
            first_at = session.messages[0].at
            day = self._day(first_at, conversation)
            self.of(SHOP, day).conversations += 1
            if session.timed and first_at is not None and session.messages[-1].at is not None:
                self.of(SHOP, day).held(first_at, session.messages[-1].at)

    def _each(self, agent: str, day: str, what: str) -> None:
        for who in (agent, SHOP):
            tally = self.of(who, day)
            setattr(tally, what, getattr(tally, what) + 1)

    def _count_waits(self, session: Session, conversation: Conversation) -> float | None:
        """Count the waits by every definition; the longest, in seconds."""
        longest: float | None = None
        for name, measure in self.measures.items():
            for wait in waits(session, measure):
                day = self._day(session.messages[wait.turn.asked].at, conversation)
                agent = answerable(session, wait)
                for who in {agent, SHOP} - {None}:
                    self.of(str(who), day).times[name].add(wait)
                if name == ANSWERS and wait.seconds is not None:
                    longest = max(longest or 0.0, wait.seconds)
        return longest

    def _count_finding(self, message: Message, finding: Finding, conversation: Conversation, skip: set[int]) -> float:
        rule = self.rules[finding.rule]
        points = self._points(finding)
        if isinstance(rule, ConversationRule):  # the same words cost once: as much as the dearer of the two
            counted = [f for f in message.findings if id(f) not in skip]
            points -= min(points, max((self._points(f) for f in counted if _overlap(f, finding)), default=0.0))
        fatal = isinstance(rule, ConversationRule) and rule.fatal
        day = self._day(message.at, conversation)
        agent = (
            (message.sender or NAMELESS) if message.kind == "human" else nearest_agent(conversation.messages, message)
        )
        for who in {agent, SHOP} - {None}:
            tally = self.of(str(who), day)
            tally.groups[finding.group] += 1
            tally.severities[finding.severity] += 1
            tally.rules[finding.rule] += 1
            tally.deducted += points
            tally.fatal += fatal
        return points

    def _points(self, finding: Finding) -> float:
        return self.sheet.deduct.points(self.rules[finding.rule], finding.severity)

    def _keep_worst(
        self, conversation: Conversation, findings: list[Finding], deducted: float, longest: float | None
    ) -> None:
        if deducted <= 0:
            return
        first = conversation.messages[0]
        humans = [m.sender or NAMELESS for m in conversation.messages if m.kind == "human"]
        entry = WorstConversation(
            path=conversation.path,
            conversation=conversation.name,
            line=min((m.unit.position(0)[0] for m in conversation.messages), default=1),
            day=self._day(first.at, conversation),
            agents=list(dict.fromkeys(humans)),
            deducted=round(deducted, 2),
            findings=dict(Counter(f.rule for f in findings).most_common()),
            longest_wait=longest,
        )
        heapq.heappush(self.worst, (deducted, -next(self._order), entry))
        if len(self.worst) > self.sheet.worst:
            heapq.heappop(self.worst)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def answerable(session: Session, wait: Wait) -> str | None:
    """Whose wait it is: of the person who answered; where nobody did, of the one who had spoken before, else after.

    None where a bot answered, or where no person took part.
    """
    turn = wait.turn
    if turn.answered is not None:
        message = session.messages[turn.answered]
        return (message.sender or NAMELESS) if message.kind == "human" else None
    return nearest_agent(session.messages, session.messages[turn.asked])


def nearest_agent(messages: Sequence[Message], message: Message) -> str | None:
    """The person of the shop who spoke last before ``message``, else first after it."""
    at = next(i for i, m in enumerate(messages) if m is message)
    for near in (*reversed(messages[:at]), *messages[at:]):
        if near.kind == "human":
            return near.sender or NAMELESS
    return None
