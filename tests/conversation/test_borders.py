"""Limits to the second, and who counts as an answer, for every platform's definition."""

import pytest
from talks import rules, units

DAY = "2024-05-06"


def clock(seconds: int) -> str:
    return f"{DAY} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@pytest.mark.parametrize(
    ("platform", "rule", "limit"),
    [
        ("taobao", "CNV002", 60), ("tmall", "CNV002", 60), ("taobao", "CNV003", 300), ("pdd", "CNV004", 300),
        ("jd", "CNV006", 30), ("douyin", "CNV007", 180), ("kuaishou", "CNV008", 180),
    ],
)  # fmt: skip
def test_exactly_the_limit_is_in_time(linter_of, platform: str, rule: str, limit: int) -> None:
    asked = 10 * 3600
    for wait, late in ((limit - 1, False), (limit, False), (limit + 1, True)):
        talk = units([("买家", clock(asked), "能机洗吗"), ("客服", clock(asked + wait), "您好，可以的")])
        assert ((rule, 3) in rules(linter_of(platform).check_units(talk))) is late, wait


@pytest.mark.parametrize(
    ("platform", "rule", "first", "last"),
    [("taobao", "CNV003", "08:00:00", "22:59:59"), ("pdd", "CNV004", "08:00:00", "22:59:59"),
     ("jd", "CNV006", "09:00:00", "22:59:59"), ("douyin", "CNV007", "08:00:00", "22:59:59"),
     ("kuaishou", "CNV008", "08:00:00", "22:59:59")],
)  # fmt: skip
def test_only_questions_within_the_day_count(linter_of, platform: str, rule: str, first: str, last: str) -> None:
    def seconds(text: str) -> int:
        hours, minutes, rest = map(int, text.split(":"))
        return hours * 3600 + minutes * 60 + rest

    for asked, counts in (
        (seconds(first) - 1, False), (seconds(first), True), (seconds(last), True), (seconds(last) + 1, False),
        (seconds("23:01:00"), False), (seconds("22:59:00"), True),
    ):  # fmt: skip
        talk = units([("买家", clock(asked), "能机洗吗"), ("客服", f"{DAY[:-1]}7 12:00:00", "您好，可以的")])
        assert ((rule, 3) in rules(linter_of(platform).check_units(talk))) is counts, clock(asked)


@pytest.mark.parametrize(
    ("platform", "rule", "who", "counts"),
    [("taobao", "CNV003", "机器人", False), ("pdd", "CNV004", "机器人", True), ("jd", "CNV006", "机器人", False),
     ("douyin", "CNV007", "机器人", False), ("kuaishou", "CNV008", "机器人", False)],
)  # fmt: skip
def test_whether_a_bot_is_an_answer(linter_of, platform: str, rule: str, who: str, counts: bool) -> None:
    talk = units([("买家", f"{DAY} 10:00:00", "能机洗吗"), (who, f"{DAY} 10:00:02", "您好，可以的")])
    assert ((rule, 2) in rules(linter_of(platform).check_units(talk))) is not counts


def test_a_canned_answer_of_the_platform_never_counts(linter_of) -> None:
    talk = units([("买家", f"{DAY} 10:00:00", "能机洗吗"), ("机器人", f"{DAY} 10:00:00", "【自动回复】您好，客服正忙")])
    assert ("CNV004", 2) in rules(linter_of("pdd").check_units(talk))


def test_the_wait_runs_from_the_first_message_of_the_turn(linter_of) -> None:
    talk = units(
        [
            ("买家", f"{DAY} 10:00:00", "能机洗吗"),
            ("买家", f"{DAY} 10:04:59", "人呢"),
            ("客服", f"{DAY} 10:05:01", "可以的"),
        ]
    )
    (finding,) = [f for f in linter_of("pdd").check_units(talk) if f.rule == "CNV004"]
    assert finding.place.row == 4
    assert "5 分 1 秒" in finding.message


def test_greeting_at_the_border(linter_of) -> None:
    for second, late in ((9, False), (10, False), (11, True)):
        talk = units([("买家", f"{DAY} 10:00:00", "在吗"), ("客服", f"{DAY} 10:00:{second:02}", "您好")])
        assert any(r == "CNV001" for r, _ in rules(linter_of("taobao").check_units(talk))) is late


def test_four_of_five_are_eighty_percent(linter_of) -> None:
    def day(late: int, questions: int) -> list[tuple[str, int | None]]:
        said = []
        for n in range(questions):
            said.append(("买家", f"{DAY} {8 + n:02}:00:00", "能机洗吗"))
            said.append(("客服", f"{DAY} {8 + n:02}:{6 if n < late else 1:02}:00", "可以的"))
        return [r for r in rules(linter_of("pdd").check_units(units(said))) if r[0] == "CNV005"]

    assert day(1, 5) == []
    assert day(2, 5) == [("CNV005", 2)]
    assert day(2, 10) == []
    assert day(3, 10) == [("CNV005", 2)]
    assert day(4, 4) == []  # too few to judge a day by


def test_without_a_platform_no_definition_applies(linter_of) -> None:
    talk = units([("买家", f"{DAY} 10:00:00", "能机洗吗"), ("客服", f"{DAY} 12:00:00", "抱歉，可以的")])
    assert rules(linter_of(None).check_units(talk)) == []
