"""Times as exports write them, to ISO 8601: what one may sort and subtract. Without a zone it is Asia/Shanghai."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

SHANGHAI = timezone(timedelta(hours=8))  # without summer time since 1991
_DATE = re.compile(r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?")
_CLOCK = re.compile(
    r"(?P<half>上午|下午|凌晨|中午|晚上)?\s*(?P<hour>\d{1,2})\s*[:\uff1a时]\s*(?P<minute>\d{2})"
    r"(?:\s*[:\uff1a分]\s*(?P<second>\d{2})(?:[.,]\d+)?\s*秒?|\s*分)?\s*(?P<meridian>[AaPp][Mm])?"
)
_ZONE = re.compile(r"(?P<utc>Z)$|(?P<sign>[-+])(?P<hours>\d{2}):?(?P<minutes>\d{2})$")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?$|\d{13}$|\d{16}$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$")
_PLAIN = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d):(\d\d):(\d\d)", re.ASCII)  # what most exports write
_EARLIEST, _LATEST = 946684800, 4102444800  # 2000 and 2100: outside, ten digits are no time


@lru_cache(maxsize=4096)
def moment_of(written: str, day: str | None = None) -> str | None:
    """``2024-01-02T09:05:03+08:00`` for a time as written, ``09:05:03`` where no day is known, or None.

    ``day`` is the day (as written above the message) of a time that has none. Reads Chinese and ISO dates, 12-hour
    clocks, and seconds, milli- and microseconds since 1970.
    """
    plain = _PLAIN.fullmatch(written)
    if (
        plain is not None
        and _is_day(plain[1], plain[2], plain[3])
        and plain[4] < "24"
        and max(plain[5], plain[6]) < "60"
    ):
        return "{}-{}-{}T{}:{}:{}+08:00".format(*plain.groups())
    written = written.strip()
    if _EPOCH.match(written):
        return _since_1970(written)
    compact = _COMPACT.match(written)
    if compact:
        written = "{}-{}-{} {}:{}:{}".format(*compact.groups())
    dated = _DATE.search(written)
    rest = written[dated.end() :] if dated else written
    clock = _clock(rest)
    if clock is None:
        return None
    dated = dated or _DATE.search(day or "")
    if dated is None:
        return clock.isoformat()
    try:
        on = date(int(dated["year"]), int(dated["month"]), int(dated["day"]))
    except ValueError:
        return None
    return datetime.combine(on, clock, _zone(rest)).astimezone(SHANGHAI).isoformat()


@lru_cache(maxsize=4096)
def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _since_1970(written: str) -> str | None:
    whole = written.partition(".")[0]
    seconds = int(whole) / 10 ** (len(whole) - 10)
    if not _EARLIEST <= seconds < _LATEST:
        return None
    return datetime.fromtimestamp(int(seconds), SHANGHAI).isoformat()


def _clock(written: str) -> time | None:
    found = _CLOCK.search(written)
    if found is None:
        return None
    hour = int(found["hour"])
    afternoon = (found["meridian"] or "").upper() == "PM" or found["half"] in ("下午", "晚上")
    morning = (found["meridian"] or "").upper() == "AM" or found["half"] in ("上午", "凌晨")
    if hour <= 12 and (afternoon or morning):
        hour = hour % 12 + (12 if afternoon else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _zone(written: str) -> timezone:
    found = _ZONE.search(written.strip())
    if found is None:
        return SHANGHAI
    if found["utc"]:
        return timezone.utc
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    return timezone(-offset if found["sign"] == "-" else offset) if offset < timedelta(hours=24) else SHANGHAI
