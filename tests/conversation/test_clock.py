"""Times as exports write them. The machine's own zone must not matter: the same file runs again under TZ=UTC."""

import os
import subprocess
import sys
from datetime import datetime, timezone

import pytest

from cslint.conversation.clock import clock_of, day_of, inside, parse_time, parse_window

NOON = datetime(2024, 5, 6, 4, 5, 3, tzinfo=timezone.utc).timestamp()  # 12:05:03 in Shanghai


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-06 12:05:03", "2024-5-6 12:05:03", "2024/5/6 12:05:03", "2024.05.06 12:05:03", "2024年5月6日 12:05:03",
        "2024年5月6日12:05:03", "2024-05-06T12:05:03", "2024-05-06T04:05:03Z", "2024-05-06T12:05:03+08:00",
        "2024-05-06T06:05:03+0200", "2024-05-06 周一 12:05:03", "2024-05-06 下午 12:05:03", "2024-05-06 12:05:03 PM",
        "20240506120503", "1714968303", "1714968303000", "1714968303000000", "  2024-05-06  12：05：03 ",
    ],
)  # fmt: skip
def test_written_in_many_ways_it_is_one_moment(written: str) -> None:
    moment = parse_time(written)
    assert moment is not None
    assert (moment.seconds, moment.precision, moment.dated) == (NOON, 1, True)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("9:05:03", 9 * 3600 + 303), ("下午 3:05:00", 15 * 3600 + 300), ("8:43:38 PM", 20 * 3600 + 43 * 60 + 38),
        ("12:00:01 AM", 1), ("晚上12:05:00", 300), ("中午12:05:00", 12 * 3600 + 300), ("上午11:59:59", 43199),
    ],
)  # fmt: skip
def test_a_clock_without_a_date(written: str, clock: int) -> None:
    moment = parse_time(written)
    assert moment is not None
    assert not moment.dated
    assert clock_of(moment.seconds) == clock


def test_what_the_writing_leaves_open() -> None:
    to_the_minute, fraction = parse_time("2024-05-06 12:05"), parse_time("2024-05-06T12:05:03.250+08:00")
    assert to_the_minute is not None
    assert fraction is not None
    assert to_the_minute.precision == 60
    assert (fraction.seconds, fraction.precision) == (NOON + 0.25, 1)
    milliseconds = parse_time("1714968303250")
    assert milliseconds is not None
    assert milliseconds.seconds == NOON + 0.25


def test_midnight_as_24() -> None:
    assert parse_time("2024-05-06 24:00:00") == parse_time("2024-05-07 00:00:00")


@pytest.mark.parametrize(
    "written",
    ["", "昨天 12:05", "刚刚", "2024-13-06 12:05:03", "2024-02-30 00:00:00", "25:00:00", "2024-05-06", "0", "1970-01-01 08:00:00",
     "2150-01-01 00:00:00", "12345", "2024-05-06 12:61:00", "99999999999999999999"],
)  # fmt: skip
def test_what_is_no_time(written: str) -> None:
    assert parse_time(written) is None


def test_windows_are_half_open_and_may_run_over_midnight() -> None:
    def at(clock: str) -> float:
        moment = parse_time(f"2024-05-06 {clock}")
        assert moment is not None
        return moment.seconds

    day, night = parse_window("08:00-23:00"), parse_window("23:00-09:00")
    assert [inside(day, at(c)) for c in ("07:59:59", "08:00:00", "22:59:59", "23:00:00", "23:01:00")] == [
        False, True, True, False, False,
    ]  # fmt: skip
    assert [inside(night, at(c)) for c in ("22:59:59", "23:00:00", "08:59:59", "09:00:00")] == [
        False,
        True,
        True,
        False,
    ]
    assert inside(None, 0)
    assert parse_window("8-23") is None
    assert parse_window("08:00-25:00") is None


def test_days_are_those_of_shanghai() -> None:
    late, early = parse_time("2024-05-06T15:59:59Z"), parse_time("2024-05-06T16:00:00Z")
    assert late is not None
    assert early is not None
    assert (day_of(late.seconds), day_of(early.seconds)) == ("2024-05-06", "2024-05-07")


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_the_zone_of_the_machine_does_not_matter(zone: str) -> None:
    code = (
        "from cslint.conversation.clock import *;"
        "m = parse_time('2024-05-06 12:05:03'); print(m.seconds, clock_of(m.seconds), day_of(m.seconds))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TZ": zone}, capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == [str(NOON), str(12 * 3600.0 + 303), "2024-05-06"]
