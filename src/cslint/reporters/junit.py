"""`junit`: a test suite a file, a failed case a finding, for CI servers that read test results."""

from __future__ import annotations

from typing import TextIO
from xml.etree import ElementTree as ET

from cslint.model import Finding
from cslint.reporters.escapes import visible
from cslint.reporters.run import FileReport, Run, Style


def report(run: Run, out: TextIO, style: Style) -> None:
    """A file without findings is a case that passed, one that could not be read an error."""
    root = ET.Element("testsuites", name="cslint")
    totals = {"tests": 0, "failures": 0, "errors": 0}
    for file in run:
        suite, counts = _suite(file)
        root.append(suite)
        totals = {name: totals[name] + counts[name] for name in totals}
    for name, count in totals.items():
        root.set(name, str(count))
    ET.indent(root)
    encoding = "us-ascii" if style.ascii_only else "unicode"
    text = ET.tostring(root, encoding=encoding)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write((text if isinstance(text, str) else text.decode().split("?>\n", 1)[-1]) + "\n")


def _suite(file: FileReport) -> tuple[ET.Element, dict[str, int]]:
    counts = {
        "tests": len(file.findings) + bool(file.problem) or 1,
        "failures": len(file.findings),
        "errors": int(bool(file.problem)),
    }
    path = visible(file.path)
    suite = ET.Element("testsuite", {"name": path} | {name: str(count) for name, count in counts.items()}, skipped="0")
    for finding in file.findings:
        suite.append(_case(finding, path))
    if file.problem:
        case = ET.SubElement(suite, "testcase", name="readable", classname=path, time="0")
        ET.SubElement(case, "error", message=visible(file.problem), type="unreadable").text = visible(file.problem)
    elif not file.findings:
        ET.SubElement(suite, "testcase", name="cslint", classname=path, time="0")
    return suite, counts


def _case(finding: Finding, path: str) -> ET.Element:
    place = finding.place
    where = f"{place.sheet}!{place.cell}" if place.sheet is not None else f"{place.line}:{place.column}"
    case = ET.Element("testcase", name=f"{finding.rule} {finding.name} {where}", classname=path, time="0")
    case.set("file", path)
    case.set("line", str(place.line))
    failure = ET.SubElement(case, "failure", message=visible(finding.message), type=finding.severity)
    said = [f"{path}:{where}: {finding.message}", finding.why, *(f"→ {s.text}" for s in finding.suggestions)]
    failure.text = "\n".join(map(visible, said))
    return case
