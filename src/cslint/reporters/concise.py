"""`concise`: a line a finding, which editors and people with grep can read."""

from __future__ import annotations

from typing import TextIO

from cslint.model import Place, Verdict
from cslint.reporters.colour import Paint
from cslint.reporters.display import in_order
from cslint.reporters.escapes import visible
from cslint.reporters.footer import write_footer
from cslint.reporters.run import Run, Style


def report(run: Run, out: TextIO, style: Style) -> None:
    """`path:line:column: RULE severity message`, in the order of each file."""
    paint = Paint(style.colour)
    for file in run:
        lines = [(f.place, f.rule, paint(f.severity, f.severity), f.message) for f in file.findings]
        lines += [(v.place, v.rule, paint("passed", "passed"), _passed(v)) for v in file.passed]
        for place, rule, severity, message in sorted(lines, key=lambda line: in_order(line[0])):
            out.write(f"{where(place, paint)} {rule} {severity} {visible(message)}\n")
    write_footer(run, out, style)


def _passed(verdict: Verdict) -> str:
    """What was let pass, why, and by which article."""
    article = f" ({verdict.article})" if verdict.article else ""
    return f"{verdict.matched}: {verdict.reason}{article}"


def where(place: Place, paint: Paint) -> str:
    """`path:line:column:`, or `path:sheet!cell:`, the head of every line for people."""
    colon = paint("mark", ":")
    if place.sheet is not None:
        return f"{paint('bold', visible(place.path))}{colon}{visible(place.sheet)}!{place.cell}{colon}"
    return f"{paint('bold', visible(place.path))}{colon}{place.line}{colon}{place.column}{colon}"
