"""Fix the bytes of a file: every edit is read back, and stands only if nothing but its own span has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import msgspec

from cslint.fixer.rewrites import ROUNDS, Fixed, fixed
from cslint.fixer.spellings import Edit, Patch, Spelling, edited, spellings
from cslint.model import Finding, Unit
from cslint.readers import Source, UnreadableError, decode
from cslint.unit_index import UnitIndex

_ONE_BY_ONE = 200  # patches that are tried alone where all together could not be read back

Read = Callable[[bytes], Sequence[Unit]]


class FixedFile(msgspec.Struct, frozen=True):
    """A file with rewrites in place. ``problem`` says why it was left as it is, where that is so."""

    data: bytes
    applied: tuple[Finding, ...] = ()
    problem: str = ""


class CannotFixError(Exception):
    """A file that must be left as it is; the message says why."""


def fix_file(
    path: str,
    data: bytes,
    *,
    encoding: str | None,
    check: Callable[[bytes], Sequence[Finding]],
    read: Read,
    unsafe: bool,
) -> FixedFile:
    """Round after round until nothing is left to fix; encoding, byte-order mark and line ends stay.

    ``check`` gives the findings of the file's bytes, ``read`` its units.
    """
    now, applied = data, list[Finding]()
    try:
        for _ in range(ROUNDS):
            after, done = _round(path, now, encoding, check(now), read, unsafe=unsafe)
            if not done:
                return FixedFile(now, tuple(applied))
            now = after
            applied += done
    except CannotFixError as error:
        return FixedFile(data, problem=str(error))
    return FixedFile(data, problem="its rewrites call for one another without end")


def _round(
    path: str, data: bytes, encoding: str | None, findings: Sequence[Finding], read: Read, *, unsafe: bool
) -> tuple[bytes, list[Finding]]:
    texts = [f for f in findings if f.group != "suppression"]
    units = read(data)
    fixes = _by_unit(texts, UnitIndex(units), unsafe=unsafe)
    if not fixes:
        return _without_suppressions(path, data, encoding, findings)
    if any(unit.sheet is not None for unit, _ in fixes):
        from cslint.fixer.workbook import fix_workbook

        return _kept_if_read_back(data, fixes, units, read, lambda some: fix_workbook(data, [_patch(*f) for f in some]))
    if data.startswith(b"PK"):
        raise CannotFixError("documents of this kind cannot be written; correct it by hand")
    file = _File(path, data, encoding)
    fixes = [(unit, fix) for unit, fix in fixes if all(file.can_hold(change.text) for change in fix.changes)]
    for spelling in spellings(units[0]):
        after = file.spelled([_patch(*fix) for fix in fixes], spelling)
        if after is not None and _reads_as(after, fixes, units, read):
            return after, [finding for _, fix in fixes for finding in fix.applied]
    return _one_by_one(file, fixes, read)


def _by_unit(findings: Iterable[Finding], index: UnitIndex, *, unsafe: bool) -> list[tuple[Unit, Fixed]]:
    """What to change in which unit."""
    groups: dict[int, tuple[Unit, list[Finding]]] = {}
    for finding in findings:
        unit = index.unit_of(finding)
        if unit is not None:
            groups.setdefault(id(unit), (unit, []))[1].append(finding)
    fixes = [(unit, fixed(unit.text, found, unsafe=unsafe)) for unit, found in groups.values()]
    return [(unit, fix) for unit, fix in fixes if fix.applied]


def _patch(unit: Unit, fix: Fixed) -> Patch:
    return Patch(unit, fix.changes)


def _one_by_one(file: _File, fixes: Sequence[tuple[Unit, Fixed]], read: Read) -> tuple[bytes, list[Finding]]:
    """Where not all can be spelled in one way: each patch alone, last one first so that the places before it hold."""
    applied: list[Finding] = []
    data = file.data
    order = sorted(fixes, key=lambda fix: fix[0].position(0), reverse=True)
    for unit, fix in order[:_ONE_BY_ONE]:
        units = read(data)
        current = _File(file.path, data, file.encoding)
        for spelling in spellings(unit):
            after = current.spelled([_patch(unit, fix)], spelling)
            if after is not None and _reads_as(after, [(unit, fix)], units, read):
                data = after
                applied += fix.applied
                break
    return data, applied


def _kept_if_read_back(
    data: bytes,
    fixes: Sequence[tuple[Unit, Fixed]],
    units: Sequence[Unit],
    read: Read,
    write: Callable[[Sequence[tuple[Unit, Fixed]]], bytes],
) -> tuple[bytes, list[Finding]]:
    after = write(fixes)
    if after == data:
        return data, []
    if not _reads_as(after, fixes, units, read):
        raise CannotFixError("the workbook would not read back as it should")
    return after, [finding for _, fix in fixes for finding in fix.applied]


def _reads_as(data: bytes, fixes: Sequence[tuple[Unit, Fixed]], units: Sequence[Unit], read: Read) -> bool:
    """Whether the file, read again, has the same units with only these texts changed."""
    texts: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for unit, fix in fixes:
        texts[_identity(unit)].append(fix.text)
    try:
        again = read(data)
    except UnreadableError:
        return False
    if len(again) != len(units):
        return False
    for before, after in zip(units, again, strict=True):
        waiting = texts.get(_identity(before))
        wanted = waiting.pop(0) if waiting else before.text
        if after.text != wanted or _others(after) != _others(before):
            return False
    return True


def _identity(unit: Unit) -> tuple[object, ...]:
    return (*_others(unit), unit.text, unit.position(0))


def _others(unit: Unit) -> tuple[object, ...]:
    """Everything about a unit but its text and where it stands on its line."""
    return (unit.unit, unit.role, unit.row, unit.field, unit.sheet, unit.cell, unit.pointer, unit.conversation,
            unit.sender, unit.time)  # fmt: skip


def _without_suppressions(
    path: str, data: bytes, encoding: str | None, findings: Sequence[Finding]
) -> tuple[bytes, list[Finding]]:
    """Take out comments that suppress nothing."""
    file = _File(path, data, encoding) if any(f.group == "suppression" for f in findings) else None
    edits, applied = list[Edit](), list[Finding]()
    for finding in findings if file is not None else ():
        safe = [s.text for s in finding.suggestions if s.applicability == "safe"]
        if file is not None and finding.group == "suppression" and safe and finding.place.path == path:
            place = finding.place
            start = file.source.offset(place.line, place.column)
            if file.source.text[start : start + len(finding.matched)] == finding.matched:
                edits.append(Edit(start, start + len(finding.matched), safe[0]))
                applied.append(finding)
    if file is None or not edits:
        return data, []
    return file.encoded(edited(file.source.text, edits)), applied


class _File:
    """A decoded file that can be encoded again as it was. Raises CannotFixError where it cannot."""

    def __init__(self, path: str, data: bytes, encoding: str | None) -> None:
        text, found = decode(data, encoding, path)
        self.path, self.data, self.encoding = path, data, encoding
        self.source = Source(text, path)
        self._mark, self._codec = _mark_and_codec(data, found)
        if self.encoded(text) != data:
            raise CannotFixError(f"its bytes are not what {found} writes for its text")

    def encoded(self, text: str) -> bytes:
        return self._mark + text.encode(self._codec)

    def can_hold(self, text: str) -> bool:
        try:
            text.encode(self._codec)
        except UnicodeEncodeError:
            return False
        return True

    def spelled(self, patches: Sequence[Patch], spelling: Spelling) -> bytes | None:
        """The bytes with the patches made, or None where they cannot be spelled so."""
        edits: list[Edit] = []
        for patch in patches:
            found = spelling(patch, self.source)
            if found is None:
                return None
            edits += found
        ordered = sorted(edits)
        if any(one.end > other.start for one, other in pairwise(ordered)):
            return None
        return self.encoded(edited(self.source.text, ordered))


_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def _mark_and_codec(data: bytes, encoding: str) -> tuple[bytes, str]:
    """The byte-order mark of the file, and the codec for what follows it."""
    return next(((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", encoding))
