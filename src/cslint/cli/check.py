"""`cslint check`: read, judge, report, and say with the exit code how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import typer

from cslint import reporters
from cslint.cli.binding import takes
from cslint.cli.checking import Checking
from cslint.cli.console import is_terminal, style_for
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.cli.linting import build_linter
from cslint.cli.notices import Notices
from cslint.cli.options import CheckOptions
from cslint.cli.sources import nothing_named, sources
from cslint.reporters.run import FileReport, Report, Run


@takes(CheckOptions)
def check(ctx: typer.Context, options: CheckOptions) -> None:
    """Check files, folders or standard input: chat exports, reply templates, product listings.

    Exit code 0: clean. 1: findings at or above --fail-on. 2: a file could not be read, or a wrong option.
    """
    notices = Notices(options.language, quiet=options.quiet)
    if nothing_named(options):
        typer.echo(ctx.get_help(), err=True)
        notices.error("no path given and nothing piped in: cslint check PATH…, or cslint check - to type text")
        raise typer.Exit(ExitCode.ERROR)
    raise typer.Exit(run_check(options, notices))


def run_check(options: CheckOptions, notices: Notices) -> ExitCode:
    """Check what the options name and write the report."""
    checking = Checking(build_linter(options), options, notices)
    with _output(options) as out:
        mask = options.mask if options.mask is not None else not is_terminal(out)
        files = checking.files(sources(options, notices))
        run = Run(
            _masked(files) if mask else files,
            platforms=tuple(options.platform),
            masked=mask,
            show_passed=options.show_passed,
        )
        if not options.platform:
            notices.say("no-platform")
        _report(options)(run, out, style_for(out, options.language, footer=not options.quiet))
        out.flush()
    checking.say_notices()
    if checking.failed:
        return ExitCode.ERROR
    if run.at_or_above(options.fail_on) and not options.exit_zero:
        return ExitCode.FINDINGS
    return ExitCode.CLEAN


def _report(options: CheckOptions) -> Report:
    if options.statistics and options.format in reporters.TEXT_FORMATS:
        return reporters.statistics_reporter()
    return reporters.reporter(options.format)


def _masked(files: Iterator[FileReport]) -> Iterator[FileReport]:
    from cslint.reporters.masking import mask_file

    return map(mask_file, files)


@contextmanager
def _output(options: CheckOptions) -> Iterator[TextIO]:
    if options.output is None:
        yield sys.stdout
        return
    try:
        out = open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: PTH123, SIM115
    except OSError as error:
        raise CommandError(f"{options.output}: cannot be written: {error.strerror}") from None
    with out:
        yield out
