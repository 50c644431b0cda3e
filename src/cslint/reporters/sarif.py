"""`sarif`: SARIF 2.1.0, for code scanning. Columns are code points, and the file says so."""

from __future__ import annotations

from typing import Any, TextIO
from urllib.parse import quote

from cslint.fixer.rewrites import rewrite_of
from cslint.model import Finding, Place
from cslint.reporters.json import write_json
from cslint.reporters.labels import grade
from cslint.reporters.run import FileReport, Run, Style, Suppressed
from cslint.reporters.spans import stands_there

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"


def report(run: Run, out: TextIO, style: Style) -> None:
    """One log with one run: rules with their help, results with fingerprints, suppressed ones marked as such."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for file in run:
        for finding in file.findings:
            results.append(_result(file, finding, _index(rules, finding, style)))
        for one in file.suppressed:
            results.append(_suppressed(file, one, _index(rules, one.finding, style)))
    unreadable = run.summary().unreadable
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(list(rules.values()))},
                "language": "zh-CN" if style.lang == "zh" else "en-US",
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not unreadable,
                        "toolExecutionNotifications": [
                            {
                                "level": "error",
                                "message": {"text": f"{file.path}: {file.problem}"},
                                "locations": [{"physicalLocation": {"artifactLocation": _artifact(file.path)}}],
                            }
                            for file in unreadable
                        ],
                    }
                ],
                "results": results,
            }
        ],
    }
    write_json(document, out, style)


def _driver(rules: list[dict[str, Any]]) -> dict[str, Any]:
    from cslint import __version__

    return {"name": "cslint", "version": __version__, "rules": rules}


def _index(rules: dict[str, dict[str, Any]], finding: Finding, style: Style) -> int:
    """The place of the finding's rule in the list of rules; it is added when it is first met."""
    if finding.rule not in rules:
        basis = [f"- {b.source} {b.note} ({grade(b.grade, style.lang)})" for b in finding.basis]
        says = [f"- {s.text}" for s in finding.suggestions]
        rules[finding.rule] = {
            "id": finding.rule,
            "name": finding.name,
            "shortDescription": {"text": finding.message.partition(": ")[0]},
            "fullDescription": {"text": finding.why},
            "help": {
                "text": "\n".join([finding.why, *basis, *says, f"cslint rule {finding.rule}"]),
                "markdown": "\n".join([finding.why, "", *basis, *says, "", f"`cslint rule {finding.rule}`"]),
            },
            "defaultConfiguration": {"level": _LEVELS[finding.severity]},
            "properties": {"tags": [finding.group]},
        }
    return list(rules).index(finding.rule)


def _result(file: FileReport, finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding.place)],
        "partialFingerprints": {"cslint/v1": finding.fingerprint},
        "properties": {"confidence": finding.confidence, "term": finding.term},
    }
    rewrite = rewrite_of(finding, unsafe=True)
    if rewrite is not None and stands_there(file, finding):
        replacement = {"deletedRegion": _region(finding.place), "insertedContent": {"text": rewrite}}
        change = {"artifactLocation": _artifact(finding.place.path), "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": rewrite or finding.message}, "artifactChanges": [change]}]
    return result


def _suppressed(file: FileReport, suppressed: Suppressed, index: int) -> dict[str, Any]:
    result = _result(file, suppressed.finding, index)
    entry = {"kind": suppressed.kind, "status": "accepted"}
    result["suppressions"] = [entry | ({"justification": suppressed.reason} if suppressed.reason else {})]
    return result


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.path)}
    if place.sheet is None:  # in a workbook lines and columns are those of a cell
        physical["region"] = _region(place)
    location: dict[str, Any] = {"physicalLocation": physical}
    named = place.pointer or (f"{place.sheet}!{place.cell}" if place.sheet is not None else None)
    if named is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": named}]
    details = {
        name: value
        for name in ("row", "field", "conversation", "sender", "role", "time")
        if (value := getattr(place, name)) is not None
    }
    if details:
        location["properties"] = details
    return location


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    if path == "-":
        return {"uri": "stdin"}
    uri = quote(path)
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}
