"""What becomes of the findings of a file: suppressed, known from the baseline, below the level shown, or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cslint.baseline import Baseline, BaselineError, key_of, read_baseline
from cslint.cli.configured import Judging
from cslint.cli.errors import CommandError
from cslint.cli.notices import Notices
from cslint.cli.options import CheckOptions
from cslint.config.toml import shown
from cslint.model import SEVERITIES, Finding, Unit, Verdict
from cslint.readers import Source
from cslint.reporters.run import FileReport, Suppressed
from cslint.rulebook.rule import Rule
from cslint.suppression.directives import names
from cslint.suppression.inline import Inline
from cslint.suppression.rules import RULES as SUPPRESSION_RULES
from cslint.suppression.sidecar import Sidecars
from cslint.unit_index import UnitIndex

if TYPE_CHECKING:
    from cslint.linter import Linter


class Sifted(NamedTuple):
    """The findings of one file, sorted by what becomes of them."""

    shown: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    hidden: Counter[str]
    known: int


class Sifting:
    """One run's suppressions and baseline."""

    def __init__(self, options: CheckOptions, judging: Judging, *, baseline: Baseline | None = None) -> None:
        self._options, self._judging = options, judging
        self._least = SEVERITIES.index(options.min_severity)
        self.baseline = baseline if baseline is not None else _baseline_of(options)
        self._active: dict[int, tuple[Linter, list[Rule]]] = {}

    @cached_property
    def _sidecars(self) -> Sidecars | None:
        return None if self._options.isolated else Sidecars(self._judging.linter().rules)

    def sift(
        self, path: str, linter: Linter, findings: Sequence[Finding], text: Callable[[], str],
        units: Callable[[], Sequence[Unit]],
    ) -> Sifted:  # fmt: skip
        """Sort the findings of a file. ``text`` and ``units`` are asked for where a suppression or the baseline needs them."""
        found = _Found(findings, units)
        suppressed = [*self._inline(path, linter, found, text), *self._by_sidecar(path, found)]
        left = sorted(found.left, key=in_file_order)
        kept = self._new(path, left, found)
        shown = tuple(f for f in kept if self._is_shown(f))
        hidden = Counter[str](f.severity for f in kept if not self._is_shown(f))
        return Sifted(shown, tuple(suppressed), hidden, len(left) - len(kept))

    def unused_entries(self) -> Iterator[FileReport]:
        """The entries of sidecars that covered nothing; to be asked once all files have been checked."""
        linter = self._judging.linter()
        if self._sidecars is None or not self._wants("SUP001"):
            return
        active = self._active_rules(linter)
        for sidecar in self._sidecars.all():
            folder = sidecar.path.parent
            whole = any(
                folder.is_relative_to(Path(path).absolute()) for path in self._options.paths if Path(path).is_dir()
            )
            findings = tuple(sidecar.unused(active, whole, self._options.lang))
            lines = sidecar.text.split("\n")
            if findings:
                yield FileReport(
                    path=shown(sidecar.path),
                    findings=tuple(f for f in findings if self._is_shown(f)),
                    hidden=Counter(f.severity for f in findings if not self._is_shown(f)),
                    line_of=lambda place, lines=lines: lines[place.line - 1],  # type: ignore[misc]
                )

    def take_out(self, path: str, findings: Sequence[Finding]) -> int:
        """Take the unused entries that ``findings`` speak of out of a sidecar; how many."""
        for sidecar in self._sidecars.all() if self._sidecars is not None and findings else ():
            if shown(sidecar.path) == path:
                return sidecar.take_out(findings)
        return 0

    def say_gone(self, notices: Notices) -> bool:
        """Say how many entries of the baseline are gone; whether there are any."""
        if self.baseline is None:
            return False
        gone = self.baseline.gone(self.looked_for())
        if gone:
            notices.say("baseline-gone", count=gone, file=self._options.baseline)
        return gone > 0

    def looked_for(self) -> Collection[str]:
        """The ids of the rules that this run looks for."""
        return {rule.id for rule in self._active_rules(self._judging.linter())}

    def _inline(self, path: str, linter: Linter, found: _Found, text: Callable[[], str]) -> Iterator[Suppressed]:
        from cslint.suppression.comments import has_comments

        if not has_comments(path):
            return
        inline = Inline(Source(text(), path), linter.rules, self._active_rules(linter), self._options.lang)
        for finding in list(found.left):
            if inline.is_comment(finding):
                found.left.remove(finding)
            elif (reason := inline.covers(finding)) is not None:
                found.left.remove(finding)
                yield Suppressed(finding, "inSource", reason)
        found.left += [f for f in inline.findings() if self._wants(f.rule)]

    def _by_sidecar(self, path: str, found: _Found) -> Iterator[Suppressed]:
        sidecar = self._sidecars.for_file(path) if self._sidecars is not None else None
        for finding in list(found.left) if sidecar is not None else ():
            reason = sidecar.covers(finding, found.index.unit_of(finding)) if sidecar is not None else None
            if reason is not None:
                found.left.remove(finding)
                yield Suppressed(finding, "external", reason)

    def _new(self, path: str, findings: Sequence[Finding], found: _Found) -> list[Finding]:
        if self.baseline is None:
            return list(findings)
        sightings = [key_of(f, found.index.unit_of(f)) for f in findings]
        new = self.baseline.new(path, sightings)
        return [finding for finding, is_new in zip(findings, new, strict=True) if is_new]

    def _is_shown(self, finding: Finding) -> bool:
        return SEVERITIES.index(finding.severity) >= self._least

    def _wants(self, rule_id: str) -> bool:
        """Whether a finding about suppressions is selected: they stand in no rulebook."""
        settings, rule = self._judging.settings(), SUPPRESSION_RULES[rule_id]
        if any(names(s, rule.id, rule.name, rule.group) for s in settings.ignore):
            return False
        wanted = (*settings.select, *settings.extend_select) if settings.select is not None else None
        return wanted is None or any(names(s, rule.id, rule.name, rule.group) for s in wanted)

    def _active_rules(self, linter: Linter) -> list[Rule]:
        if id(linter) not in self._active:
            self._active[id(linter)] = (linter, list(linter.active_rules()))
        return self._active[id(linter)][1]


class _Found:
    """Findings that are still to be sorted, and the units they stand in, read when they are asked for."""

    def __init__(self, findings: Sequence[Finding], units: Callable[[], Sequence[Unit]]) -> None:
        self.left = list(findings)
        self._units = units

    @cached_property
    def index(self) -> UnitIndex:
        return UnitIndex(self._units() if self.left else ())


def in_file_order(item: Finding | Verdict) -> tuple[int, int, int, str]:
    """By place, then by rule; cells of workbooks, whose lines are their own, stay in the order of their sheets."""
    place = item.place
    if place.sheet is not None or place.path.endswith(".parquet"):
        return 0, 0, 0, ""
    return place.line, place.column, place.end_column, item.rule


def _baseline_of(options: CheckOptions) -> Baseline | None:
    if options.baseline is None:
        return None
    path = Path(options.baseline)
    try:
        return Baseline(path.absolute().parent, read_baseline(path))
    except BaselineError as error:
        raise CommandError(str(error)) from None
