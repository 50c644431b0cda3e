"""The words of the reports in Chinese and English. Ids, severities and field names stay as they are in both."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]

_LABELS: dict[str, tuple[str, str]] = {
    "why": ("原因", "why"),
    "basis": ("依据", "basis"),
    "replace": ("改为", "use instead"),
    "say": ("可以说", "say instead"),
    "more": ("另有 {count} 条：cslint rule {rule}", "{count} more: cslint rule {rule}"),
    "where": ("位置", "where"),
    "until": ("到第 {line} 行第 {column} 列", "until {line}:{column}"),
    "passed": ("放行", "passed"),
    "sheet": ("工作表 {}", "sheet {}"),
    "cell": ("单元格 {}", "cell {}"),
    "row": ("第 {} 行", "row {}"),
    "field": ("“{}”栏", "field “{}”"),
    "conversation": ("会话 {}", "conversation {}"),
    "grade.law": ("法律", "law"),
    "grade.platform": ("平台规则", "platform rule"),
    "grade.trade": ("行业惯例", "trade practice"),
    "grade.house": ("店铺规定", "house rule"),
    "rule_hint": (
        "规则说明与全部改法：cslint rule {rule}",
        "What a rule is about and how to say it: cslint rule {rule}",
    ),
    "nothing": ("没有文字可检查。", "Nothing was checked: there was no text."),
    "clean": (
        "未发现问题：{files} 个文件，{texts} 段文字。这不等于法律审查通过。",
        "No findings in {files} (texts: {texts}). This is not legal clearance.",
    ),
    "hidden": (
        "另有 {count} 处级别低于 {level}，未显示（{which}）：--min-severity {lowest} 可显示。",
        "{count} below {level} not shown ({which}): --min-severity {lowest} shows them.",
    ),
    "suppressed": (
        "另有 {count} 处已豁免（注释或 cslint-ignore.toml）。",
        "{count} suppressed (comment or cslint-ignore.toml).",
    ),
    "known": ("另有 {count} 处在基线里，未显示。", "{count} in the baseline not shown."),
    "fixed": ("已改好 {count} 处。", "Fixed {count}."),
    "fixable": ("{count} 处可以用 --fix 自动改。", "{count} fixable with --fix."),
    "fixable-both": (
        "{count} 处可以用 --fix 自动改（另有 {more} 处加 --unsafe-fixes，改后请人看一遍）。",
        "{count} fixable with --fix ({more} more with --fix --unsafe-fixes; read them afterwards).",
    ),
    "fixable-unsafe": (
        "{count} 处可以用 --fix --unsafe-fixes 改，改后请人看一遍。",
        "{count} fixable with --fix --unsafe-fixes; read them afterwards.",
    ),
    "unreadable": ("{count} 个文件无法读取，未能检查。", "{count} could not be read: not checked."),
}


def label(name: str, lang: Lang, **values: object) -> str:
    """The words for ``name``."""
    text = _LABELS[name][0 if lang == "zh" else 1]
    return text.format(**values) if values else text


def named(name: str, lang: Lang, value: object) -> str:
    """A label with its one value."""
    return _LABELS[name][0 if lang == "zh" else 1].format(value)


def grade(name: str, lang: Lang) -> str:
    """The words for a grade of evidence; an unknown grade as it is written."""
    return label(f"grade.{name}", lang) if f"grade.{name}" in _LABELS else name


def counted(count: int, word: str) -> str:
    """`1 finding`, `2 findings`: English only."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
