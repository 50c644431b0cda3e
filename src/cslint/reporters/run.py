"""What a report is given: the files of one run, one after another, and at the end the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TextIO

import msgspec

from cslint.fixer.rewrites import rewrite_of
from cslint.model import SEVERITIES, Finding, Place, Verdict
from cslint.reporters.labels import Lang

LineLookup = Callable[[Place], str | None]
"""The source line on which a place begins, without its line end; None where the source has none to show."""


def no_lines(_place: Place) -> str | None:
    """A lookup for a source whose lines cannot be shown."""
    return None


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How to write: the language, whether to colour, the width in cells, whether the stream takes only ASCII."""

    lang: Lang = "zh"
    colour: bool = False
    width: int = 100
    ascii_only: bool = False  # asked of formats for programs, whose stream is not UTF-8
    footer: bool = True


class Suppressed(msgspec.Struct, frozen=True):
    """A finding that is let stand, where that is said (``inSource`` or ``external``), and the reason given."""

    finding: Finding
    kind: str
    reason: str


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one file. ``findings`` and ``passed`` stand in the order of the file."""

    path: str
    findings: tuple[Finding, ...] = ()
    passed: tuple[Verdict, ...] = ()
    hidden: dict[str, int] = {}  # severity -> findings below --min-severity
    suppressed: tuple[Suppressed, ...] = ()
    known: int = 0  # findings that the baseline has
    fixed: int = 0  # findings that --fix has taken out of the file
    texts: int = 0
    problem: str = ""  # why the file could not be read, or not to its end
    line_of: LineLookup = no_lines
    measure: LineLookup = no_lines  # the line as it is, never masked: to convert columns by, not to be shown


class Unreadable(msgspec.Struct, frozen=True):
    """A file that could not be read, or not to its end: never to be taken for a clean one."""

    path: str
    problem: str


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a run. ``by_severity`` and ``by_rule`` count what is shown, ``hidden`` what is not.

    ``known`` counts what the baseline has; ``fixable`` what --fix would fix, ``fixable_unsafe`` what --unsafe-fixes would
    fix besides.
    """

    files: int
    texts: int
    findings: int
    by_severity: dict[str, int]
    by_rule: dict[str, int]
    hidden: dict[str, int]
    platforms: tuple[str, ...]
    masked: bool
    suppressed: int
    known: int
    fixed: int
    fixable: int
    fixable_unsafe: int
    unreadable: tuple[Unreadable, ...]


class Run:
    """The files of one run. Iterate once; ``summary()`` speaks of the files handed out so far."""

    def __init__(
        self,
        files: Iterable[FileReport],
        *,
        platforms: tuple[str, ...] = (),
        masked: bool = False,
        show_passed: bool = False,
    ) -> None:
        self.show_passed = show_passed
        self.names: dict[str, str] = {}  # rule id -> name, of the findings shown
        self._files = files
        self._platforms = platforms
        self._masked = masked
        self._file_count = self._texts = 0
        self._severities: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._hidden: Counter[str] = Counter()
        self._suppressed = self._known = self._fixed = 0
        self._fixable = {"safe": 0, "unsafe": 0}
        self._unreadable: list[Unreadable] = []

    def __iter__(self) -> Iterator[FileReport]:
        for file in self._files:
            self._count(file)
            yield file

    def _count(self, file: FileReport) -> None:
        self._texts += file.texts
        if file.problem:
            self._unreadable.append(Unreadable(file.path, file.problem))
        else:
            self._file_count += 1
        self._suppressed += len(file.suppressed)
        self._known += file.known
        self._fixed += file.fixed
        for finding in file.findings:
            if rewrite_of(finding, unsafe=True) is not None:
                self._fixable["safe" if rewrite_of(finding, unsafe=False) is not None else "unsafe"] += 1
            self._severities[finding.severity] += 1
            self._rules[finding.rule] += 1
            self.names.setdefault(finding.rule, finding.name)
        self._hidden.update(file.hidden)

    def summary(self) -> Summary:
        """The figures of all files handed out so far."""
        return Summary(
            files=self._file_count,
            texts=self._texts,
            findings=self._severities.total(),
            by_severity=_strongest_first(self._severities),
            by_rule=dict(sorted(self._rules.items(), key=lambda item: (-item[1], item[0]))),
            hidden=_strongest_first(self._hidden),
            platforms=self._platforms,
            masked=self._masked,
            suppressed=self._suppressed,
            known=self._known,
            fixed=self._fixed,
            fixable=self._fixable["safe"],
            fixable_unsafe=self._fixable["unsafe"],
            unreadable=tuple(self._unreadable),
        )

    def at_or_above(self, severity: str) -> int:
        """How many findings weigh at least ``severity``, hidden ones included."""
        heavy = SEVERITIES[SEVERITIES.index(severity) :]
        return sum(self._severities[s] + self._hidden[s] for s in heavy)


def _strongest_first(counts: Counter[str]) -> dict[str, int]:
    return {severity: counts[severity] for severity in reversed(SEVERITIES)}


class Report(Protocol):
    """Writes a run. The only thing that a format has to offer."""

    def __call__(self, run: Run, out: TextIO, style: Style) -> None: ...
