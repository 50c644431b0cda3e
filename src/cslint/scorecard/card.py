"""From tallies to the scorecard: rows by agent and day, grades, trends, the worst conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from cslint.conversation.clock import written_window
from cslint.conversation.rule import ConversationRule
from cslint.model import Finding
from cslint.scorecard.imported import Imported
from cslint.scorecard.sheet import Sheet
from cslint.scorecard.tally import ANSWERS, FIRST, SHOP, Tallies, Tally, WorstConversation
from cslint.scorecard.times import Times


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """A platform's definition of response times, as its rule file states it."""

    rule: str
    title: str
    platforms: list[str]
    of: str
    within: float
    marks: list[float]
    window: str | None
    replies: list[str]
    unanswered: float | str
    cap: float | None
    basis: list[str]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one agent on one day, or over all days (``day`` empty where dates are not known)."""

    day: str
    messages: int
    conversations: int
    at_once: int
    answers: Times  # every question, to the first answer by a person
    first: Times  # the questions that open a session
    definitions: dict[str, Times]  # rule → figures by its platform's definition
    findings: dict[str, int]  # group → count
    severities: dict[str, int]
    rules: dict[str, int]
    deducted: float
    deducted_each: float | None  # per conversation
    fatal: int
    grade: str | None
    points: float | None


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """The last day against the one before; a figure is None where one of them has none. Less is better, but for in_time."""

    day: str
    before: str
    median: float | None
    in_time: float | None
    deducted_each: float | None


class AgentCard(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on one agent. ``sum``: the chat item and what was imported, of ``Sheet.total``."""

    agent: str
    total: Row
    days: list[Row]
    trend: Trend | None
    imported: dict[str, float] = {}
    sum: float | None = None
    passed: bool | None = None
    bonus: float | None = None


class Scorecard(msgspec.Struct, frozen=True, kw_only=True):
    """The whole card. ``left_out``: conversations whose two sides cannot be told apart; ``untimed``: without times."""

    item: str
    full: float
    platforms: list[str]
    definitions: list[Definition]
    shop: AgentCard
    agents: list[AgentCard]
    worst: list[WorstConversation]
    shop_findings: list[str]
    left_out: int
    untimed: int
    duplicates: int
    overturned: int
    masked: bool


def scorecard(
    tallies: Tallies,
    measured: Sequence[ConversationRule],
    platforms: Sequence[str],
    lang: str,
    *,
    imported: Mapping[str, Imported] | None = None,
    overturned: int = 0,
) -> Scorecard:
    """The card of a run that has been counted to its end."""
    sheet = tallies.sheet
    agents = sorted({agent for agent, _ in tallies.by} - {SHOP})
    main = measured[0].id if measured else None
    maker = _Maker(tallies, sheet, main)
    return Scorecard(
        item=sheet.item,
        full=max(grade.points for grade in sheet.grades),
        platforms=list(platforms),
        definitions=[_definition(rule, lang) for rule in measured],
        shop=maker.card(SHOP, None),
        agents=[maker.card(agent, (imported or {}).get(agent)) for agent in agents],
        worst=[entry for _, _, entry in sorted(tallies.worst, key=lambda w: (-w[0], -w[1]))],
        shop_findings=[_line(finding) for finding in tallies.shop_findings],
        left_out=tallies.left_out,
        untimed=tallies.untimed,
        duplicates=tallies.duplicates,
        overturned=overturned,
        masked=False,
    )


def _line(finding: Finding) -> str:
    return f"{finding.rule} {finding.message}"


def _definition(rule: ConversationRule, lang: str) -> Definition:
    measure = rule.measure
    assert measure is not None
    window = written_window(measure.window) if measure.window is not None else None
    return Definition(
        rule=rule.id, title=rule.title[lang], platforms=list(rule.platforms_only or ()), of=measure.of,
        within=measure.within, marks=list(measure.marks), window=window, replies=list(measure.replies),
        unanswered=measure.unanswered, cap=measure.cap, basis=[f"{b.source}: {b.note}" for b in rule.basis],
    )  # fmt: skip


class _Maker:
    def __init__(self, tallies: Tallies, sheet: Sheet, main: str | None) -> None:
        self.tallies, self.sheet, self.main = tallies, sheet, main

    def card(self, agent: str, imported: Imported | None) -> AgentCard:
        days = sorted(day for who, day in self.tallies.by if who == agent)
        whole = Tally(self.tallies.measures)
        for day in days:
            whole.merge(self.tallies.by[agent, day])
        rows = [self.row(day, self.tallies.by[agent, day]) for day in days]
        total = self.row("", whole)
        items = dict(imported.items) if imported else {}
        done = round(total.points + sum(items.values()), 2) if total.points is not None and items else None
        passed = None if done is None else done >= self.sheet.passed * self.sheet.total
        return AgentCard(
            agent=agent,
            total=total,
            days=rows,
            trend=self._trend([row for row in rows if row.day]),
            imported=items,
            sum=done,
            passed=passed,
            bonus=None if done is None else round(self.sheet.bonus * done / self.sheet.total, 2) if passed else 0.0,
        )

    def row(self, day: str, tally: Tally) -> Row:
        times = {name: kept.times() for name, kept in tally.times.items()}
        grade = self.sheet.grade(tally.deducted, tally.conversations, self._in_time(times), fatal=tally.fatal > 0)
        return Row(
            day=day,
            messages=tally.messages,
            conversations=tally.conversations,
            at_once=tally.at_once,
            answers=times.pop(ANSWERS),
            first=times.pop(FIRST),
            definitions=times,
            findings=dict(tally.groups.most_common()),
            severities={s: tally.severities[s] for s in ("error", "warning", "info")},
            rules=dict(tally.rules.most_common()),
            deducted=round(tally.deducted, 2),
            deducted_each=round(tally.deducted / tally.conversations, 3) if tally.conversations else None,
            fatal=tally.fatal,
            grade=grade.name if grade else None,
            points=grade.points if grade else None,
        )

    def _in_time(self, times: Mapping[str, Times]) -> float | None:
        """The share in time by the first definition of the platform, else within a minute."""
        found = times[self.main or ANSWERS]
        limit = f"{self.tallies.measures[self.main or ANSWERS].within:g}"
        return found.in_time[limit] if found.asked else None

    def _trend(self, rows: Sequence[Row]) -> Trend | None:
        if len(rows) < 2:
            return None
        before, last = rows[-2], rows[-1]
        return Trend(
            day=last.day,
            before=before.day,
            median=_change(before.answers.median, last.answers.median),
            in_time=_change(self._share(before), self._share(last)),
            deducted_each=_change(before.deducted_each, last.deducted_each),
        )

    def _share(self, row: Row) -> float | None:
        return self._in_time({ANSWERS: row.answers, FIRST: row.first, **row.definitions})


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else round(after - before, 4)
