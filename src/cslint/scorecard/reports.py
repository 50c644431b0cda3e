"""Writes a scorecard: a table for a terminal, JSON, CSV, XLSX."""

from __future__ import annotations

import csv
import io
from typing import Any, TextIO

import msgspec
from rich.cells import cell_len

from cslint.reporters.cells import cell
from cslint.reporters.colour import Paint
from cslint.reporters.escapes import visible
from cslint.reporters.json import VERSION, write_json
from cslint.reporters.labels import Lang
from cslint.reporters.run import Style
from cslint.scorecard.card import AgentCard, Row, Scorecard, Trend
from cslint.scorecard.grid import Cell, grid
from cslint.scorecard.labels import word


def write_as_json(card: Scorecard, out: TextIO, style: Style) -> None:
    """One object; docs/scorecard.schema.json describes it."""
    data: dict[str, Any] = {"version": VERSION, **msgspec.to_builtins(card)}
    write_json(data, out, style)


def write_as_csv(card: Scorecard, out: TextIO, lang: Lang) -> None:
    """A row an agent and day. Begins with a byte order mark: without it Excel reads Chinese as something else."""
    columns, rows = grid(card, lang)
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(c) if isinstance(c, str) else "" if c is None else c for c in row] for row in rows)


def as_xlsx(card: Scorecard, lang: Lang) -> bytes:
    """A workbook: the grid, and the worst conversations on a sheet of their own. Needs XlsxWriter (cslint[xlsx])."""
    import xlsxwriter

    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, options) as book:
        bold = book.add_format({"bold": True})
        columns, rows = grid(card, lang)
        _sheet(book.add_worksheet(word("points", lang)), columns, rows, bold)
        names = ["deducted", "day", "agent", "where", "conversation", "what", "longest"]
        worst = [_worst_cells(card, at) for at in range(len(card.worst))]
        _sheet(book.add_worksheet(word("worst", lang)), [word(name, lang) for name in names], worst, bold)
        notes = [[word("limits", lang)], *([line] for line in card.shop_findings)]
        _sheet(book.add_worksheet(word("definitions", lang)), [word("definitions", lang)],
               [*([line] for line in _definitions(card, lang)), *notes], bold)  # fmt: skip
    return data.getvalue()


def _sheet(sheet: Any, columns: list[str], rows: list[Any], bold: Any) -> None:
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name, bold)
        sheet.set_column(at, at, max(8, min(cell_len(name) + 2, 40)))
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, at, value)
            elif value is not None:
                sheet.write_number(number, at, value)
    sheet.freeze_panes(1, 0)


def _worst_cells(card: Scorecard, at: int) -> list[Cell]:
    worst = card.worst[at]
    what = " ".join(f"{rule}×{n}" if n > 1 else rule for rule, n in worst.findings.items())
    return [
        worst.deducted, worst.day, "、".join(worst.agents), f"{worst.path}:{worst.line}", worst.conversation or "", what,
        worst.longest_wait,
    ]  # fmt: skip


def write_as_table(card: Scorecard, out: TextIO, style: Style) -> None:
    """For people: agents, days, definitions, the worst conversations."""
    lang, paint = style.lang, Paint(style.colour)

    def head(text: str) -> None:
        out.write(f"\n{paint('bold', text)}\n")

    out.write(paint("bold", word("title", lang, item=card.item, full=card.full)) + "\n\n")
    names = ["agent", "grade", "points", "conversations", "messages", "at-once", "median", "p90", "first-median"]
    rates = [(d.rule, f"{mark:g}") for d in card.definitions for mark in d.marks]
    columns = [word(name, lang) for name in names]
    columns += [word("in-time", lang, rule=rule, limit=limit) for rule, limit in rates]
    columns += [word(name, lang) for name in ("errors", "warnings", "deducted", "each", "trend")]
    summed = any(one.sum is not None for one in card.agents)
    columns += [word(name, lang) for name in ("sum", "passed", "bonus")] if summed else []
    rows = [_agent_line(one, rates, lang, summed=summed) for one in (*card.agents, card.shop)]
    _aligned(out, columns, rows)
    if any(len(one.days) > 1 for one in card.agents):
        head(word("days", lang))
        names = ["agent", "day", "grade", "conversations", "median", "p90", "each"]
        _aligned(out, [word(name, lang) for name in names], [
            [one.agent, row.day or word("no-day", lang), row.grade or "-", str(row.conversations),
             _figure(row.answers.median), _figure(row.answers.p90), _figure(row.deducted_each)]
            for one in card.agents for row in one.days
        ])  # fmt: skip
    if card.worst:
        head(word("worst", lang))
        names = ["deducted", "day", "agent", "where", "conversation", "what", "longest"]
        rows = [
            [_figure(c) if not isinstance(c, str) else c for c in _worst_cells(card, i)] for i in range(len(card.worst))
        ]
        _aligned(out, [word(name, lang) for name in names], rows)
    if card.shop_findings:
        head(word("shop-findings", lang))
        out.writelines(f"{visible(line)}\n" for line in card.shop_findings)
    if card.definitions:
        head(word("definitions", lang))
        out.writelines(f"{visible(line)}\n" for line in _definitions(card, lang))
    if style.footer:
        out.write(f"\n{word('limits', lang)}\n")


