"""What an export may do to the order of messages: each case has a stated behaviour (docs/conversation-rules.md)."""

import random

import pytest
from talks import ROLES, Said, rules, units

from cslint import Unit
from cslint.conversation.grouping import Grouper
from cslint.conversation.talk import Conversation, Message

DAY1: list[Said] = [
    ("买家", "2024-05-06 10:00:00", "有货吗"),
    ("客服", "2024-05-06 10:00:30", "有的"),
    ("买家", "2024-05-06 10:01:00", "能开发票吗"),
    ("客服", "2024-05-06 10:07:00", "可以的"),
]
LATE = [("CNV003", 5)]


def conversation(said: list[Said], name: str | None = "C1") -> Conversation:
    return Conversation("chat.csv", name, [Message(u, {}, {}) for u in units(said, name)])


def texts(found: Conversation) -> list[str]:
    return [m.text for m in found.messages]


def late(linter_of, messages: list[Unit]) -> list[tuple[str, int | None]]:
    return [r for r in rules(linter_of("taobao").check_units(messages)) if r[0] == "CNV003"]


def test_shuffled_rows_are_put_in_the_order_of_their_times(linter_of) -> None:
    messages = units(DAY1)
    for seed in range(10):
        random.Random(seed).shuffle(messages)
        assert late(linter_of, messages) == LATE


def test_newest_first_is_turned_round_also_within_a_second() -> None:
    said = [
        ("买家", "10:00:00", "一"),
        ("客服", "10:00:05", "二"),
        ("客服", "10:00:05", "三"),
        ("买家", "10:00:09", "四"),
    ]
    assert texts(conversation(said[::-1])) == ["一", "二", "三", "四"]
    dated = [(who, f"2024-05-06 {time}", text) for who, time, text in said]
    assert texts(conversation(dated[::-1])) == ["一", "二", "三", "四"]


def test_equal_times_keep_the_order_of_the_file() -> None:
    said = [("买家", "2024-05-06 10:00:00", str(n)) for n in range(9)]
    assert texts(conversation(said)) == [str(n) for n in range(9)]


def test_interleaved_conversations_do_not_mix(linter_of) -> None:
    many = [unit for n in range(20) for unit in units(DAY1, f"C{n}")]
    many.sort(key=lambda u: u.time or "")
    found = [f for f in linter_of("taobao").check_units(many) if f.rule == "CNV003"]
    assert sorted(f.place.conversation or "" for f in found) == sorted(f"C{n}" for n in range(20))


def test_without_times_the_file_decides_and_nothing_is_timed(linter_of) -> None:
    untimed: list[Said] = [(who, None, text) for who, _, text in DAY1[:3]]
    assert rules(linter_of("taobao").check_units(units(untimed))) == [("CNV009", 4), ("CNV010", 4)]


def test_a_message_without_a_time_stays_behind_its_neighbour() -> None:
    said = [*DAY1[:2], ("客服", None, "还有两件"), *DAY1[2:]]
    found = conversation(said)
    assert texts(found) == [text for _, _, text in said]
    assert not found.sessions[0].timed  # and a session with a hole in its times is not measured


def test_to_the_minute_the_agent_has_the_benefit(linter_of) -> None:
    def at(minute: str) -> list[Unit]:
        return units([("买家", "2024-05-06 10:00", "能开发票吗"), ("客服", f"2024-05-06 10:{minute}", "可以的")])

    assert late(linter_of, at("05")) == []  # 4:01 to 5:59
    assert late(linter_of, at("06")) == [("CNV003", 3)]  # 5:01 at least


def test_whole_minutes_throughout_are_times_to_the_minute() -> None:
    said = [("买家" if n % 2 == 0 else "客服", f"2024-05-06 10:{n:02}:00", "嗯") for n in range(8)]
    assert {m.precision for m in conversation(said).messages} == {60}
    assert {m.precision for m in conversation(said[:7]).messages} == {1}


def test_over_midnight_with_and_without_dates(linter_of) -> None:
    dated: list[Said] = [("买家", "2024-05-06 22:59:50", "能开发票吗"), ("客服", "2024-05-07 00:10:00", "可以的")]
    assert late(linter_of, units(dated)) == [("CNV003", 3)]
    clocks: list[Said] = [("买家", "22:59:50", "能开发票吗"), ("客服", "00:10:00", "可以的")]
    assert late(linter_of, units(clocks)) == [("CNV003", 3)]
    (finding,) = [f for f in linter_of("taobao").check_units(units(clocks)) if f.rule == "CNV003"]
    assert "1 小时 10 分" in finding.message


def test_epochs_and_zones_are_the_same_moments(linter_of) -> None:
    for asked, answered in (
        ("1714968000", "1714968301"),  # 12:00:00 and 12:05:01
        ("1714968000000", "1714968301000"),
        ("2024-05-06T04:00:00Z", "2024-05-06T12:05:01+08:00"),
    ):
        assert late(linter_of, units([("买家", asked, "能开发票吗"), ("客服", answered, "可以的")])) == [("CNV003", 3)]


def test_a_window_is_that_of_shanghai_for_epochs_too(linter_of) -> None:
    at_23 = 1714968000 + 11 * 3600
    for asked, expected in ((at_23 - 1, [("CNV003", 3)]), (at_23, [])):
        assert (
            late(linter_of, units([("买家", str(asked), "能开发票吗"), ("客服", str(asked + 301), "可以的")]))
            == expected
        )


