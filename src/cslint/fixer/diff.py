"""A unified diff of a file before and after, as `git apply` reads it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified_diff(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the diff, each with its line end. A last line without one is marked as git marks it."""
    for line in difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Split at newlines only: a form feed or a line separator ends no line of a file."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
