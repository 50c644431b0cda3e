"""Put rewrites in place of findings in one text: only what keeps the meaning, unless more is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from cslint.model import Finding

ROUNDS = 10  # a rewrite may make room for another finding; a text that needs more rounds than this goes in a circle


class Change(msgspec.Struct, frozen=True):
    """``text`` in place of the half-open span ``start:end`` (code points) of the text as it was."""

    start: int
    end: int
    text: str


class Fixed(msgspec.Struct, frozen=True):
    """A text with rewrites in place: ``applied`` findings are gone from it, ``left`` ones still stand there.

    ``changes`` turn the text as it was into ``text``; outside their spans nothing differs.
    """

    text: str
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()


def rewrite_of(finding: Finding, *, unsafe: bool) -> str | None:
    """What to put in place of a finding: its one safe suggestion; with ``unsafe`` else the first that fits in place."""
    safe = [s.text for s in finding.suggestions if s.applicability == "safe"]
    if len(safe) == 1:
        return safe[0]
    in_place = [s.text for s in finding.suggestions if s.applicability != "display"]
    return in_place[0] if unsafe and in_place else None


def fixed(text: str, findings: Iterable[Finding], *, unsafe: bool) -> Fixed:
    """One round over a text. Of two overlapping findings the first is applied, the other left."""
    applied: list[Finding] = []
    left: list[Finding] = []
    changes: list[Change] = []
    at = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        rewrite = rewrite_of(finding, unsafe=unsafe)
        if rewrite is None or finding.start < at or rewrite == finding.matched:
            left.append(finding)
            continue
        changes.append(Change(finding.start, finding.end, rewrite))
        at = finding.end
        applied.append(finding)
    return Fixed(changed(text, changes), tuple(applied), tuple(left), tuple(changes))


def fix_text(text: str, check: Callable[[str], Sequence[Finding]], *, unsafe: bool) -> Fixed:
    """Round after round until there is nothing to fix: a second call on the result changes nothing.

    Offsets of ``applied`` findings are those of their round. A text whose rewrites go in a circle is left as it was.
    """
    pieces = [_Piece(text, 0, len(text), False)]
    applied: list[Finding] = []
    now = text
    for _ in range(ROUNDS):
        findings = check(now)
        result = fixed(now, findings, unsafe=unsafe)
        if not result.applied:
            changes = tuple(Change(p.start, p.end, p.text) for p in pieces if p.changed)
            return Fixed(now, tuple(applied), tuple(findings), changes)
        for change in reversed(result.changes):
            pieces = _replaced(pieces, change)
        applied += result.applied
        now = result.text
    return Fixed(text, (), tuple(check(text)))


def changed(text: str, changes: Iterable[Change]) -> str:
    """``text`` with the changes made. They are in order and do not overlap."""
    pieces: list[str] = []
    at = 0
    for change in changes:
        pieces += [text[at : change.start], change.text]
        at = change.end
    return "".join([*pieces, text[at:]])


class _Piece(msgspec.Struct, frozen=True):
    """A stretch of the text as it is now, and the span of the text as it was that it stands for."""

    text: str
    start: int
    end: int
    changed: bool


def _replaced(pieces: Sequence[_Piece], change: Change) -> list[_Piece]:
    """The pieces after a change in terms of the text as it is now. A changed piece that it touches is merged with it."""
    before: list[_Piece] = []
    after: list[_Piece] = []
    start = end = -1
    head = tail = ""
    at = 0
    for piece in pieces:
        low, high = change.start - at, change.end - at  # of the change, in the piece
        at += len(piece.text)
        if low >= len(piece.text) and not (low == len(piece.text) == 0 == high):
            before.append(piece)
            continue
        if high <= 0 and start >= 0:
            after.append(piece)
            continue
        first, last = max(low, 0), min(high, len(piece.text))
        if piece.changed:
            head, tail = head + piece.text[:first], piece.text[last:]
            start, end = (piece.start if start < 0 else start), piece.end
            continue
        if first > 0:
            before.append(_Piece(piece.text[:first], piece.start, piece.start + first, False))
        if last < len(piece.text):
            after.append(_Piece(piece.text[last:], piece.start + last, piece.end, False))
        start, end = (piece.start + first if start < 0 else start), piece.start + last
    return [*before, _Piece(head + change.text + tail, start, end, True), *after]
