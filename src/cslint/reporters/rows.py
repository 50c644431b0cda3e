"""Findings as rows of a table, safe to open in a spreadsheet."""

from __future__ import annotations

from cslint.model import Finding
from cslint.reporters.escapes import visible

COLUMNS = (
    "severity", "rule", "name", "group", "path", "line", "column", "end_line", "end_column", "row", "field", "sheet",
    "cell", "pointer", "conversation", "sender", "role", "time", "matched", "term", "confidence", "message",
    "suggestions", "why", "basis", "fingerprint",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what makes a spreadsheet compute a cell


def row(finding: Finding) -> list[str | int | None]:
    """The values of ``COLUMNS``. Text that a spreadsheet would take for a formula is quoted with an apostrophe."""
    place = finding.place
    values: dict[str, str | int | None] = {
        "suggestions": " | ".join(s.text for s in finding.suggestions),
        "basis": " | ".join(f"{b.source} {b.note}".strip() for b in finding.basis),
    }
    for name in COLUMNS:
        if name not in values:
            values[name] = getattr(finding, name) if hasattr(finding, name) else getattr(place, name)
    return [_safe(values[name]) for name in COLUMNS]


def _safe(value: str | int | None) -> str | int | None:
    if not isinstance(value, str):
        return value
    text = "\n".join(map(visible, value.replace("\r\n", "\n").split("\n")))
    return f"'{text}" if value.lstrip().startswith(_FORMULA) or value.startswith(_FORMULA) else text
