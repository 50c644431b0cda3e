"""What is said when a configuration file is wrong: file, line, a caret under the word, what was expected."""

from __future__ import annotations

from typing import NamedTuple

from cslint.reporters.display import excerpt

_WIDTH = 100


class Spot(NamedTuple):
    """A word in a file: 1-based line, half-open columns from 0 (code points)."""

    line: int
    start: int
    end: int


class ConfigError(ValueError):
    """A configuration that cannot be used. ``str()`` is ready to print, with the line and a caret where they are known."""

    def __init__(self, path: str, problem: str, hint: str = "", *, text: str = "", spot: Spot | None = None) -> None:
        lines = [f"{path}: {problem}"]
        if spot is not None:
            lines = [f"{path}:{spot.line}:{spot.start + 1}: {problem}", *_shown(text, spot)]
        super().__init__("\n".join([*lines, *([f"  hint: {hint}"] if hint else [])]))
        self.path, self.problem, self.hint, self.spot = path, problem, hint, spot


def _shown(text: str, spot: Spot) -> list[str]:
    source = text.splitlines()
    if not 0 < spot.line <= len(source):
        return []
    number = str(spot.line)
    line, carets = excerpt(source[spot.line - 1], spot.start, spot.end, _WIDTH)
    gutter = " " * len(number)
    return [f"{gutter} |", f"{number} | {line}", f"{gutter} | {carets}"]
