"""`gitlab`: a Code Quality report, for the merge request widget."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, TextIO

from cslint.model import Finding
from cslint.reporters.json import write_json
from cslint.reporters.run import Run, Style

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def report(run: Run, out: TextIO, style: Style) -> None:
    """A list of issues. A file that could not be read is a blocker."""
    seen: Counter[str] = Counter()
    issues = [_issue(finding, seen) for file in run for finding in file.findings]
    issues += [
        {
            "description": unreadable.problem,
            "check_name": "unreadable",
            "fingerprint": hashlib.blake2b(
                unreadable.path.encode("utf-8", "surrogatepass"), digest_size=16
            ).hexdigest(),
            "severity": "blocker",
            "location": {"path": unreadable.path, "lines": {"begin": 1, "end": 1}},
        }
        for unreadable in run.summary().unreadable
    ]
    write_json(issues, out, style)


def _issue(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    place = finding.place
    seen[finding.fingerprint] += 1
    return {
        "description": f"{finding.rule} {finding.message}",
        "check_name": finding.name,
        "fingerprint": _unique(finding.fingerprint, seen[finding.fingerprint]),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": place.path,
            "lines": {"begin": place.row or place.line, "end": place.row or place.end_line},
        }
        if place.sheet is not None
        else {"path": place.path, "lines": {"begin": place.line, "end": place.end_line}},
        "content": {"body": "\n".join([finding.why, *(f"- {s.text}" for s in finding.suggestions)])},
    }


def _unique(fingerprint: str, count: int) -> str:
    """GitLab drops issues of equal fingerprint, and the same words may stand in a file twice."""
    return hashlib.blake2b(f"{fingerprint}\0{count}".encode(), digest_size=16).hexdigest()
