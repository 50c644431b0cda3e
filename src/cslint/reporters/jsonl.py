"""`jsonl`: a finding a line as they come, for programs that read a stream. Each is as `json` has it."""

from __future__ import annotations

import json
from typing import TextIO

from cslint.model import Finding, Verdict
from cslint.reporters.json import escaped, plain
from cslint.reporters.run import Run, Style


def report(run: Run, out: TextIO, style: Style) -> None:
    """One JSON object a finding; after each file the stream is flushed."""
    for file in run:
        items: list[Finding | Verdict] = [*file.findings, *file.passed]
        for item in items:
            out.write(escaped(json.dumps(plain(item), ensure_ascii=style.ascii_only)) + "\n")
        out.flush()
