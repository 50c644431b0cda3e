"""The frozen types that cross module borders: units in, findings out. Offsets are code points."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from typing import Literal

import msgspec

UnitKind = Literal["message", "listing", "public"]
Role = Literal["agent", "customer", "bot", "system", "unknown"]
Severity = Literal["error", "warning", "info"]
Confidence = Literal["exact", "folded", "noise", "sound", "shape", "alias", "pattern", "meaning"]
Status = Literal["recalled", "auto", "system", "missing"]  # a message that is not simply said by its sender
Part = Literal["title", "selling_point", "detail"]  # of a listing
Applicability = Literal["safe", "unsafe", "display"]

UNITS: tuple[UnitKind, ...] = ("message", "listing", "public")
ROLES: tuple[Role, ...] = ("agent", "customer", "bot", "system", "unknown")
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # weakest first
CONFIDENCES: tuple[Confidence, ...] = ("exact", "folded", "noise", "sound", "shape", "alias", "pattern", "meaning")
PLATFORMS = ("jd", "taobao", "tmall", "pdd", "douyin", "kuaishou", "xiaohongshu")


class Place(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """Where a finding stands. Lines, columns and rows are 1-based; columns count code points."""

    path: str = "-"
    line: int
    column: int
    end_line: int
    end_column: int
    row: int | None = None
    field: str | None = None
    sheet: str | None = None
    cell: str | None = None
    pointer: str | None = None
    conversation: str | None = None
    sender: str | None = None
    role: str | None = None
    time: str | None = None


class Anchor(msgspec.Struct, frozen=True, gc=False):
    """From text offset ``offset`` on, source positions run from ``line``:``column`` (1-based)."""

    offset: int
    line: int
    column: int


class Unit(msgspec.Struct, frozen=True, gc=False):
    """One text with its place.

    ``anchors`` map text offsets to the source: between two anchors a character advances the column by one and a
    newline starts the next line at column 1. A reader adds an anchor wherever that is not so (a doubled quote in a
    CSV cell, an escape in JSON). Where mark-up stands between two characters there are two anchors at one offset: the
    end of what went before, and the start of what follows.

    ``time`` is as the file writes it, ``moment`` the same in ISO 8601 with its zone, or ``HH:MM:SS`` where the file tells
    no day. ``status`` is that of a message which was recalled, sent automatically, written by the system, or whose
    words the export does not hold. ``part`` is what a column of a listing is.
    """

    text: str
    unit: UnitKind = "message"
    role: Role = "agent"
    path: str = "-"
    anchors: tuple[Anchor, ...] = (Anchor(0, 1, 1),)
    row: int | None = None
    field: str | None = None
    sheet: str | None = None
    cell: str | None = None
    pointer: str | None = None
    conversation: str | None = None
    sender: str | None = None
    time: str | None = None
    moment: str | None = None
    status: Status | None = None
    part: Part | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based source line and column of a text offset."""
        at = bisect_right(self.anchors, offset, key=lambda a: a.offset) - 1
        return self._from(self.anchors[max(at, 0)], offset)

    def _end(self, offset: int) -> tuple[int, int]:
        """Where a span that ends before ``offset`` ends: of two anchors there, the first ends what went before."""
        at = bisect_left(self.anchors, offset, key=lambda a: a.offset)
        here = at < len(self.anchors) and self.anchors[at].offset == offset
        return self._from(self.anchors[at if here else max(at - 1, 0)], offset)

    def _from(self, anchor: Anchor, offset: int) -> tuple[int, int]:
        passed = self.text[anchor.offset : offset]
        newlines = passed.count("\n")
        if newlines:
            return anchor.line + newlines, len(passed) - passed.rfind("\n")
        return anchor.line, anchor.column + len(passed)

    def place(self, start: int, end: int) -> Place:
        """The place of the half-open span ``start:end`` of the text."""
        line, column = self.position(start)
        last_line, last_column = self._end(end) if end > start else (line, column)
        if end > start and self.text[end - 1] == "\n" and last_line > self.position(end - 1)[0]:
            last_line, last_column = self.position(end - 1)  # a line end belongs to its own line
            last_column += 1
        return Place(
            path=self.path,
            line=line,
            column=column,
            end_line=last_line,
            end_column=last_column,
            row=self.row,
            field=self.field,
            sheet=self.sheet,
            cell=self.cell,
            pointer=self.pointer,
            conversation=self.conversation,
            sender=self.sender,
            role=self.role,
            time=self.time,
        )


class Suggestion(msgspec.Struct, frozen=True, gc=False):
    """A rewrite. ``safe`` and ``unsafe`` replace the span; ``display`` stands for the sentence and is only shown."""

    text: str
    applicability: Applicability


class Basis(msgspec.Struct, frozen=True, gc=False):
    """A statute or platform rule behind a rule. ``grade``: law, platform, trade or house."""

    source: str
    note: str = ""
    grade: str = "platform"


class Finding(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An accepted candidate. ``start``/``end`` are half-open code points of the unit's text."""

    rule: str
    name: str
    group: str
    severity: Severity
    confidence: Confidence
    start: int
    end: int
    matched: str
    term: str
    message: str
    why: str
    basis: tuple[Basis, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    place: Place
    fingerprint: str


class Verdict(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The judge's word on one candidate, accepted or passed, and the reason in words."""

    accepted: bool
    rule: str
    name: str
    group: str
    severity: Severity
    confidence: Confidence
    start: int
    end: int
    matched: str
    term: str
    reason: str
    article: str = ""
    key: str = ""  # how the spelling was derived, e.g. "wei(sound) xin(exact)"
    place: Place


def fingerprint(rule: str, path: str, text: str) -> str:
    """A stable id of a finding: rule, path and the (masked) matched text; no line, no date."""
    digest = hashlib.blake2b(f"{rule}\0{path}\0{text}".encode("utf-8", "surrogatepass"), digest_size=12)
    return digest.hexdigest()
