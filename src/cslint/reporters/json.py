"""`json`: one object for programs, as docs/findings.schema.json describes it."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

import msgspec

from cslint.model import Finding, Verdict
from cslint.reporters.run import Run, Style

VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def report(run: Run, out: TextIO, style: Style) -> None:
    """`{"version": 1, "summary": {…}, "findings": […]}`, with `passed` when it was asked for."""
    findings: list[dict[str, Any]] = []
    passed: list[dict[str, Any]] = []
    for file in run:
        findings += map(plain, file.findings)
        passed += map(plain, file.passed)
    document: dict[str, Any] = {
        "version": VERSION,
        "summary": msgspec.to_builtins(run.summary()),
        "findings": findings,
    }
    if run.show_passed:
        document["passed"] = passed
    write_json(document, out, style)


def plain(item: Finding | Verdict) -> dict[str, Any]:
    """A finding or verdict as JSON has it: every field, `place` with its path and with what applies."""
    data: dict[str, Any] = msgspec.to_builtins(item)
    data["place"] = {"path": item.place.path, **data["place"]}
    return data


def write_json(document: object, out: TextIO, style: Style) -> None:
    """Indented JSON; pure ASCII where the stream could not carry the characters. A lone surrogate stays an escape."""
    out.write(escaped(json.dumps(document, ensure_ascii=style.ascii_only, indent=2)) + "\n")


def escaped(text: str) -> str:
    """JSON text that UTF-8 can carry: a lone surrogate becomes an escape."""
    return _SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", text)
