"""What is said when a rule file is wrong: file, line, key, what was expected and a near match."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class RulebookError(Exception):
    """A rulebook that cannot be used. ``str()`` is ready to print."""

    def __init__(self, path: str, line: int | None, key: str, problem: str, hint: str = "") -> None:
        where = path if line is None else f"{path}:{line}"
        parts = [where, key, problem] if key else [where, problem]
        super().__init__(": ".join(parts) + (f"\n  hint: {hint}" if hint else ""))
        self.path, self.line, self.key, self.problem, self.hint = path, line, key, problem, hint


def near(word: str, choices: Iterable[str]) -> str:
    """`did you mean …?`, or the choices when they are few, or nothing."""
    known = sorted({str(c) for c in choices})
    match = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if match:
        return f"did you mean {match[0]!r}?"
    return "expected one of: " + ", ".join(known) if 0 < len(known) <= 30 else ""
