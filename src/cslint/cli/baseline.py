"""`cslint baseline`: write down the findings of today, so that `check --baseline` reports only new ones."""

from __future__ import annotations

from pathlib import Path

import typer

from cslint.baseline import FILE, Baseline, BaselineError, read_baseline, written
from cslint.cli.binding import takes
from cslint.cli.checking import Checking
from cslint.cli.configured import Judging, configured
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.cli.notices import Notices
from cslint.cli.options import BaselineOptions
from cslint.cli.sifting import Sifting
from cslint.cli.sources import nothing_named, sources
from cslint.fixer.atomic import write_atomically


@takes(BaselineOptions)
def baseline(ctx: typer.Context, options: BaselineOptions) -> None:
    """Write the findings of PATHS into cslint-baseline.json (or --baseline FILE); --prune only takes out what is gone.

    The file holds rule, path, a hash of the masked text and a count: no text, no lines, no dates.
    """
    options = configured(ctx, options)
    notices = Notices(options.language, quiet=options.quiet)
    for flag in ("fix", "diff", "watch", "statistics", "show_passed"):
        if getattr(options, flag):
            raise CommandError(f"--{flag.replace('_', '-')} belongs to `cslint check`")
    if nothing_named(options):
        raise CommandError("no path given: cslint baseline PATH…")
    path = Path(options.output or options.baseline or FILE)
    judging = Judging(options)
    known = Baseline(path.absolute().parent, _entries(path, needed=options.prune))
    sifting = Sifting(options, judging, baseline=known)
    checking = Checking(options, judging, notices, sifting)
    for _ in checking.files(sources(options, notices, judging)):
        pass
    checking.say_notices()
    if checking.failed:
        raise CommandError("the baseline was not written: not every file could be read")
    entries = known.pruned(sifting.looked_for()) if options.prune else known.renewed()
    _write(path, written(entries))
    counts = [count for rules in entries.values() for hashes in rules.values() for count in hashes.values()]
    shown = options.baseline or options.output or FILE
    notices.say("baseline-pruned" if options.prune else "baseline-written", count=sum(counts), file=shown)
    raise typer.Exit(ExitCode.CLEAN)


def _entries(path: Path, *, needed: bool) -> dict[str, dict[str, dict[str, int]]]:
    if not needed and not path.exists():
        return {}
    try:
        return read_baseline(path)
    except BaselineError as error:
        raise CommandError(str(error)) from None


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {error.strerror}") from None