def test_a_clock_that_jumps_never_gives_a_negative_wait() -> None:
    said = [
        ("买家", "2024-05-06 10:00:00", "问"),
        ("客服", "2024-05-06 09:59:58", "答"),
        ("客服", "2024-05-06 10:00:20", "再答"),
    ]
    (session,) = conversation(said).sessions
    waits = [session.wait(turn) for turn in session.turns(["human"])]
    assert waits == [20.0]  # the answer dated before the question is taken at its word: it came before
    broken = [("买家", "1970-01-01 08:00:00", "问"), ("客服", "2024-05-06 10:00:20", "答")]
    assert not conversation(broken).sessions[0].timed  # a clock that was never set is no time


def test_a_row_that_stands_twice_is_one_message(linter_of) -> None:
    doubled = [one for said in DAY1 for one in (said, said)]
    found = conversation(doubled)
    assert found.duplicates == 4
    assert texts(found) == [text for _, _, text in DAY1]
    assert len(late(linter_of, units(doubled))) == 1


def test_the_same_words_in_the_same_minute_may_be_two_messages() -> None:
    said = [("买家", "2024-05-06 10:00", "在吗"), ("买家", "2024-05-06 10:00", "在吗")]
    assert conversation(said).duplicates == 0


def test_a_long_silence_begins_another_session() -> None:
    said = [
        *DAY1,
        ("客服", "2024-05-06 15:00:00", "给您发货了"),
        ("买家", "2024-05-06 19:00:00", "到哪了"),
        ("客服", "2024-05-06 19:01:00", "在路上"),
    ]
    sizes = [len(s.messages) for s in conversation(said).sessions]
    assert sizes == [5, 2]
    said[-2] = ("买家", "2024-05-06 18:59:59", "到哪了")
    assert len(conversation(said).sessions) == 1


@pytest.mark.parametrize("name", ["C1", None])
def test_conversations_with_a_stranger_are_not_judged(linter_of, name: str | None) -> None:
    said = [*DAY1, ("路人", "2024-05-06 10:08:00", "我来看看")]
    assert rules(linter_of("taobao").check_units(units(said, name))) == []


def test_a_file_without_conversations_is_one_if_it_has_one_buyer(linter_of) -> None:
    assert late(linter_of, units(DAY1, None)) == LATE
    two = units(DAY1, None)
    two[2] = Unit("能开发票吗", "message", ROLES["买家"], "chat.csv", row=4, sender="另一个买家", time=two[2].time)
    assert late(linter_of, two) == []


# ---- memory: what is held is what may still go on ----


def message(name: str, time: str, path: str = "chat.csv") -> Message:
    return Message(Unit("在吗", "message", "customer", path, conversation=name, sender="买家", time=time), {}, {})


def test_a_conversation_closes_a_day_after_its_last_message_in_an_ordered_stream() -> None:
    grouper = Grouper(watched=0)
    assert not list(grouper.add(message("A", "2024-05-06 10:00:00")))
    assert not list(grouper.add(message("B", "2024-05-07 10:00:00")))
    assert [c.name for c in grouper.add(message("B", "2024-05-07 10:00:01"))] == ["A"]
    assert [c.name for c in grouper.close()] == ["B"]


def test_held_conversations_stay_few_in_a_long_stream() -> None:
    grouper, most = Grouper(watched=0), 0
    for n in range(5000):
        day, minute = divmod(n * 10, 1440)
        list(
            grouper.add(
                message(f"C{n}", f"2024-{1 + day // 28:02}-{1 + day % 28:02} {minute // 60:02}:{minute % 60:02}:00")
            )
        )
        most = max(most, len(grouper._open))
    assert most <= 146  # a day and a bit at one every ten minutes; over month ends the day may be longer


def test_a_stream_out_of_order_is_held_to_the_end_of_its_file() -> None:
    grouper = Grouper(watched=0)
    times = ["2024-05-09 10:00:00", "2024-05-06 10:00:00", "2024-05-12 10:00:00", "2024-05-06 10:00:05"]
    closed = [c for at, time in enumerate(times) for c in grouper.add(message("A" if at % 2 else "B", time))]
    assert closed == []
    closed = list(grouper.add(message("C", "2024-05-01 00:00:00", "other.csv")))
    assert sorted((c.name or "", len(c.messages)) for c in closed) == [("A", 2), ("B", 2)]


def test_nothing_is_closed_before_the_order_of_a_stream_is_known() -> None:
    grouper = Grouper()
    days = [5, 1, 5, 1]  # a shuffled file: the first step forward must not close anything
    closed = [c for n, day in enumerate(days) for c in grouper.add(message(f"C{day}", f"2024-05-0{day} 10:00:0{n}"))]
    assert closed == []
    assert sorted(len(c.messages) for c in grouper.close()) == [2, 2]


def test_there_is_a_bound_even_without_times() -> None:
    grouper = Grouper(most=10)
    closed = [
        c.name
        for n in range(30)
        for c in grouper.add(Message(Unit("在吗", conversation=f"C{n}", role="customer"), {}, {}))
    ]
    assert closed == [f"C{n}" for n in range(20)]
