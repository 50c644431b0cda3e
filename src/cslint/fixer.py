"""Put rewrites in place of findings: only what keeps the meaning, unless more is asked for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cslint.model import Finding


class Fixed(msgspec.Struct, frozen=True):
    """A text with rewrites in place: ``applied`` findings are gone from it, ``left`` ones still stand there."""

    text: str
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]


def fixed(text: str, findings: Iterable[Finding], *, unsafe: bool) -> Fixed:
    """Replace the spans of findings that have exactly one safe suggestion, or with ``unsafe`` also the first unsafe one.

    Nothing outside the spans changes; of two overlapping findings the first is applied.
    """
    wanted = {"safe", "unsafe"} if unsafe else {"safe"}
    applied: list[Finding] = []
    left: list[Finding] = []
    pieces: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        rewrite = next((s.text for s in finding.suggestions if s.applicability in wanted), None)
        if rewrite is None or finding.start < at:
            left.append(finding)
            continue
        pieces += [text[at : finding.start], rewrite]
        at = finding.end
        applied.append(finding)
    return Fixed("".join([*pieces, text[at:]]), tuple(applied), tuple(left))
