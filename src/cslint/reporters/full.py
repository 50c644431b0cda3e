"""`full`: each finding with its source line, carets under the span, the reason, the basis and what to say instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from cslint.model import Basis, Finding, Place, Suggestion, Verdict
from cslint.reporters.colour import Paint
from cslint.reporters.concise import where
from cslint.reporters.display import excerpt, in_order
from cslint.reporters.escapes import visible
from cslint.reporters.footer import write_footer
from cslint.reporters.labels import Lang, grade, label, named
from cslint.reporters.run import FileReport, LineLookup, Run, Style

_SUGGESTIONS_SHOWN = 3  # of each kind; `cslint rule` has them all


class _Block(NamedTuple):
    """A finding or a passed candidate, ready to be laid out."""

    place: Place
    level: str  # a severity, or "passed"
    rule: str
    name: str
    matched: str
    notes: list[tuple[str, str]]  # label ("" for the message), text


def report(run: Run, out: TextIO, style: Style) -> None:
    """A block a finding, an empty line after each."""
    for file in run:
        for block in sorted(_blocks(file, style.lang), key=lambda b: in_order(b.place)):
            out.write("\n".join(_laid_out(block, file.line_of, style)) + "\n\n")
    write_footer(run, out, style)


def _blocks(file: FileReport, lang: Lang) -> Iterator[_Block]:
    for finding in file.findings:
        yield _Block(
            finding.place, finding.severity, finding.rule, finding.name, finding.matched, _notes(finding, lang)
        )
    for verdict in file.passed:
        yield _Block(verdict.place, "passed", verdict.rule, verdict.name, verdict.matched, _reason(verdict, lang))


def _notes(finding: Finding, lang: Lang) -> list[tuple[str, str]]:
    notes = [("", finding.message)]
    if finding.why and finding.why != finding.message:
        notes.append((label("why", lang), finding.why))
    if finding.basis:
        separator = "；" if lang == "zh" else "; "
        notes.append((label("basis", lang), separator.join(_basis(b, lang) for b in finding.basis)))
    replacing = [s for s in finding.suggestions if s.applicability != "display"]
    saying = [s for s in finding.suggestions if s.applicability == "display"]
    notes += _rewrites(label("replace", lang), replacing, finding.rule, lang)
    notes += _rewrites(label("say", lang), saying, finding.rule, lang)
    return notes


def _basis(basis: Basis, lang: Lang) -> str:
    parts = [basis.note, grade(basis.grade, lang)]
    if lang == "zh":
        return f"{basis.source}（{'，'.join(p for p in parts if p)}）"
    return f"{basis.source} ({', '.join(p for p in parts if p)})"


def _rewrites(name: str, suggestions: list[Suggestion], rule: str, lang: Lang) -> list[tuple[str, str]]:
    notes = [(name, s.text) for s in suggestions[:_SUGGESTIONS_SHOWN]]
    rest = len(suggestions) - len(notes)
    if rest > 0:
        notes.append((name, label("more", lang, count=rest, rule=rule)))
    return notes


def _reason(verdict: Verdict, lang: Lang) -> list[tuple[str, str]]:
    notes = [("", verdict.reason)]
    if verdict.article:
        notes.append((label("basis", lang), verdict.article))
    return notes


def _laid_out(block: _Block, line_of: LineLookup, style: Style) -> Iterator[str]:
    paint = Paint(style.colour)
    place = block.place
    yield f"{where(place, paint)} {paint(block.level, block.level)} {paint('bold', block.rule)} {block.name}"
    number = place.cell or str(place.line)
    gutter = " " * len(number)
    bar = paint("mark", "|")
    text, carets = _source(block, line_of, style.width - len(number) - 3)
    yield f"{gutter} {bar}"
    yield f"{paint('mark', number)} {bar} {text}"
    yield f"{gutter} {bar} {paint(block.level, carets)}"
    sign = paint("mark", "=")
    separator = "：" if style.lang == "zh" else ": "
    for name, note in [*block.notes, *_position(place, style.lang)]:
        head = f"{paint('faint', name)}{separator}" if name else ""
        yield f"{gutter} {sign} {head}{visible(note)}"


def _source(block: _Block, line_of: LineLookup, width: int) -> tuple[str, str]:
    """The line and its carets; the matched text alone where the line cannot be had."""
    place = block.place
    line = line_of(place)
    if line is None or place.column > len(line) + 1:
        line, start, end = block.matched, 0, len(block.matched)
    else:
        start = place.column - 1
        end = place.end_column - 1 if place.end_line == place.line else len(line)
    return excerpt(line, start, end, max(width, 20))


def _position(place: Place, lang: Lang) -> list[tuple[str, str]]:
    """Where it stands, beyond path, line and column: cell, conversation, speaker, time."""
    parts: list[str] = []
    if place.sheet is not None:
        parts.append(named("sheet", lang, place.sheet))
    if place.cell is not None:
        parts.append(named("cell", lang, place.cell))
    elif place.row is not None:
        parts.append(named("row", lang, place.row))
    if place.field is not None:
        parts.append(named("field", lang, place.field))
    elif place.pointer is not None:
        parts.append(place.pointer)
    if place.conversation is not None:
        parts.append(named("conversation", lang, place.conversation))
    parts += [p for p in (place.sender, place.time) if p is not None]
    if place.end_line != place.line:
        parts.append(label("until", lang, line=place.end_line, column=place.end_column))
    return [(label("where", lang), " · ".join(parts))] if parts else []
