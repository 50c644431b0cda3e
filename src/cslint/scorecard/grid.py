"""The scorecard as a grid of named columns: what CSV and XLSX write, a row an agent and day."""

from __future__ import annotations

from cslint.reporters.labels import Lang
from cslint.rulebook.rule import GROUPS
from cslint.scorecard.card import AgentCard, Row, Scorecard
from cslint.scorecard.labels import word

Cell = str | int | float | None


def grid(card: Scorecard, lang: Lang) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows: of the shop and of each agent first all days, then day by day."""
    columns = _header(card, lang)
    rows: list[list[Cell]] = []
    for one in (card.shop, *card.agents):
        name = one.agent or word("everybody", lang)
        rows.append([name, word("all-days", lang), *_cells(card, one.total, one, lang)])
        rows += [[name, row.day or word("no-day", lang), *_cells(card, row, None, lang)] for row in one.days]
    return columns, rows


def _groups(card: Scorecard) -> list[str]:
    """The groups of which something was found, in the order of the rulebook."""
    return [group for group in GROUPS if card.shop.total.findings.get(group)]


def _header(card: Scorecard, lang: Lang) -> list[str]:
    names = ["agent", "day", "messages", "conversations", "at-once", "asked", "answered", "median", "p90", "mean"]
    columns = [word(name, lang) for name in (*names, "first-median", "first-p90")]
    for definition in card.definitions:
        columns += [word("in-time", lang, rule=definition.rule, limit=f"{m:g}") for m in definition.marks]
        columns.append(word("rule-mean", lang, rule=definition.rule))
    columns += [word("findings", lang, group=group) for group in _groups(card)]
    names = ["errors", "warnings", "infos", "deducted", "each", "grade", "points", "sum", "passed", "bonus"]
    return [*columns, *(word(name, lang) for name in names)]


def _cells(card: Scorecard, row: Row, whole: AgentCard | None, lang: Lang) -> list[Cell]:
    cells: list[Cell] = [
        row.messages, row.conversations, row.at_once, row.answers.asked, row.answers.answered, row.answers.median,
        row.answers.p90, row.answers.mean, row.first.median, row.first.p90,
    ]  # fmt: skip
    for definition in card.definitions:
        times = row.definitions[definition.rule]
        cells += [times.in_time[f"{mark:g}"] if times.asked else None for mark in definition.marks]
        cells.append(times.mean)
    cells += [row.findings.get(group, 0) for group in _groups(card)]
    cells += [row.severities[severity] for severity in ("error", "warning", "info")]
    cells += [row.deducted, row.deducted_each, row.grade, row.points]
    if whole is None:
        return [*cells, None, None, None]
    passed = None if whole.passed is None else word("yes" if whole.passed else "no", lang)
    return [*cells, whole.sum, passed, whole.bonus]
