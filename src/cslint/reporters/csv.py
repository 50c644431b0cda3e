"""`csv`: a row a finding, for spreadsheets and pandas."""

from __future__ import annotations

import csv
from typing import TextIO

from cslint.reporters.rows import COLUMNS, row
from cslint.reporters.run import Run, Style


def report(run: Run, out: TextIO, style: Style) -> None:
    """A header and the rows, as RFC 4180 has them. A file that could not be read is a row of its own."""
    del style  # a table has neither language nor colour
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for file in run:
        writer.writerows(map(row, file.findings))
        if file.problem:
            values = {"severity": "error", "name": "unreadable", "path": file.path, "message": file.problem}
            writer.writerow([values.get(name) for name in COLUMNS])
