"""Colours of a terminal: six of them, or none."""

from __future__ import annotations

_CODES = {"error": "1;31", "warning": "1;33", "info": "1;34", "passed": "1;32", "bold": "1", "faint": "2", "mark": "36"}


class Paint:
    """Wraps text in a colour, or leaves it as it is."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, colour: str, text: str) -> str:
        """``colour`` is a severity, or `passed`, `bold`, `faint`, `mark`."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self._on and text else text
