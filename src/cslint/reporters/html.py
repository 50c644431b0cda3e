"""`html`: one page without scripts or anything from outside, to be mailed or kept."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TextIO

from cslint.model import Finding, Place
from cslint.reporters.escapes import visible
from cslint.reporters.footer import found
from cslint.reporters.labels import Lang, grade, label
from cslint.reporters.run import FileReport, LineLookup, Run, Style

_STYLE = """
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h2{font-size:1.05rem;margin:2rem 0 .5rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
article{margin:.8rem 0;padding:.6rem .9rem;border-left:4px solid #888;background:#f7f7f7}
article.error{border-color:#c62828}article.warning{border-color:#ef8f00}article.info{border-color:#1565c0}
p{margin:.3rem 0;overflow-wrap:anywhere}mark{background:#ffe08a}.where,.why{color:#666;font-size:.9em}
table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.2rem .6rem;text-align:left}
@media print{article{break-inside:avoid}}
"""
_AROUND = 60  # characters shown on each side of a span


def report(run: Run, out: TextIO, style: Style) -> None:
    """Findings by file, then the figures by rule."""
    lang = "zh-CN" if style.lang == "zh" else "en"
    out.write(f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>cslint</title>\n')
    out.write(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    )
    out.write(f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>cslint</h1>\n")
    for file in run:
        if file.findings or file.problem:
            out.write("\n".join(_section(file, style.lang)) + "\n")
    out.write("\n".join(_summary(run, style.lang)) + "\n</body>\n</html>\n")


def _section(file: FileReport, lang: Lang) -> Iterator[str]:
    yield f"<section>\n<h2>{_text(file.path)}</h2>"
    if file.problem:
        yield f'<article class="error"><p>{_text(file.problem)}</p></article>'
    for finding in file.findings:
        yield from _article(finding, file.line_of, lang)
    yield "</section>"


def _article(finding: Finding, line_of: LineLookup, lang: Lang) -> Iterator[str]:
    place = finding.place
    head = f"{finding.severity} <b>{finding.rule}</b> {_text(finding.name)}"
    yield f'<article class="{finding.severity}">\n<p>{head} <span class="where">{_text(_where(place))}</span></p>'
    yield f"<p>{_text(finding.message)}</p>"
    yield f"<p>{_excerpt(finding, line_of)}</p>"
    yield f'<p class="why">{label("why", lang)}: {_text(finding.why)}</p>'
    if finding.basis:
        basis = "; ".join(f"{b.source} {b.note} ({grade(b.grade, lang)})" for b in finding.basis)
        yield f'<p class="why">{label("basis", lang)}: {_text(basis)}</p>'
    if finding.suggestions:
        items = "".join(f"<li>{_text(s.text)}</li>" for s in finding.suggestions)
        yield f"<ul>{items}</ul>"
    yield "</article>"


def _where(place: Place) -> str:
    parts = [f"{place.sheet}!{place.cell}" if place.sheet is not None else f"{place.line}:{place.column}"]
    parts += [str(part) for part in (place.field, place.sender, place.time) if part is not None]
    return " · ".join(parts)


def _excerpt(finding: Finding, line_of: LineLookup) -> str:
    place = finding.place
    line = line_of(place)
    if line is None or place.line != place.end_line or place.end_column > len(line) + 1:
        return f"<mark>{_text(finding.matched)}</mark>"
    start, end = place.column - 1, place.end_column - 1
    before, after = line[max(0, start - _AROUND) : start], line[end : end + _AROUND]
    return (
        ("…" if start > _AROUND else "")
        + f"{_text(before)}<mark>{_text(line[start:end])}</mark>{_text(after)}"
        + ("…" if end + _AROUND < len(line) else "")
    )


def _summary(run: Run, lang: Lang) -> Iterator[str]:
    summary = run.summary()
    yield "<section>"
    if summary.findings:
        yield f"<p><b>{_text(found(summary, lang))}</b></p>\n<table>"
        for rule, count in summary.by_rule.items():
            yield f"<tr><td>{rule}</td><td>{_text(run.names[rule])}</td><td>{count}</td></tr>"
        yield "</table>"
    elif not summary.unreadable:
        yield f"<p>{_text(label('clean', lang, files=summary.files, texts=summary.texts))}</p>"
    if summary.unreadable:
        yield f"<p><b>{_text(label('unreadable', lang, count=len(summary.unreadable)))}</b></p>"
    yield "</section>"


def _text(text: str) -> str:
    return escape(visible(text))
