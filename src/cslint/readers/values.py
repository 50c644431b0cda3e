"""The values of cells that are no text, as a shop reads them on its screen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_WHOLE = 1e15  # up to which a float holds whole numbers exactly; longer ones are order numbers gone wrong


def text_of(value: object) -> str:
    """A value as text: numbers without a needless fraction, moments with a blank between day and clock."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)
