"""`--fix` and `--diff`: files with rewrites in place, saved or shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from cslint.cli.checking import Checking
from cslint.cli.configured import Judging
from cslint.cli.notices import Notices
from cslint.cli.sifting import Sifting
from cslint.cli.sources import Source
from cslint.fixer.atomic import write_atomically
from cslint.fixer.diff import unified_diff
from cslint.fixer.files import FixedFile, fix_file
from cslint.readers import LARGEST_WHOLE, Input, UnreadableError, decode
from cslint.reporters.escapes import visible
from cslint.reporters.run import FileReport


def source_is_file(source: Source | UnreadableError) -> bool:
    """Whether it can be written back to."""
    return isinstance(source, Source) and source.is_file


class Fixing:
    """Fixes the sources of a run. ``count`` is how many findings were fixed, ``files`` in how many files."""

    def __init__(
        self, checking: Checking, sifting: Sifting, judging: Judging, notices: Notices, *, unsafe: bool
    ) -> None:
        self._checking, self._sifting, self._judging, self._notices = checking, sifting, judging, notices
        self._unsafe = unsafe
        self.count = self.files = 0
        self.standard_input: bytes | None = None  # standard input as fixed

    def saved(self, sources: Iterable[Source | UnreadableError]) -> Iterator[FileReport]:
        """Fix each source and save it; then report what is left in it."""
        for source in sources:
            loaded = self._checking.load(source)
            if isinstance(loaded, FileReport):
                yield loaded
                continue
            path, given = loaded
            fixed = self._fixed(path, given)
            if fixed is None:
                if not source_is_file(source):
                    self.standard_input = given.whole(LARGEST_WHOLE)
                yield self._checking.check(path, given)
                continue
            if fixed.applied and source_is_file(source):
                try:
                    write_atomically(Path(path), fixed.data)
                except OSError as error:
                    hint = "correct the permissions of the file and its folder"
                    yield self._checking.unreadable(
                        UnreadableError(path, f"cannot be written ({error.strerror})", hint)
                    )
                    continue
            elif not source_is_file(source):
                self.standard_input = fixed.data
            yield self._checking.check(path, Input(path, fixed.data), fixed=len(fixed.applied))
        yield from self._entries_taken_out()

    def shown(self, sources: Iterable[Source | UnreadableError], out: TextIO) -> None:
        """Write the diff of each source to ``out``; nothing is saved."""
        for source in sources:
            loaded = self._checking.load(source)
            if isinstance(loaded, FileReport):
                continue
            path, given = loaded
            fixed = self._fixed(path, given)
            if fixed is None or not fixed.applied:
                continue
            data = given.whole(LARGEST_WHOLE)
            if data.startswith(b"PK"):
                for finding in fixed.applied:
                    out.write(f"{path}: {finding.place.sheet}!{finding.place.cell}: {visible(finding.message)}\n")
                continue
            out.writelines(unified_diff(path, self._text(path, data), self._text(path, fixed.data)))

    def _fixed(self, path: str, given: Input) -> FixedFile | None:
        """The file with rewrites in place; None where it cannot be read, which checking will say."""
        try:
            fixed = fix_file(
                path,
                given.whole(LARGEST_WHOLE),
                encoding=self._judging.settings(path).encoding,
                check=lambda now: self._checking.findings(path, now),
                read=lambda now: self._checking.read_again(path, now),
                unsafe=self._unsafe,
            )
        except UnreadableError:
            return None
        if fixed.problem:
            self._notices.say_each("not-fixed", path=path, problem=fixed.problem)
        self.count += len(fixed.applied)
        self.files += bool(fixed.applied)
        return fixed

    def _entries_taken_out(self) -> Iterator[FileReport]:
        """Take the entries that cover nothing out of the sidecars."""
        for report in self._sifting.unused_entries():
            count = self._sifting.take_out(report.path, report.findings)
            self.count += count
            self.files += bool(count)
            rest = report.findings if not count else ()
            yield FileReport(path=report.path, findings=rest, fixed=count, line_of=report.line_of)

    def _text(self, path: str, data: bytes) -> str:
        return decode(data, self._judging.settings(path).encoding, path)[0]