def _agent_line(one: AgentCard, rates: list[tuple[str, str]], lang: Lang, *, summed: bool) -> list[str]:
    row = one.total
    cells = [
        one.agent or word("everybody", lang), row.grade or "-", _figure(row.points), str(row.conversations),
        str(row.messages), str(row.at_once or "-"), _figure(row.answers.median), _figure(row.answers.p90),
        _figure(row.first.median),
    ]  # fmt: skip
    cells += [_share(row, rule, limit) for rule, limit in rates]
    cells += [str(row.severities["error"]), str(row.severities["warning"]), _figure(row.deducted),
              _figure(row.deducted_each), _trend(one.trend)]  # fmt: skip
    if summed:
        passed = "-" if one.passed is None else word("yes" if one.passed else "no", lang)
        cells += [_figure(one.sum), passed, _figure(one.bonus)]
    return cells


def _share(row: Row, rule: str, limit: str) -> str:
    times = row.definitions[rule]
    return f"{times.in_time[limit]:.1%}" if times.asked else "-"


def _trend(trend: Trend | None) -> str:
    """Deductions per conversation against the day before: ↑ is worse."""
    if trend is None or trend.deducted_each is None:
        return "-"
    change = trend.deducted_each
    return "=" if change == 0 else f"{'↑' if change > 0 else '↓'}{abs(change):g}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{round(value, 2):g}"


def _definitions(card: Scorecard, lang: Lang) -> list[str]:
    lines = []
    for d in card.definitions:
        counts = "、".join(d.replies) if lang == "zh" else ", ".join(d.replies)
        if lang == "zh":
            unit = "每轮" if d.of == "turn" else "每次会话首轮"
            parts = [unit, f"{d.within:g} 秒内", d.window or "全天", f"计入 {counts}", f"未回复计 {d.unanswered}"]
            parts += [f"上限 {d.cap:g} 秒"] if d.cap else []
            lines.append(f"{d.rule} {d.title}（{'、'.join(d.platforms)}）：{'，'.join(parts)}。{'；'.join(d.basis)}")
        else:
            unit = "each turn" if d.of == "turn" else "first turn of a session"
            parts = [
                unit,
                f"within {d.within:g} s",
                d.window or "all day",
                f"counts {counts}",
                f"unanswered: {d.unanswered}",
            ]
            parts += [f"at most {d.cap:g} s"] if d.cap else []
            lines.append(f"{d.rule} {d.title} ({', '.join(d.platforms)}): {', '.join(parts)}. {'; '.join(d.basis)}")
    return lines


def _aligned(out: TextIO, columns: list[str], rows: list[list[str]]) -> None:
    """Columns by display width; the first is a name, figures stand to the right."""
    table = [columns, *([visible(c) for c in row] for row in rows)]
    widths = [max(cell_len(row[at]) for row in table) for at in range(len(columns))]
    numeric = [all(_is_figure(row[at]) for row in table[1:]) for at in range(len(columns))]
    for row in table:
        padded = []
        for at, text in enumerate(row):
            space = " " * (widths[at] - cell_len(text))
            padded.append(space + text if numeric[at] else text + space)
        out.write("  ".join(padded).rstrip() + "\n")


def _is_figure(text: str) -> bool:
    return text == "-" or text.lstrip("↑↓=").rstrip("%").replace(".", "").replace("-", "").replace("e+", "").isdigit()
