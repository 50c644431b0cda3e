"""`--statistics`: how often each rule was broken, in place of the findings."""

from __future__ import annotations

from typing import TextIO

from cslint.reporters.footer import write_footer
from cslint.reporters.run import Run, Style


def report(run: Run, out: TextIO, style: Style) -> None:
    """A line a rule, the most frequent first: count, id, name."""
    for _file in run:
        pass
    summary = run.summary()
    width = max((len(str(count)) for count in summary.by_rule.values()), default=0)
    for rule, count in summary.by_rule.items():
        out.write(f"{count:>{width}}  {rule}  {run.names[rule]}\n")
    write_footer(run, out, style)
