"""What a reviewer decided on findings: a CSV file that one run writes, a person fills in and the next run honours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import msgspec

from cslint.model import Finding
from cslint.readers import UnreadableError, decode
from cslint.reporters.cells import cell

COLUMNS = ("fingerprint", "place", "rule", "severity", "agent", "time", "message", "decision", "reviewer", "note")
_CONFIRMED = ("confirmed", "confirm", "确认", "属实", "维持")
_OVERTURNED = ("overturned", "overturn", "推翻", "误报", "撤销", "申诉成立")


class ReviewError(Exception):
    """A review file that cannot be used. ``str()`` is ready to print."""


class Review(msgspec.Struct, frozen=True):
    """Decisions by fingerprint and place (``path:line:column``); an empty place speaks of every such finding."""

    decisions: dict[tuple[str, str], str] = {}

    def decision(self, finding: Finding) -> str:
        """``confirmed``, ``overturned``, or nothing if nobody has decided."""
        return self.decisions.get((finding.fingerprint, place_of(finding))) or self.decisions.get(
            (finding.fingerprint, ""), ""
        )

    def overturned(self, finding: Finding) -> bool:
        """Whether a reviewer has said that this is no violation."""
        return self.decision(finding) == "overturned"


def place_of(finding: Finding) -> str:
    """Where a finding stands, in one word."""
    place = finding.place
    return f"{place.path}:{place.cell or place.line}:{place.column}"


def read_review(path: Path) -> Review:
    """Read decisions. Rows without one are left open. Raises ReviewError."""
    try:
        text, _ = decode(path.read_bytes(), None, str(path))
    except OSError as error:
        raise ReviewError(f"{path}: cannot be read: {error.strerror}") from None
    except UnreadableError as error:
        raise ReviewError(f"{path}: {error.problem}\n  hint: {error.hint}") from None
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = {"fingerprint", "decision"} - set(rows.fieldnames or ())
    if missing:
        hint = "write one with `cslint score --write-review review.csv`"
        raise ReviewError(f"{path}:1: no column {', '.join(sorted(missing))}\n  hint: {hint}")
    decisions: dict[tuple[str, str], str] = {}
    for number, row in enumerate(rows, 2):
        word = (row["decision"] or "").strip().casefold()
        if not word:
            continue
        if word not in (*_CONFIRMED, *_OVERTURNED):
            raise ReviewError(f"{path}:{number}: decision {word!r}; confirmed (确认) or overturned (推翻)")
        key = ((row["fingerprint"] or "").strip(), (row.get("place") or "").strip().lstrip("'"))
        decisions[key] = "overturned" if word in _OVERTURNED else "confirmed"
    return Review(decisions)


def write_review(findings: Iterable[Finding], review: Review, out: TextIO) -> None:
    """A row a finding, with the decisions that were made before."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(findings, review))


def _rows(findings: Iterable[Finding], review: Review) -> Iterator[list[str]]:
    for finding in findings:
        place = finding.place
        yield [
            finding.fingerprint, cell(place_of(finding)), finding.rule, finding.severity, cell(place.sender or ""),
            place.time or "", cell(finding.message), review.decision(finding), "", "",
        ]  # fmt: skip
