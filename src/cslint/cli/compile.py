"""`cslint compile`: compile the rulebook into the cache, and say what it holds and what is wrong with it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
import typer

from cslint.cli.binding import takes
from cslint.cli.configured import configured
from cslint.cli.console import style_for
from cslint.cli.exit_codes import ExitCode
from cslint.cli.linting import wordlist_paths
from cslint.cli.options import CompileOptions
from cslint.compiler.cache import plan_for
from cslint.compiler.plan import Plan, read_spells
from cslint.reporters.colour import Paint
from cslint.reporters.escapes import visible
from cslint.reporters.json import VERSION, write_json
from cslint.reporters.labels import Lang

if TYPE_CHECKING:
    from cslint.compiler.calibration import Forecast
    from cslint.compiler.selfcheck import Problem

RULE_WIDTHS = (8, -8, -10, -11)  # terminal cells; a negative width stands to the right
TERM_WIDTHS = (8, 26, 22, -6, -10, -10)
_WORDS: dict[str, tuple[str, str]] = {
    "total": (
        "{rules} 条规则，{terms} 个词条，{patterns} 个 pattern，{keys} 个键，{ordinary} 个普通词。",
        "{rules} rules, {terms} terms, {patterns} patterns, {keys} keys, {ordinary} ordinary words.",
    ),
    "by-rule": ("规则|词条|pattern|写法", "rule|terms|patterns|spellings"),
    "by-term": ("规则|词条|变体|键|误读|误报", "rule|term|techniques|keys|heard|false"),
    "per": (
        "误读、误报：每 {per} 字普通文字里预计的处数，误报是判断之后仍会报的。",
        "heard, false: places to expect in {per} characters of ordinary text, before and after judgement.",
    ),
    "too-many": ("超限", "too many"),
    "forecast": (
        "{count} 个词条查变体：每 {per} 字预计误读 {raw:.2f} 处，误报 {predicted:.3f} 处。",
        "{count} terms in disguise: {raw:.2f} heard and {predicted:.3f} false alarms in {per} characters.",
    ),
    "refused": (
        "{count} 个超过每 {per} 字 {limit} 处误报，又没有 evasive_cue。",
        "{count} of them above {limit} and without an evasive_cue.",
    ),
    "noisy": (
        "每 {per} 字预计误报 {predicted:.3f} 处，上限 {limit}",
        "{predicted:.3f} false alarms to expect in {per} characters, at most {limit} are allowed",
    ),
    "noisy-hint": (
        "加 evasive_cue，或关掉 sound、shape，或把无辜的词写进 unless: within",
        "add an evasive_cue, switch off sound and shape, or name innocent words in unless: within",
    ),
    "problems": ("词表自检：{errors} 个错误，{warnings} 个提醒。", "Word lists: {errors} errors, {warnings} warnings."),
    "hint": ("建议：", "hint: "),
}


@takes(CompileOptions)
def compile(ctx: typer.Context, options: CompileOptions) -> None:
    """Compile the rulebook, so that the first check need not. --report foretells false alarms and checks the lists."""
    options = configured(ctx, options)
    plan = plan_for(wordlist_paths(options), cached=not options.no_cache)
    forecasts: list[Forecast] = []
    problems: list[Problem] = []
    if options.report:
        from cslint.compiler.calibration import calibrate
        from cslint.compiler.selfcheck import problems as check
        from cslint.rulebook.load import Rulebook

        forecasts = sorted(calibrate(plan), key=lambda f: -f.predicted)
        problems = check(Rulebook(rules=plan.rules, classes=plan.classes, spec=()), plan, options.lang)
    style = style_for(sys.stdout, options.language)
    if options.format == "json":
        report = _document(plan, forecasts, problems) if options.report else {}
        write_json({"version": VERSION, "summary": _summary(plan), **report}, sys.stdout, style)
    else:
        if options.report:
            for line in _report(plan, forecasts, problems, options.language, Paint(style.colour)):
                print(line)
        print(_said("total", options.language, **_summary(plan)))
    if any(f.refused for f in forecasts) or any(p.is_error for p in problems):
        raise typer.Exit(ExitCode.FINDINGS)


def _summary(plan: Plan) -> dict[str, int]:
    return {
        "rules": len(plan.rules),
        "terms": len(plan.terms),
        "patterns": len(plan.patterns),
        "keys": len(plan.keys),
        "ordinary": len(plan.ordinary),
    }


def _by_rule(plan: Plan) -> Iterator[tuple[str, int, int, int]]:
    """Each rule with its numbers of terms, patterns and spellings."""
    spellings = Counter(
        plan.terms[term][0]
        for spells in plan.spells
        for spell in read_spells(spells)
        if (term := plan.forms[spell.form].term) < len(plan.terms)
    )
    terms = Counter(rule for rule, _ in plan.terms)
    patterns = Counter(plan.terms[term][0] for term in plan.patterns)
    return ((rule, terms[rule], patterns[rule], spellings[rule]) for rule in plan.rules)


def _document(plan: Plan, forecasts: list[Forecast], problems: list[Problem]) -> dict[str, Any]:
    from cslint.compiler.calibration import LIMIT
    from cslint.compiler.ordinary import PER

    names = ("rule", "terms", "patterns", "spellings")
    return {
        "per": PER,
        "limit": LIMIT,
        "rules": [dict(zip(names, row, strict=True)) for row in _by_rule(plan)],
        "forecasts": [{**msgspec.to_builtins(f), "refused": f.refused} for f in forecasts],
        "problems": [{**msgspec.to_builtins(p), "error": p.is_error} for p in problems],
    }


def _report(plan: Plan, forecasts: list[Forecast], problems: list[Problem], lang: Lang, paint: Paint) -> Iterator[str]:
    yield _row(_said("by-rule", lang).split("|"), RULE_WIDTHS)
    for row in _by_rule(plan):
        yield _row([str(cell) for cell in row], RULE_WIDTHS)
    yield ""
    yield from _forecasts(plan, forecasts, lang, paint)
    for p in problems:
        colour = "error" if p.is_error else "warning"
        yield from _block(paint, lang, colour, (p.path, p.rule, f"{p.term} ({p.kind})", p.problem, p.hint))
    errors = sum(problem.is_error for problem in problems)
    yield _said("problems", lang, errors=errors, warnings=len(problems) - errors)


def _forecasts(plan: Plan, forecasts: list[Forecast], lang: Lang, paint: Paint) -> Iterator[str]:
    """The terms that are listened for, the noisiest first, and those of them that cannot stay so."""
    from cslint.compiler.calibration import LIMIT
    from cslint.compiler.ordinary import PER

    yield _row(_said("by-term", lang).split("|"), TERM_WIDTHS)
    for f in forecasts:
        cells = (f.rule, visible(f.term), "+".join(f.techniques), str(f.keys), f"{f.raw:.4f}", f"{f.predicted:.5f}")
        yield _row(cells, TERM_WIDTHS) + (f"  {paint('error', _said('too-many', lang))}" if f.refused else "")
    yield paint("faint", _said("per", lang, per=PER))
    yield ""
    refused = [f for f in forecasts if f.refused]
    for f in refused:
        said = _said("noisy", lang, per=PER, predicted=f.predicted, limit=LIMIT), _said("noisy-hint", lang)
        yield from _block(paint, lang, "error", (plan.rules[f.rule].path, f.rule, f"{f.term} (noisy)", *said))
    raw, predicted = sum(f.raw for f in forecasts), sum(f.predicted for f in forecasts)
    yield _said("forecast", lang, count=len(forecasts), per=PER, raw=raw, predicted=predicted)
    yield _said("refused", lang, count=len(refused), per=PER, limit=LIMIT)


def _block(paint: Paint, lang: Lang, colour: str, said: tuple[str, str, str, str, str]) -> Iterator[str]:
    """Path, rule, term, problem and hint as one block."""
    path, rule, term, problem, hint = said
    yield f"{paint('bold', path)}: {paint(colour, rule)} {visible(term)}"
    yield f"  {paint('mark', '=')} {visible(problem)}"
    yield f"  {paint('mark', '=')} {paint('faint', _said('hint', lang))}{hint}"


def _row(cells: tuple[str, ...] | list[str], widths: tuple[int, ...]) -> str:
    """Cells in columns of these widths."""
    return "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    room = abs(width) - 1
    if cell_len(text) > room:
        text = set_cell_size(text, room - 1).rstrip() + "…"
    pad = " " * (abs(width) - cell_len(text))
    return pad + text if width < 0 else text + pad


def _said(name: str, lang: Lang, **values: object) -> str:
    text = _WORDS[name][0 if lang == "zh" else 1]
    return text.format(**values) if values else text
