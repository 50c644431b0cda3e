"""Every response-time figure against a slow, obvious computation by hand, on a generated log of 20,000 conversations."""

import math
import random
import statistics
from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, timedelta, timezone

import pytest

from cslint import Unit
from cslint.conversation.inspect import Inspected, Inspector
from cslint.conversation.plan import conversation_plan
from cslint.conversation.rule import ConversationRule
from cslint.model import Role
from cslint.scorecard.card import Scorecard, scorecard
from cslint.scorecard.sheet import Sheet
from cslint.scorecard.tally import Tallies
from cslint.scorecard.times import Times

SHANGHAI = timezone(timedelta(hours=8))
CONVERSATIONS = 20_000
STEPS = (0, 1, 9, 10, 11, 29, 30, 31, 40, 41, 59, 60, 61, 179, 180, 181, 299, 300, 301, 599, 600, 601, 900, 901, 4000)
Row = tuple[str, int, Role, str]  # conversation, second, role, sender


def generated() -> list[Row]:
    """Three days of talk: slow and quick answers, bots, questions nobody answers, two agents in one conversation."""
    chance = random.Random(20240506)
    start = int(datetime(2024, 5, 6, tzinfo=SHANGHAI).timestamp())
    rows: list[Row] = []
    for number in range(CONVERSATIONS):
        name, agents = f"C{number}", [f"店:客服{chance.randrange(12)}", f"店:客服{chance.randrange(12)}"]
        at = start + chance.randrange(3 * 86400)
        for _ in range(chance.randint(1, 4)):
            for _ in range(chance.choice((1, 1, 2))):
                rows.append((name, at, "customer", f"买家{number}"))
                at += chance.choice((1, 2, 15))
            if chance.random() < 0.2:
                rows.append((name, at, "bot", "机器人"))
                at += 1
            if chance.random() < 0.9:
                at += chance.choice(STEPS)
                rows.append((name, at, "agent", chance.choice(agents)))
            at += chance.choice((1, 30, 200, 14_399, 14_400, 20_000))
    chance.shuffle(rows)
    return rows


class ByHand:
    """The figures of one definition, conversation by conversation, with no histogram and no shortcut."""

    def __init__(self, rule: ConversationRule) -> None:
        assert rule.measure is not None
        self.measure = rule.measure
        self.found: dict[tuple[str, str], list[tuple[float | None, bool]]] = defaultdict(list)  # (agent, day) → waits

    def conversation(self, rows: list[Row]) -> None:
        for session in sessions(rows):
            waiting: Row | None = None
            number = 0
            for row in session:
                if row[2] == "customer":
                    waiting = waiting or row
                elif waiting is not None and self.counts(row[2]):
                    self.question(waiting, row, session, number)
                    waiting, number = None, number + 1
            if waiting is not None:
                self.question(waiting, None, session, number)

    def counts(self, role: str) -> bool:
        return {"agent": "human", "bot": "bot"}[role] in self.measure.replies

    def question(self, asked: Row, answer: Row | None, session: list[Row], number: int) -> None:
        if self.measure.of == "session" and number > 0:
            return
        moment = datetime.fromtimestamp(asked[1], SHANGHAI)
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        if self.measure.window and not self.measure.window[0] <= seconds < self.measure.window[1]:
            return
        if answer is not None:
            wait: float | None = answer[1] - asked[1]
            in_time_by: float = answer[1] - asked[1]
            who = answer[3] if answer[2] == "agent" else None
        elif self.measure.unanswered == "skip":
            return
        else:
            wait = self.measure.unanswered if isinstance(self.measure.unanswered, float | int) else None
            in_time_by = math.inf
            at = session.index(asked)
            before = [r[3] for r in session[:at] if r[2] == "agent"]
            after = [r[3] for r in session[at:] if r[2] == "agent"]
            who = before[-1] if before else after[0] if after else None
        if wait is not None and self.measure.cap is not None:
            wait = min(wait, self.measure.cap)
        for agent in {who, ""} - {None}:
            self.found[str(agent), moment.date().isoformat()].append((wait, in_time_by))

    def check(self, agent: str, day: str | None, times: Times) -> None:
        pairs = [p for (a, d), all_of in self.found.items() if a == agent and day in (None, d) for p in all_of]
        waits = sorted(wait for wait, _ in pairs if wait is not None)
        assert times.asked == len(pairs)
        for mark in self.measure.marks:
            share = sum(by <= mark for _, by in pairs) / len(pairs) if pairs else 0.0
            assert times.in_time[f"{mark:g}"] == pytest.approx(share, abs=0.00006)
        assert times.late == sum(by > self.measure.within for _, by in pairs)
        if not waits:
            assert (times.mean, times.median, times.p90, times.longest) == (None,) * 4
            return
        assert times.mean == pytest.approx(sum(waits) / len(waits), abs=0.006)
        assert times.median == statistics.median(waits)
        assert times.p90 == next(w for w in sorted(set(waits)) if bisect_right(waits, w) >= 0.9 * len(waits))
        assert times.longest == waits[-1]


def sessions(rows: list[Row]) -> list[list[Row]]:
    found: list[list[Row]] = [[]]
    for row in rows:
        if found[-1] and row[2] == "customer" and row[1] - found[-1][-1][1] >= 4 * 3600:
            found.append([])
        found[-1].append(row)
    return found


class Silent:
    """Finds nothing: only times are looked at here."""

    def check_many(self, texts, unit="message", role="agent"):  # noqa: ARG002
        return ([] for _ in texts)


def test_every_figure_is_that_of_a_computation_by_hand() -> None:
    rows = generated()
    measured = [r for r in conversation_plan().rules.values() if r.measure is not None]
    assert len(measured) == 7
    card = scored(rows, measured)
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    by_hand = {rule.id: ByHand(rule) for rule in measured}
    for said in grouped.values():
        said.sort(key=lambda row: row[1])  # stable, as the log is read
        for one in by_hand.values():
            one.conversation(said)
    assert len(card.agents) == 12
    for agent in (card.shop, *card.agents):
        for rule, one in by_hand.items():
            one.check(agent.agent, None, agent.total.definitions[rule])
            for row in agent.days:
                one.check(agent.agent, row.day, row.definitions[rule])
    assert card.shop.total.messages == sum(row[2] == "agent" for row in rows)


def scored(rows: list[Row], measured: list[ConversationRule]) -> Scorecard:
    tallies = Tallies(Sheet(), {rule.id: rule for rule in measured}, measured)
    inspector = Inspector([], Silent, Silent)
    for found in inspector.inspect((unit, []) for unit in map(unit_of, rows)):
        assert isinstance(found, Inspected)
        tallies.add(found)
    return scorecard(tallies, measured, [], "zh")


def unit_of(row: Row) -> Unit:
    name, at, role, sender = row
    time = datetime.fromtimestamp(at, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return Unit(f"{at} {sender}", "message", role, "log.csv", conversation=name, sender=sender, time=time)
