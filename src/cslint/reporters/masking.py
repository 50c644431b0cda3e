"""Reports as others may read them: the personal data in findings, places and source lines starred out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

import msgspec

from cslint.masking import SENSITIVE, mask, mask_contact, mask_name, mask_span
from cslint.model import Finding, Place, Verdict
from cslint.reporters.run import FileReport, LineLookup

_OURS = ("agent", "bot", "system")  # their names stay: the scorecard needs them

Item = TypeVar("Item", Finding, Verdict)


def mask_file(file: FileReport) -> FileReport:
    """The report of a file as others may read it."""
    return msgspec.structs.replace(
        file,
        findings=tuple(_mask_item(f) for f in file.findings),
        passed=tuple(_mask_item(v) for v in file.passed),
        suppressed=tuple(msgspec.structs.replace(s, finding=_mask_item(s.finding)) for s in file.suppressed),
        line_of=_masked_lines(file.line_of, (*file.findings, *file.passed)),
    )


def mask_finding(finding: Finding) -> Finding:
    """One finding as others may read it."""
    return _mask_item(finding)


def _mask_item(item: Item) -> Item:
    matched = mask_span(item.matched, item.group)
    place = _mask_place(item.place)
    term = matched if item.term == item.matched else mask(item.term)
    if isinstance(item, Verdict):
        key = mask(item.key).replace(item.matched, matched)
        return msgspec.structs.replace(item, matched=matched, term=term, reason=mask(item.reason), key=key, place=place)
    message = mask(item.message.replace(item.matched, matched))
    return msgspec.structs.replace(item, matched=matched, term=term, message=message, place=place)


def _mask_place(place: Place) -> Place:
    sender, conversation = place.sender, place.conversation
    if sender is not None:
        sender = mask(sender) if place.role in _OURS else mask_name(sender)
    if conversation is not None:
        conversation = mask(conversation)
    return msgspec.structs.replace(place, sender=sender, conversation=conversation)


def _masked_lines(line_of: LineLookup, items: Iterable[Finding | Verdict]) -> LineLookup:
    spans: dict[tuple[str | None, str | None, int], set[tuple[int, int]]] = defaultdict(set)
    names: set[str] = set()
    for item in items:
        place = item.place
        if place.sender and place.role not in _OURS:
            names.add(place.sender)
        if item.group in SENSITIVE and place.line == place.end_line:
            spans[place.sheet, place.cell, place.line].add((place.column - 1, place.end_column - 1))

    @lru_cache(maxsize=8)  # findings of one line follow one another, and a line may be a whole file
    def masked(sheet: str | None, cell: str | None, number: int, line: str) -> str:
        characters = list(mask(line))
        for start, end in spans.get((sheet, cell, number), ()):
            hidden = mask_contact(line[start:end])
            characters[start : start + len(hidden)] = hidden
        text = "".join(characters)
        for name in names:
            text = text.replace(name, mask_name(name))
        return text

    def masked_line(place: Place) -> str | None:
        line = line_of(place)
        return None if line is None else masked(place.sheet, place.cell, place.line, line)

    return masked_line
