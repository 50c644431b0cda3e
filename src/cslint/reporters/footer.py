"""The closing lines of the formats for people: how much was found, how much is hidden, where to read on."""

from __future__ import annotations

from typing import TextIO

from cslint.model import SEVERITIES
from cslint.reporters.labels import Lang, counted, label
from cslint.reporters.run import Run, Style, Summary

_SEVERITIES_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
_SEVERITIES_EN = {"error": "error", "warning": "warning", "info": "info"}


def write_footer(run: Run, out: TextIO, style: Style) -> None:
    """Write the footer of a run that has been handed out to its end."""
    if not style.footer:
        return
    summary = run.summary()
    lines = [found(summary, style.lang)] if summary.findings else []
    lines += _hidden(summary, style.lang)
    lines += _set_aside(summary, style.lang)
    lines += _fixes(summary, style.lang)
    if summary.unreadable:
        count = len(summary.unreadable)
        files = counted(count, "file") if style.lang == "en" else count
        lines.append(label("unreadable", style.lang, count=files))
    elif not summary.texts and not summary.findings:
        lines.append(label("nothing", style.lang))
    elif not summary.findings and not any(summary.hidden.values()) and not summary.suppressed and not summary.known:
        files = counted(summary.files, "file") if style.lang == "en" else summary.files
        lines.append(label("clean", style.lang, files=files, texts=summary.texts))
    if summary.findings:
        lines.append(label("rule_hint", style.lang, rule=next(iter(summary.by_rule))))
    out.write("".join(f"{line}\n" for line in lines))


def found(summary: Summary, lang: Lang) -> str:
    """`Found 3 findings (2 errors, 1 warning).`"""
    if lang == "en":
        return f"Found {counted(summary.findings, 'finding')} ({_severities(summary.by_severity, lang)})."
    return f"发现 {summary.findings} 处（{_severities(summary.by_severity, lang)}）。"


def _hidden(summary: Summary, lang: Lang) -> list[str]:
    present = [s for s in SEVERITIES if summary.hidden.get(s)]
    if not present:
        return []
    level = SEVERITIES[SEVERITIES.index(present[-1]) + 1]
    which = _severities(summary.hidden, lang)
    total = sum(summary.hidden.values())
    count: object = counted(total, "finding") if lang == "en" else total
    return [label("hidden", lang, count=count, level=level, which=which, lowest=present[0])]


def _set_aside(summary: Summary, lang: Lang) -> list[str]:
    """What was found and is let stand."""
    lines = []
    for name, count in (("suppressed", summary.suppressed), ("known", summary.known)):
        if count:
            lines.append(label(name, lang, count=counted(count, "finding") if lang == "en" else count))
    return lines


def _fixes(summary: Summary, lang: Lang) -> list[str]:
    """What has been fixed, and what could be."""
    lines = []
    if summary.fixed:
        lines.append(label("fixed", lang, count=counted(summary.fixed, "finding") if lang == "en" else summary.fixed))
    if summary.fixable and summary.fixable_unsafe:
        lines.append(label("fixable-both", lang, count=summary.fixable, more=summary.fixable_unsafe))
    elif summary.fixable:
        lines.append(label("fixable", lang, count=summary.fixable))
    elif summary.fixable_unsafe:
        lines.append(label("fixable-unsafe", lang, count=summary.fixable_unsafe))
    return lines


def _severities(counts: dict[str, int], lang: Lang) -> str:
    present = [(s, counts[s]) for s in reversed(SEVERITIES) if counts.get(s)]
    if lang == "zh":
        return "，".join(f"{_SEVERITIES_ZH[s]} {n}" for s, n in present)
    return ", ".join(f"{n} info" if s == "info" else counted(n, _SEVERITIES_EN[s]) for s, n in present)
