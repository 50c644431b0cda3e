"""Sources through the linter, one file after another: what the reports are given."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import tee
from typing import TYPE_CHECKING, cast

from cslint.cli.console import is_terminal
from cslint.cli.notices import Notices, some
from cslint.cli.options import CheckOptions
from cslint.cli.source_lines import SourceLines
from cslint.cli.sources import Source
from cslint.model import SEVERITIES, Finding, Unit, UnitKind, Verdict
from cslint.readers import Input, ReadNotes, UnreadableError, read
from cslint.reporters.masking import mask_name
from cslint.reporters.run import FileReport

if TYPE_CHECKING:
    from cslint.linter import Linter

_UTF8 = ("utf-8", "utf-8-sig")


class Checking:
    """One run of `check`. ``failed`` counts what could not be read."""

    def __init__(self, linter: Linter, options: CheckOptions, notices: Notices) -> None:
        self._linter, self._options, self._notices = linter, options, notices
        self._least = SEVERITIES.index(options.min_severity)
        self._read_notes = ReadNotes()
        self._encodings: dict[str, str] = {}  # path -> what it was decoded from, if not UTF-8
        self.failed = 0

    def files(self, sources: Iterable[Source | UnreadableError]) -> Iterator[FileReport]:
        """Check each source. What cannot be read is reported on stderr and does not stop the others."""
        for source in sources:
            if isinstance(source, UnreadableError):
                yield self._unreadable(source)
                continue
            try:
                given = source.load()
            except UnreadableError as error:
                yield self._unreadable(error)
                continue
            yield self._check(source.name, given)

    def _unreadable(self, error: UnreadableError) -> FileReport:
        self.failed += 1
        self._notices.error(f"{error.path}: {error.problem}\n  hint: {error.hint}")
        return FileReport(path=error.path, problem=error.problem)

    def _check(self, path: str, given: Input) -> FileReport:
        lines = SourceLines(given, self._options.encoding)
        reading = _Reading(lines.watching(self._units(path, given)))
        units: Iterator[Unit] = iter(reading)
        passed: list[Verdict] = []
        if self._options.show_passed:
            units, again = tee(units)
            passed = [v for v in self._linter.verdicts_units(again) if not v.accepted]
        findings = sorted(lines.keeping(self._linter.check_units(units)), key=_in_file_order)
        problem = ""
        if reading.error is not None:
            problem = self._unreadable(reading.error).problem
        elif self._options.encoding is None and (encoding := lines.encoding()) not in _UTF8:
            self._encodings[path] = encoding
        return FileReport(
            path=path,
            findings=tuple(f for f in findings if self._is_shown(f)),
            passed=tuple(sorted(passed, key=_in_file_order)),
            hidden=Counter[str](f.severity for f in findings if not self._is_shown(f)),
            texts=reading.count,
            problem=problem,
            line_of=lines,
        )

    def _is_shown(self, finding: Finding) -> bool:
        return SEVERITIES.index(finding.severity) >= self._least

    def _units(self, path: str, given: Input) -> Iterator[Unit]:
        options = self._options
        unit = cast(UnitKind, options.unit)  # or auto; the option table admits nothing else
        agents = tuple(options.agents)
        return read(path, unit=unit, agents=agents, encoding=options.encoding, data=given, notes=self._read_notes)

    def say_notices(self) -> None:
        """What reading left to say, once all files are read."""
        notes, say = self._read_notes, self._notices.say
        if notes.guessed["public"]:
            say("guessed-public", count=notes.guessed["public"])
        if notes.unknown_roles:
            say("unknown-roles", count=notes.unknown_roles, who=some(self._names(notes.unknown_speakers)))
        if notes.columns_aside:
            say("columns-aside", which=some(list(notes.columns_aside)))
        if notes.unrecognised:
            say("unrecognised", count=len(notes.unrecognised), which=some(notes.unrecognised))
        if notes.ragged_rows:
            say("ragged-rows", count=notes.ragged_rows)
        if notes.textless:
            say("textless", count=notes.textless)
        if self._encodings:
            which = some([f"{path} ({encoding})" for path, encoding in self._encodings.items()])
            say("not-utf-8", count=len(self._encodings), which=which)

    def _names(self, speakers: Iterable[str]) -> list[str]:
        """Speakers as stderr may name them: one of them may be a buyer."""
        mask = self._options.mask if self._options.mask is not None else not is_terminal(sys.stderr)
        return [(mask_name(name) if mask else name) or "?" for name in speakers]


class _Reading:
    """Hands units on and counts them. Keeps the error that ended it: what was read before it is still checked."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = units
        self.count = 0
        self.error: UnreadableError | None = None

    def __iter__(self) -> Iterator[Unit]:
        try:
            for unit in self._units:
                self.count += 1
                yield unit
        except UnreadableError as error:
            self.error = error


def _in_file_order(item: Finding | Verdict) -> tuple[int, int, int, str]:
    """By place, then by rule; cells of workbooks, whose lines are their own, stay in the order of their sheets."""
    place = item.place
    if place.sheet is not None or place.path.endswith(".parquet"):
        return 0, 0, 0, ""
    return place.line, place.column, place.end_column, item.rule
