"""`rdjson`: reviewdog's diagnostic format. Its columns are UTF-8 bytes."""

from __future__ import annotations

from typing import Any, TextIO

from cslint.model import Finding
from cslint.reporters.json import write_json
from cslint.reporters.run import FileReport, Run, Style
from cslint.reporters.spans import byte_columns, stands_there

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def report(run: Run, out: TextIO, style: Style) -> None:
    """One DiagnosticResult."""
    diagnostics = [_diagnostic(file, finding) for file in run for finding in file.findings]
    diagnostics += [
        {"message": file.problem, "location": {"path": file.path}, "severity": "ERROR"}
        for file in run.summary().unreadable
    ]
    write_json({"source": {"name": "cslint"}, "diagnostics": diagnostics}, out, style)


def _diagnostic(file: FileReport, finding: Finding) -> dict[str, Any]:
    span = _range(file, finding)
    location: dict[str, Any] = {"path": finding.place.path}
    if span is not None:
        location["range"] = span
    said = [finding.message, finding.why, *(f"→ {s.text}" for s in finding.suggestions)]
    diagnostic: dict[str, Any] = {
        "message": "\n".join(said),
        "location": location,
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    in_place = [s.text for s in finding.suggestions if s.applicability != "display"]
    if span is not None and in_place and stands_there(file, finding):
        diagnostic["suggestions"] = [{"range": span, "text": text} for text in in_place]
    return diagnostic


def _range(file: FileReport, finding: Finding) -> dict[str, Any] | None:
    columns = byte_columns(file, finding.place)
    if columns is None:
        return None
    place = finding.place
    return {
        "start": {"line": place.line, "column": columns[0]},
        "end": {"line": place.end_line, "column": columns[1]},
    }
