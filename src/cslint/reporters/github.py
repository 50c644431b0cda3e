"""`github`: workflow commands that annotate a pull request, and the plain lines, since GitHub shows ten of a kind."""

from __future__ import annotations

from typing import TextIO

from cslint.model import Finding
from cslint.reporters.colour import Paint
from cslint.reporters.concise import where
from cslint.reporters.escapes import visible
from cslint.reporters.footer import write_footer
from cslint.reporters.run import Run, Style

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def report(run: Run, out: TextIO, style: Style) -> None:
    """For each finding a command and a line as `concise` writes it; the footer."""
    plain = Paint(False)
    for file in run:
        for finding in file.findings:
            out.write(f"{_command(finding)}\n")
            out.write(f"{where(finding.place, plain)} {finding.rule} {finding.severity} {visible(finding.message)}\n")
        if file.problem:
            out.write(f"::error file={_property(file.path)}::{_data(file.problem)}\n")
    write_footer(run, out, style)


def _command(finding: Finding) -> str:
    place = finding.place
    values = {"file": place.path}
    if place.sheet is None:
        values |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # GitHub ignores columns of a span over several lines
            values |= {"col": str(place.column), "endColumn": str(place.end_column)}
    values["title"] = f"{finding.rule} {finding.name}"
    cell = f"{place.sheet}!{place.cell} " if place.sheet is not None else ""
    said = [f"{cell}{finding.message}", finding.why, *(f"→ {s.text}" for s in finding.suggestions[:2])]
    written = ",".join(f"{name}={_property(value)}" for name, value in values.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(chr(10).join(said))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
