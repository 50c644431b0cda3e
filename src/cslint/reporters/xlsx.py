"""`xlsx`: a workbook for the supervisor: an overview, all findings, a sheet for each agent and for each rule."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TextIO

from cslint.model import Finding
from cslint.reporters.labels import Lang
from cslint.reporters.rows import COLUMNS, row
from cslint.reporters.run import Run, Style, Summary

_SHEETS = 200  # of each kind; a workbook with more cannot be used
_TITLES: dict[str, tuple[str, str]] = {
    "overview": ("总览", "Overview"),
    "all": ("全部", "All"),
    "severity": ("级别", "Severity"), "rule": ("规则", "Rule"), "name": ("规则名", "Name"), "group": ("分组", "Group"),
    "path": ("文件", "File"), "line": ("行", "Line"), "column": ("列", "Column"), "end_line": ("止行", "End line"),
    "end_column": ("止列", "End column"), "row": ("表格行", "Row"), "field": ("栏目", "Field"),
    "sheet": ("工作表", "Sheet"), "cell": ("单元格", "Cell"), "pointer": ("指针", "Pointer"),
    "conversation": ("会话", "Conversation"), "sender": ("发送人", "Sender"), "role": ("角色", "Role"),
    "time": ("时间", "Time"), "matched": ("原文", "Matched"), "term": ("词条", "Term"),
    "confidence": ("写法", "Spelling"), "message": ("问题", "Message"), "suggestions": ("改法", "Suggestions"),
    "why": ("原因", "Why"), "basis": ("依据", "Basis"), "fingerprint": ("指纹", "Fingerprint"),
    "figure": ("项目", "Figure"), "count": ("数量", "Count"),
    "files": ("文件数", "Files"), "texts": ("文字段数", "Texts"), "findings": ("问题数", "Findings"),
    "error": ("错误", "Errors"), "warning": ("警告", "Warnings"), "info": ("提示", "Info"),
    "suppressed": ("已豁免", "Suppressed"), "known": ("在基线里", "In the baseline"),
    "unreadable": ("无法读取的文件", "Files that could not be read"),
    "clearance": ("未发现问题不等于法律审查通过。", "No findings are no legal clearance."),
}  # fmt: skip
_WIDTHS = {"message": 50, "suggestions": 60, "why": 60, "basis": 50, "path": 30, "matched": 24, "name": 26, "time": 20}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def report(run: Run, out: TextIO, style: Style) -> None:
    """Write the workbook to the bytes beneath ``out``."""
    findings = [finding for file in run for finding in file.findings]
    book = _Book(style.lang)
    book.overview(run.summary())
    book.table(_word("all", style.lang), findings)
    for kind in ("sender", "rule"):
        book.split(kind, findings)
    data = io.BytesIO()
    book.save(data)
    out.flush()
    out.buffer.write(data.getvalue())
    out.buffer.flush()


class _Book:
    """A workbook under construction."""

    def __init__(self, lang: Lang) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Font

        self._lang, self._bold = lang, Font(bold=True)
        self._book = Workbook(write_only=True)
        self._names: set[str] = set()

    def overview(self, summary: Summary) -> None:
        """The figures, findings by rule, and what could not be read."""
        sheet = self._sheet(_word("overview", self._lang))
        sheet.column_dimensions["A"].width = 40
        sheet.append([self._head(sheet, "figure"), self._head(sheet, "count")])
        figures = {"files": summary.files, "texts": summary.texts, "findings": summary.findings}
        figures |= summary.by_severity | {"suppressed": summary.suppressed, "known": summary.known}
        for name, count in figures.items():
            sheet.append([_word(name, self._lang), count])
        sheet.append([])
        for rule, count in summary.by_rule.items():
            sheet.append([rule, count])
        for file in summary.unreadable:
            sheet.append([self._text(sheet, f"{_word('unreadable', self._lang)}: {file.path}: {file.problem}")])
        sheet.append([_word("clearance", self._lang)])

    def table(self, name: str, findings: Sequence[Finding]) -> None:
        """A sheet of findings with a frozen header and filters."""
        from openpyxl.utils import get_column_letter

        sheet = self._sheet(name)
        sheet.freeze_panes = "A2"
        for at, column in enumerate(COLUMNS, 1):
            sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column, 12)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(findings) + 1}"
        sheet.append([self._head(sheet, column) for column in COLUMNS])
        for finding in findings:
            sheet.append([self._text(sheet, value) if isinstance(value, str) else value for value in row(finding)])

    def split(self, kind: str, findings: Sequence[Finding]) -> None:
        """A sheet for each speaker (``sender``) or for each rule (``rule``), those with most findings first."""
        groups: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            key = finding.rule if kind == "rule" else finding.place.sender
            if key:
                groups[key].append(finding)
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        for key, group in ordered[:_SHEETS]:
            self.table(key, group)

    def save(self, out: Any) -> None:
        """Write the file."""
        self._book.save(out)

    def _sheet(self, name: str) -> Any:
        return self._book.create_sheet(self._unique(name))

    def _unique(self, name: str) -> str:
        """A name that Excel takes: at most 31 characters, some not allowed, none twice whatever the case."""
        base = _FORBIDDEN.sub("_", name).strip("'") or "_"
        found, number = base[:31], 2
        while found.casefold() in self._names:
            ending = f" ({number})"
            found, number = base[: 31 - len(ending)] + ending, number + 1
        self._names.add(found.casefold())
        return found

    def _head(self, sheet: Any, name: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet, value=_word(name, self._lang))
        cell.font = self._bold
        return cell

    def _text(self, sheet: Any, text: str) -> Any:
        """A cell that is text whatever it begins with."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet, value=text[:32767])
        cell.data_type = "s"
        return cell


def _word(name: str, lang: Lang) -> str:
    return _TITLES[name][0 if lang == "zh" else 1]
