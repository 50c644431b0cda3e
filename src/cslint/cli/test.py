"""`cslint test`: run the examples that rule files carry."""

from __future__ import annotations

import sys

import typer

from cslint.cli.binding import takes
from cslint.cli.console import style_for
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.cli.options import TestOptions
from cslint.reporters.colour import Paint
from cslint.reporters.escapes import visible
from cslint.rulebook.examples import Failure, run_examples


@takes(TestOptions)
def test(_ctx: typer.Context, options: TestOptions) -> None:
    """Run the examples of rule files: every `hit` must be found, every `miss` stay silent, no rewrite break a rule."""
    paths = options.paths()
    for path in paths:
        if not path.exists():
            raise CommandError(f"{path}: no such word list\n  hint: name a rule file or a folder of them")
    report = run_examples(paths, cache=not options.no_cache)
    if paths and not report.rules:
        raise CommandError(f"no rule below {', '.join(map(str, paths))}")
    paint = Paint(style_for(sys.stdout, options.language).colour)
    for failure in report.failures:
        print(_line(failure, paint))
    print(_footer(report.rules, report.examples, len(report.failures), options.lang))
    if report.failures:
        raise typer.Exit(ExitCode.FINDINGS)


def _line(failure: Failure, paint: Paint) -> str:
    where = f"{paint('bold', failure.path)}: {paint('error', failure.rule)}"
    return f"{where} {visible(failure.text)}\n  {paint('mark', '=')} {visible(failure.problem)}"


def _footer(rules: int, examples: int, failures: int, lang: str) -> str:
    if lang == "zh":
        return (
            f"{rules} 条规则，{examples} 个例子，{failures} 个不符。"
            if failures
            else f"{rules} 条规则，{examples} 个例子，全部通过。"
        )
    result = f"{failures} failed" if failures else "all passed"
    return f"{rules} rules, {examples} examples: {result}."
