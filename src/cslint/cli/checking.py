"""Sources through the linter, one file after another: what the reports are given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import tee
from typing import NamedTuple, cast

from cslint.cli.configured import Judging
from cslint.cli.console import is_terminal
from cslint.cli.linting import review_of
from cslint.cli.notices import Notices, some
from cslint.cli.options import CheckOptions
from cslint.cli.sifting import Sifting, in_file_order
from cslint.cli.source_lines import SourceLines
from cslint.cli.sources import Source
from cslint.config.settings import read_options
from cslint.masking import mask_name
from cslint.model import Finding, Unit, UnitKind, Verdict
from cslint.readers import Input, ReadNotes, UnreadableError, read
from cslint.reporters.run import FileReport
from cslint.result_cache import ResultCache

_TALKERS = ("agent", "bot", "customer")
_UTF8 = ("utf-8", "utf-8-sig")
LARGE = 32 << 20  # bytes of a file whose results are not kept


class Linted(NamedTuple):
    """What the linter says of one file, before suppressions and baseline."""

    findings: Sequence[Finding]
    passed: Sequence[Verdict]
    texts: int
    error: UnreadableError | None


class Checking:
    """One run over files. ``failed`` counts what could not be read."""

    def __init__(self, options: CheckOptions, judging: Judging, notices: Notices, sifting: Sifting) -> None:
        self._options, self._judging, self._notices, self._sifting = options, judging, notices, sifting
        self._read_notes = ReadNotes()
        self._encodings: dict[str, str] = {}  # path -> what it was decoded from, if not UTF-8
        self._review = review_of(options)
        self._overturned_count = 0
        self._measured = False  # whether some linter measures answer times
        self._without_platform = False
        self.failed = 0

    def files(self, sources: Iterable[Source | UnreadableError]) -> Iterator[FileReport]:
        """Check each source. What cannot be read is reported on stderr and does not stop the others."""
        for source in sources:
            loaded = self.load(source)
            yield loaded if isinstance(loaded, FileReport) else self.check(*loaded)
        yield from self._sifting.unused_entries()

    def load(self, source: Source | UnreadableError) -> tuple[str, Input] | FileReport:
        """The name of a source and what is in it, or the report that it cannot be read."""
        if isinstance(source, UnreadableError):
            return self.unreadable(source)
        try:
            return source.name, source.load()
        except UnreadableError as error:
            return self.unreadable(error)

    def unreadable(self, error: UnreadableError) -> FileReport:
        """The report of a file that cannot be read; it is said on stderr, and the run has failed."""
        self.failed += 1
        self._notices.error(f"{error.path}: {error.problem}\n  hint: {error.hint}")
        return FileReport(path=error.path, problem=error.problem)

    def check(self, path: str, given: Input, *, fixed: int = 0) -> FileReport:
        """Check one file. ``fixed`` is how many findings have been taken out of it before."""
        encoding = self._judging.settings(path).encoding
        lines = SourceLines(given, encoding)
        linted = self._lint(path, given, lines, self._read_notes)
        problem = ""
        if linted.error is not None:
            problem = self.unreadable(linted.error).problem
        elif encoding is None and (guessed := lines.encoding()) not in _UTF8:
            self._encodings[path] = guessed
        linter = self._judging.linter(path)
        self._without_platform |= not linter.platforms
        self._measured |= any(rule.measure for rule in linter.active_conversation_rules())
        sifted = self._sifting.sift(
            path, linter, self._upheld(linted.findings), lines.text, lambda: self.units(path, given)
        )
        return FileReport(
            path=path,
            findings=sifted.shown,
            passed=tuple(sorted(linted.passed, key=in_file_order)),
            suppressed=sifted.suppressed,
            hidden=sifted.hidden,
            known=sifted.known,
            fixed=fixed,
            texts=linted.texts,
            problem=problem,
            line_of=lines,
            measure=lines,
        )

    def findings(self, path: str, data: bytes) -> Sequence[Finding]:
        """The findings that would be shown, without a word: for the fixer. Raises UnreadableError."""
        given = Input(path, data)
        lines = SourceLines(given, self._judging.settings(path).encoding)
        linted = self._lint(path, given, lines, ReadNotes())
        if linted.error is not None:
            raise linted.error
        linter = self._judging.linter(path)
        sifted = self._sifting.sift(path, linter, linted.findings, lines.text, lambda: self.units(path, given))
        return sifted.shown

    def units(self, path: str, given: Input) -> list[Unit]:
        """The units of a file, up to where it breaks off."""
        return list(_Reading(self._read(path, given, ReadNotes())))

    def read_again(self, path: str, data: bytes) -> list[Unit]:
        """The units of a file. Raises UnreadableError where it breaks off."""
        return list(self._read(path, Input(path, data), ReadNotes()))

    def _lint(self, path: str, given: Input, lines: SourceLines, notes: ReadNotes) -> Linted:
        """Ask the cache, then the linter. ``notes`` take what reading leaves to say."""
        cache = self._cache
        if cache is None or given.size > LARGE:
            return self._lint_anew(path, given, lines, notes)
        key = cache.key(path, given.chunks(), (self._judging.settings(path), self._options.lang))
        held = cache.get(key)
        if held is not None:
            notes.merge(held.read_notes())
            return Linted(held.findings, (), held.texts, None)
        own = ReadNotes()
        linted = self._lint_anew(path, given, lines, own)
        notes.merge(own)
        if linted.error is None and not lines.has_cells:  # the text of a cell is in no line of the file
            cache.put(key, linted.findings, linted.texts, own)
        return linted

    @cached_property
    def _cache(self) -> ResultCache | None:
        if self._options.no_cache or self._options.show_passed:
            return None
        return ResultCache(self._judging.all_wordlists())

    def _lint_anew(self, path: str, given: Input, lines: SourceLines, notes: ReadNotes) -> Linted:
        linter = self._judging.linter(path)
        reading = _Reading(lines.watching(self._read(path, given, notes)))
        units: Iterator[Unit] = iter(reading)
        passed: list[Verdict] = []
        if self._options.show_passed:
            units, again = tee(units)
            passed = [v for v in linter.verdicts_units(again) if not v.accepted]
        findings = sorted(lines.keeping(linter.check_units(units)), key=in_file_order)
        notes.untimed += reading.untimed
        return Linted(findings, passed, reading.count, reading.error)

    def _upheld(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Without what reviewers have overturned."""
        if self._review is None:
            return findings
        kept = [finding for finding in findings if not self._review.overturned(finding)]
        self._overturned_count += len(findings) - len(kept)
        return kept

    def _read(self, path: str, given: Input, notes: ReadNotes) -> Iterator[Unit]:
        settings = self._judging.settings(path)
        return read(
            path,
            unit=cast(UnitKind, settings.unit),  # or auto; nothing else is admitted
            encoding=settings.encoding,
            data=given,
            options=read_options(settings),
            notes=notes,
        )

    def say_notices(self) -> None:
        """What checking left to say, once all files are read."""
        notes, say = self._read_notes, self._notices.say
        if self._without_platform:
            say("no-platform")
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
        if notes.untimed and self._measured:
            say("no-times", count=notes.untimed)
        if self._overturned_count:
            say("overturned", count=self._overturned_count)
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
        self.untimed = 0  # messages of conversations without a time
        self.error: UnreadableError | None = None

    def __iter__(self) -> Iterator[Unit]:
        try:
            for unit in self._units:
                self.count += 1
                self.untimed += unit.time is None and unit.conversation is not None and unit.role in _TALKERS
                yield unit
        except UnreadableError as error:
            self.error = error
