"""`cslint score`: what chats show of each agent and day."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import typer

from cslint.cli.binding import takes
from cslint.cli.configured import Judging, configured
from cslint.cli.console import is_terminal, style_for
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.cli.linting import review_of
from cslint.cli.notices import Notices, some
from cslint.cli.options import ScoreOptions
from cslint.cli.sources import Source, nothing_named, sources
from cslint.config.settings import read_options
from cslint.masking import mask_name
from cslint.model import Finding, Unit, UnitKind
from cslint.readers import ReadNotes, UnreadableError, read

if TYPE_CHECKING:
    from cslint.linter import Linter
    from cslint.scorecard.card import Scorecard
    from cslint.scorecard.imported import Imported
    from cslint.scorecard.sheet import Sheet
    from cslint.scorecard.tally import Tallies

CONFIG = "cslint.toml"


@takes(ScoreOptions)
def score(ctx: typer.Context, options: ScoreOptions) -> None:
    """Score chats by agent and day: answer times as the platforms measure them, findings, points, grades.

    Exit code 0: scored. 2: a file could not be read, or a wrong option. Give --platform: answer times are measured
    by the definitions of that platform.
    """
    options = configured(ctx, options)
    notices = Notices(options.language, quiet=options.quiet)
    if nothing_named(options):
        typer.echo(ctx.get_help(), err=True)
        notices.error("no path given and nothing piped in: cslint score PATH…")
        raise typer.Exit(ExitCode.ERROR)
    if options.format == "xlsx" and options.output is None:
        raise CommandError("--format xlsx needs a file: -o scores.xlsx")
    scoring = _Scoring(options, notices)
    card = scoring.card()
    _write(card, options)
    scoring.say_notices(card)
    raise typer.Exit(ExitCode.ERROR if scoring.failed else ExitCode.CLEAN)


class _Scoring:
    """One run. ``failed`` counts what could not be read."""

    def __init__(self, options: ScoreOptions, notices: Notices) -> None:
        self.options, self.notices = options, notices
        self.failed = 0
        self._judging = Judging(options)
        self._notes = ReadNotes()
        self._review = review_of(options)
        self._overturned = 0

    def card(self) -> Scorecard:
        """Read, judge and count everything."""
        from cslint.scorecard.card import scorecard
        from cslint.scorecard.mask import masked
        from cslint.scorecard.tally import Tallies

        options = self.options
        linter = self._judging.linter()
        sheet, imported = _sheet(options), _imported(options)
        measured = [rule for rule in linter.active_conversation_rules() if rule.measure is not None]
        tallies = Tallies(sheet, linter.rules, measured)
        with self._review_file() as keep:
            self._count(linter, tallies, keep)
        if not linter.platforms:
            self.notices.say("no-platform")
        card = scorecard(
            tallies, measured, list(linter.platforms), options.lang, imported=imported, overturned=self._overturned
        )
        return masked(card) if self._masks() else card

    def _masks(self) -> bool:
        if self.options.mask is not None:
            return self.options.mask
        return self.options.output is not None or not is_terminal(sys.stdout)

    def _count(self, linter: Linter, tallies: Tallies, keep: list[Finding] | None) -> None:
        from cslint.conversation.inspect import Inspected

        for found in linter.inspect_units(self._units()):
            if isinstance(found, Inspected):
                findings = [f for m in found.conversation.messages for f in m.findings] + found.findings
                overturned = [f for f in findings if self._review is not None and self._review.overturned(f)]
                self._overturned += len(overturned)
                tallies.add(found, overturned)
                if keep is not None:
                    keep.extend(findings)
            elif found.group == "conversation":
                tallies.add_shop(found)

    def _units(self) -> Iterator[Unit]:
        for source in sources(self.options, self.notices, self._judging):
            try:
                if isinstance(source, UnreadableError):
                    raise source
                yield from self._read(source)
            except UnreadableError as error:
                self.failed += 1
                self.notices.error(f"{error.path}: {error.problem}\n  hint: {error.hint}")

    def _read(self, source: Source) -> Iterator[Unit]:
        settings = self._judging.settings(source.name)
        yield from read(
            source.name,
            unit=cast(UnitKind, settings.unit),
            encoding=settings.encoding,
            data=source.load(),
            options=read_options(settings),
            notes=self._notes,
        )

    @contextmanager
    def _review_file(self) -> Iterator[list[Finding] | None]:
        """The list of findings that reviewers are to decide on, written when it is complete; None if nobody asked."""
        name = self.options.write_review
        if name is None:
            yield None
            return
        from cslint.scorecard.review import Review, write_review

        kept: list[Finding] = []
        yield kept
        with _opened(name) as out:
            out.write("\ufeff")
            write_review(self._to_show(kept), self._review or Review(), out)

    def _to_show(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        from cslint.reporters.masking import mask_finding

        return map(mask_finding, findings) if self.options.mask is not False else iter(findings)

    def say_notices(self, card: Scorecard) -> None:
        """What has to be known to read the card."""
        say, notes = self.notices.say, self._notes
        if notes.unknown_roles:
            hide = self._masks()
            who = [(mask_name(name) if hide else name) or "?" for name in notes.unknown_speakers]
            say("unknown-roles", count=notes.unknown_roles, who=some(who))
        for name in ("left_out", "untimed", "duplicates", "overturned"):
            if count := getattr(card, name):
                say(name.replace("_", "-"), count=count)
        if card.masked:
            say("masked")


def _sheet(options: ScoreOptions) -> Sheet:
    from cslint.scorecard.sheet import Sheet, SheetError, read_sheet

    path = Path(options.sheet or CONFIG)
    if options.sheet is None and (options.isolated or not path.is_file()):
        return Sheet()
    try:
        return read_sheet(path)
    except SheetError as error:
        raise CommandError(str(error)) from None


def _imported(options: ScoreOptions) -> dict[str, Imported]:
    from cslint.scorecard.imported import ImportedError, read_imported

    if options.import_ is None:
        return {}
    try:
        return read_imported(Path(options.import_))
    except ImportedError as error:
        raise CommandError(str(error)) from None


def _write(card: Scorecard, options: ScoreOptions) -> None:
    from cslint.scorecard import reports

    if options.format == "xlsx":
        assert options.output is not None
        try:
            data = reports.as_xlsx(card, options.language)
        except ImportError:
            raise CommandError("--format xlsx needs XlsxWriter\n  hint: pip install 'cslint[xlsx]'") from None
        try:
            Path(options.output).write_bytes(data)
        except OSError as error:
            raise CommandError(f"{options.output}: cannot be written: {error.strerror}") from None
        return
    with _opened(options.output) as out:
        style = style_for(out, options.language, footer=not options.quiet)
        if options.format == "json":
            reports.write_as_json(card, out, style)
        elif options.format == "csv":
            reports.write_as_csv(card, out, options.language)
        else:
            reports.write_as_table(card, out, style)
        out.flush()


@contextmanager
def _opened(name: str | None) -> Iterator[TextIO]:
    if name is None:
        yield sys.stdout
        return
    try:
        out = open(name, "w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: PTH123, SIM115
    except OSError as error:
        raise CommandError(f"{name}: cannot be written: {error.strerror}") from None
    with out:
        yield out
