"""`cslint explain`: every candidate in a text, the accepted and the passed, with the judge's reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import cast

import typer

from cslint.cli.binding import takes
from cslint.cli.configured import configured
from cslint.cli.console import is_terminal, style_for
from cslint.cli.errors import CommandError
from cslint.cli.linting import build_linter
from cslint.cli.notices import Notices
from cslint.cli.options import ExplainOptions
from cslint.model import Role, UnitKind, Verdict
from cslint.reporters.colour import Paint
from cslint.reporters.json import VERSION, plain, write_json
from cslint.reporters.labels import Lang
from cslint.reporters.run import FileReport, Style

_WORDS: dict[str, tuple[str, str]] = {
    "accepted": ("判为违规", "accepted"),
    "passed": ("放行", "passed"),
    "reached": ("写法", "spelling"),
    "reason": ("理由", "reason"),
    "article": ("条款", "article"),
    "none": ("没有任何词条命中。", "No term comes near this text."),
}


@takes(ExplainOptions)
def explain(ctx: typer.Context, options: ExplainOptions) -> None:
    """Show every candidate in TEXT: what was found, how it was reached, whether it counts and why."""
    options = configured(ctx, options)
    linter = build_linter(options)
    if not linter.platforms:
        Notices(options.language).say("no-platform")
    text = _standard_input() if options.text == "-" else options.text
    unit, role = cast(UnitKind, options.unit), cast(Role, options.role)
    verdicts = tuple(linter.explain(text, unit=unit, role=role))
    file = FileReport(path="-", passed=verdicts, line_of=lambda place: text.split("\n")[place.line - 1])
    mask = options.mask if options.mask is not None else not is_terminal(sys.stdout)
    if mask:
        from cslint.reporters.masking import mask_file

        file = mask_file(file)
    style = style_for(sys.stdout, options.language)
    if options.format == "json":
        write_json({"version": VERSION, "verdicts": [plain(v) for v in file.passed]}, sys.stdout, style)
        return
    for verdict in file.passed:
        print("\n".join(_block(verdict, file, style)) + "\n")
    if not verdicts:
        print(_word("none", options.language))


def _standard_input() -> str:
    from cslint.readers import UnreadableError, decode

    try:
        return decode(sys.stdin.buffer.read())[0]
    except UnreadableError as error:
        raise CommandError(f"standard input: {error.problem}\n  hint: {error.hint}") from None


def _block(verdict: Verdict, file: FileReport, style: Style) -> Iterator[str]:
    from cslint.reporters.display import excerpt
    from cslint.reporters.escapes import visible

    paint, place, lang = Paint(style.colour), verdict.place, style.lang
    colour = verdict.severity if verdict.accepted else "passed"
    verb = _word("accepted" if verdict.accepted else "passed", lang)
    yield f"{paint(colour, verb)} {verdict.severity} {paint('bold', verdict.rule)} {verdict.name}"
    line = file.line_of(place) or verdict.matched
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    shown = excerpt(line, place.column - 1, end, style.width - 4)
    yield f"  {paint('mark', '|')} {shown.text}"
    yield f"  {paint('mark', '|')} {paint(colour, shown.carets)}"
    reached = f"{visible(verdict.matched)} → {verdict.term} ({verdict.confidence})"
    yield _note(
        "reached",
        reached + (f" {verdict.key}" if verdict.key not in ("", verdict.matched, verdict.reason) else ""),
        lang,
        paint,
    )
    yield _note("reason", verdict.reason, lang, paint)
    if verdict.article:
        yield _note("article", verdict.article, lang, paint)


def _note(name: str, text: str, lang: Lang, paint: Paint) -> str:
    return f"  {paint('mark', '=')} {paint('faint', _word(name, lang))}{'：' if lang == 'zh' else ': '}{text}"


def _word(name: str, lang: Lang) -> str:
    return _WORDS[name][0 if lang == "zh" else 1]
