"""Times as exports write them, to moments. Without a zone a time is Asia/Shanghai, whatever the machine's zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from cslint.model import Unit

# China has had no summer time since 1991, so a fixed offset needs no time zone database (Windows has none).
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY = 86400
_OFFSET = 8 * 3600
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800  # 2000 to 2100: what lies outside is a broken clock, not a time

_DATE = r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_CLOCK = (
    r"(?P<part>上午|下午|晚上|中午|凌晨|早上)?\s*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})"
    r"(?:[:：](?P<second>\d{2})(?P<fraction>[.,]\d+)?)?\s*(?P<half>[AaPp][Mm])?"
)
_ZONE = r"(?P<zone>Z|z|[+-]\d{2}:?\d{2})?"
_WRITTEN = re.compile(rf"\s*(?:{_DATE}[\sT]*(?:(?:周|星期)[一二三四五六日天]\s*)?)?{_CLOCK}\s*{_ZONE}\s*")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})")
_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?")
_AFTERNOON = ("下午", "晚上")


class Moment(NamedTuple):
    """A time. ``seconds`` since the epoch; where the date is missing, since 00:00 of a day that nobody knows.

    ``precision``: the seconds that the writing leaves open, 1 or 60.
    """

    seconds: float
    precision: int = 1
    dated: bool = True


@lru_cache(maxsize=65536)
def parse_time(text: str) -> Moment | None:
    """The moment that ``text`` names: ISO or Chinese date and clock, clock alone, epoch seconds to nanoseconds.

    None for what is no time, for an impossible one and for one outside 2000-2100.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        compact = _COMPACT.fullmatch(text)
        if compact:
            year, month, day, hour, minute, second = map(int, compact.groups())
            return _date_and_clock(year, month, day, hour, minute, second) or _epoch(text)
        return _epoch(text)
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    second = int(match["second"] or 0)
    hour = _hour(int(match["hour"]), match["part"], (match["half"] or "").upper())
    precision = 60 if match["second"] is None else 1
    fraction = float("0." + match["fraction"][1:]) if match["fraction"] else 0.0
    minute = int(match["minute"])
    if match["year"] is None:
        if hour > 24 or minute > 59 or second > 59:
            return None
        return Moment(hour % 24 * 3600 + minute * 60 + second + fraction - _OFFSET, precision, dated=False)
    date = int(match["year"]), int(match["month"]), int(match["day"])
    found = _date_and_clock(*date, hour, minute, second, _zone(match["zone"]))
    return found and found._replace(seconds=found.seconds + fraction, precision=precision)


def time_of(unit: Unit) -> Moment | None:
    """When a unit was said: its time as it was written, which knows its precision; with the reader's date if it has none."""
    written = parse_time(unit.time) if unit.time else None
    if written is not None and written.dated:
        return written
    read = parse_time(unit.moment) if unit.moment else None
    return read or written


def _hour(hour: int, part: str | None, half: str) -> int:
    if (part in _AFTERNOON or half == "PM" or (part == "中午" and hour < 11)) and hour < 12:
        return hour + 12
    if hour == 12 and (half == "AM" or part in ("凌晨", "晚上")):  # 晚上12:05 is five past midnight
        return 0
    return hour


def _zone(text: str | None) -> timezone:
    if not text:
        return SHANGHAI
    if text in "Zz":
        return timezone.utc
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours % 24, minutes=minutes % 60))


def _date_and_clock(
    year: int, month: int, day: int, hour: int, minute: int, second: int, zone: timezone = SHANGHAI
) -> Moment | None:
    try:
        late = timedelta(days=hour == 24)  # 24:00 is the end of the day
        seconds = (datetime(year, month, day, hour % 24, minute, second, tzinfo=zone) + late).timestamp()
    except (ValueError, OverflowError):
        return None
    return Moment(seconds) if _EARLIEST <= seconds < _LATEST else None


def _epoch(text: str) -> Moment | None:
    digits = len(text.partition(".")[0])
    scale = 1 if digits <= 10 else 10**3 if digits <= 13 else 10**6 if digits <= 16 else 10**9
    seconds = float(text) / scale
    return Moment(seconds) if _EARLIEST <= seconds < _LATEST else None


def clock_of(seconds: float) -> float:
    """Seconds since midnight in Asia/Shanghai."""
    return (seconds + _OFFSET) % DAY


def day_of(seconds: float) -> str:
    """The date in Asia/Shanghai, as 2024-05-06."""
    return datetime.fromtimestamp(seconds, SHANGHAI).date().isoformat()


def parse_window(text: str) -> tuple[int, int] | None:
    """``08:00-23:00`` as seconds of the day, from (included) and to (not included); it may run over midnight."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", text.strip())
    if not match:
        return None
    hours, minutes = (int(match[1]), int(match[3])), (int(match[2]), int(match[4]))
    if max(hours) > 24 or max(minutes) > 59:
        return None
    return hours[0] * 3600 + minutes[0] * 60, hours[1] * 3600 + minutes[1] * 60


def written_window(window: tuple[int, int]) -> str:
    """A window of the day as ``parse_window`` reads it."""
    return "-".join(f"{seconds // 3600:02}:{seconds // 60 % 60:02}" for seconds in window)


def inside(window: tuple[int, int] | None, seconds: float) -> bool:
    """Whether a moment lies in a window of the day, half-open: 23:00:00 is no longer in 08:00-23:00."""
    if window is None:
        return True
    start, end = window
    clock = clock_of(seconds)
    return start <= clock < end if start <= end else clock >= start or clock < end
