"""`cslint check`: read, judge, report, and say with the exit code how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TextIO

import typer

from cslint import reporters
from cslint.cli.binding import takes
from cslint.cli.checking import Checking
from cslint.cli.configured import Judging, configured
from cslint.cli.console import is_terminal, style_for
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.cli.fixing import Fixing
from cslint.cli.notices import Notices
from cslint.cli.options import CheckOptions
from cslint.cli.progress import tracked
from cslint.cli.sifting import Sifting
from cslint.cli.sources import Source, nothing_named, sources
from cslint.cli.watch import watch
from cslint.readers import UnreadableError
from cslint.reporters.run import FileReport, Report, Run


@takes(CheckOptions)
def check(ctx: typer.Context, options: CheckOptions) -> None:
    """Check files, folders or standard input: chat exports, reply templates, product listings.

    Exit code 0: clean. 1: findings at or above --fail-on. 2: a file could not be read, or a wrong option.
    """
    options = configured(ctx, options)
    notices = Notices(options.language, quiet=options.quiet)
    if nothing_named(options):
        typer.echo(ctx.get_help(), err=True)
        notices.error("no path given and nothing piped in: cslint check PATH…, or cslint check - to type text")
        raise typer.Exit(ExitCode.ERROR)
    raise typer.Exit(watch(options, run_check) if options.watch else run_check(options, notices))


def run_check(options: CheckOptions, notices: Notices) -> ExitCode:
    """Check what the options name and write the report."""
    judging = Judging(options)
    sifting = Sifting(options, judging)
    checking = Checking(options, judging, notices, sifting)
    fixing = Fixing(checking, sifting, judging, notices, unsafe=options.unsafe_fixes)
    named = tracked(list(sources(options, notices, judging)), options)
    if options.diff:
        return _diff(options, notices, checking, fixing, named)
    with _output(options) as out:
        files = fixing.saved(named) if options.fix else checking.files(named)
        run = _reported(options, judging, files, out, aside=options.fix and _reads_standard_input(options))
    if fixing.standard_input is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(fixing.standard_input)
        sys.stdout.buffer.flush()
    checking.say_notices()
    gone = sifting.say_gone(notices)
    if checking.failed or (gone and options.strict_baseline):
        return ExitCode.ERROR
    if run.at_or_above(options.fail_on) and not options.exit_zero:
        return ExitCode.FINDINGS
    return ExitCode.CLEAN


def _reported(options: CheckOptions, judging: Judging, files: Iterator[FileReport], out: TextIO, *, aside: bool) -> Run:
    """Write the report; to stderr if standard output is wanted for the fixed text."""
    if aside and options.output is None:
        out = sys.stderr
    mask = options.mask if options.mask is not None else not is_terminal(out)
    run = Run(
        _masked(files) if mask else files,
        platforms=judging.settings().platform,
        masked=mask,
        show_passed=options.show_passed,
    )
    _report(options)(run, out, style_for(out, options.language, footer=not options.quiet))
    out.flush()
    return run


def _diff(
    options: CheckOptions,
    notices: Notices,
    checking: Checking,
    fixing: Fixing,
    named: Iterable[Source | UnreadableError],
) -> ExitCode:
    with _output(options) as out:
        fixing.shown(named, out)
    if fixing.count:
        notices.say("would-fix", count=fixing.count, files=fixing.files)
    else:
        notices.say("nothing-to-fix")
    if checking.failed:
        return ExitCode.ERROR
    return ExitCode.FINDINGS if fixing.count and not options.exit_zero else ExitCode.CLEAN


def _reads_standard_input(options: CheckOptions) -> bool:
    return not options.paths or "-" in options.paths


def _report(options: CheckOptions) -> Report:
    if options.format == "xlsx" and find_spec("openpyxl") is None:
        raise CommandError("--format xlsx needs openpyxl\n  hint: pip install 'cslint[xlsx]'")
    if options.statistics and options.format in reporters.TEXT_FORMATS:
        return reporters.statistics_reporter()
    return reporters.reporter(options.format)


def _masked(files: Iterator[FileReport]) -> Iterator[FileReport]:
    from cslint.reporters.masking import mask_file

    return map(mask_file, files)


@contextmanager
def _output(options: CheckOptions) -> Iterator[TextIO]:
    if options.output is None:
        if options.format in reporters.BINARY_FORMATS and is_terminal(sys.stdout):
            raise CommandError(f"--format {options.format} is no text for a terminal\n  hint: name a file with -o FILE")
        yield sys.stdout
        return
    encoding = "utf-8-sig" if options.format == "csv" else "utf-8"  # spreadsheets know UTF-8 by its mark
    try:
        out = open(options.output, "w", encoding=encoding, errors="backslashreplace", newline="\n")  # noqa: PTH123, SIM115
    except OSError as error:
        raise CommandError(f"{options.output}: cannot be written: {error.strerror}") from None
    with out:
        yield out
