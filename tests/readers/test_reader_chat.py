"""Chat text: turns, speakers, conversations, and the text that nobody says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cslint.model import Unit
from cslint.readers import ReadNotes

Read = Callable[..., list[Unit]]


def said(units: list[Unit]) -> list[tuple[str | None, str, str]]:
    return [(unit.sender, unit.role, unit.text) for unit in units]


@pytest.mark.parametrize(
    "text",
    [
        "【买家】:在吗\n【小花】:在的",
        "【买家】在吗\n【小花】在的",
        "1、【买家】:在吗\n【小花】:在的",
        "(1)【买家】:在吗\n【小花】 :在的",
        "12.【买家】: 在吗\r\n 【小花】: 在的 \r\n",
        "[买家]:在吗\n[小花]:在的",
        "买家:在吗\n小花:在的",
        "买家: 在吗\n小花: 在的",
        "1. 买家:在吗\n2. 小花:在的",
        "10:00:01 买家:在吗\n10:00:05 小花:在的",
        "[2024-05-01 10:00] 买家:在吗\n[2024-05-01 10:01] 小花:在的",
        "买家(10:00:01):在吗\n小花(10:00:05):在的",
        "【买家】2024-05-01 10:00:01\n在吗\n【小花】2024-05-01 10:00:05\n在的",
        "买家 2024-5-1 10:00:01\n在吗\n小花 2024-5-1 10:00:05\n在的",
        "买家2024-5-1 10:00:01\n在吗\n\n小花2024-5-1 10:00:05:\n在的\n",
        "[买家] 2024-05-01 10:00:01\n在吗\n[小花] 2024-05-01 10:00:05\n在的",
        "2024-05-01 10:00:01 买家(12345)\n在吗\n\n2024-05-01 10:00:05 小花<xh@shop>\n在的\n\n",
    ],
)
@pytest.mark.parametrize("colon", [":", "\uff1a"], ids=["ascii", "fullwidth"])
def test_the_shapes_of_a_turn(read_as: Read, text: str, colon: str) -> None:
    units = read_as("a.txt", re.sub(r"(?<!\d):|:(?!\d)", colon, text))
    assert said(units) == [("买家", "customer", "在吗"), ("小花", "agent", "在的")]
    assert {u.unit for u in units} == {"message"}


@pytest.mark.parametrize("number", ["1、", "1.", "1\uff0e", "(1)", "\uff081\uff09", "1)", "1 ", "1", "  12、"])
def test_the_shapes_of_a_number(read_as: Read, number: str) -> None:
    units = read_as("a.txt", f"{number}【买家】:在吗\n【小花】:在的\n{number}【买家】:几天到\n【小花】:三天")
    assert [u.text for u in units] == ["在吗", "在的", "几天到", "三天"]
    assert [u.conversation for u in units] == ["1", "1", "2", "2"]


@pytest.mark.parametrize(
    ("buyer", "agent"),
    [
        ("【客户李女士】:", "【小花】:"),
        ("【小鱼】:", "【客服小花】:"),
        ("【小鱼】:", "【小花旗舰店:小花】:"),
        ("【t**8】:", "【小花】:"),
        ("买家(tb001):", "小花:"),
        ("买家 tb001:", "客服 小花:"),
        ("买家问:", "客服答:"),
        ("Customer:", "Agent Amy:"),
        ("问:", "答:"),
    ],
)
def test_the_names_of_two_sides(read_as: Read, buyer: str, agent: str) -> None:
    units = read_as("a.txt", f"{buyer}在吗\n{agent}在的\n{buyer}几天到\n{agent}三天\n")
    assert [u.role for u in units] == ["customer", "agent"] * 2
    assert [u.text for u in units] == ["在吗", "在的", "几天到", "三天"]


def test_a_side_that_never_writes_the_colon(read_as: Read) -> None:
    for agent in ("客服", "小花"):
        units = read_as("a.txt", f"【买家】:在吗\n【{agent}】在的\n【买家】:好\n【买家】:几天到\n【{agent}】三天")
        assert [u.role for u in units] == ["customer", "agent", "customer", "customer", "agent"]


def test_times_are_kept_as_written(read_as: Read) -> None:
    text = "买家(10:00:01):在吗\n2024/5/1 10:00:05 小花:在的\n"
    assert [u.time for u in read_as("a.txt", text)] == ["10:00:01", "2024/5/1 10:00:05"]
    text = "2024-05-01 10:00:01\n【买家】:在吗\n10:00:05\n【小花】:在的\n"
    units = read_as("a.txt", text)
    assert [(u.role, u.time) for u in units if u.role != "system"] == [
        ("customer", "2024-05-01 10:00:01"),
        ("agent", "10:00:05"),
    ]
    assert {u.conversation for u in units if u.role != "system"} == {"1"}


def test_a_time_at_the_start_of_a_text_is_text(read_as: Read) -> None:
    assert said(read_as("a.txt", "【买家】几点发货\n【小花】16:30发货\n"))[1] == ("小花", "agent", "16:30发货")


def test_continuation_lines_belong_to_the_turn(read_as: Read) -> None:
    text = "【买家】:我要退货\r\n衣服破了\r\n【小花】:亲\r\n请您拍照\r\n  上传\r\n【买家】:好\r\n"
    assert said(read_as("a.txt", text)) == [
        ("买家", "customer", "我要退货\r\n衣服破了"),
        ("小花", "agent", "亲\r\n请您拍照\r\n  上传"),
        ("买家", "customer", "好"),
    ]


def test_a_turn_glued_to_the_end_of_anothers(read_as: Read) -> None:
    text = "【买家】:在吗\n【小花】:在的2、【买家】:几天到【小花】:三天,【会员价】:9元\n"
    assert [text for _, _, text in said(read_as("a.txt", text))] == ["在吗", "在的", "几天到", "三天,【会员价】:9元"]


def test_a_label_inside_a_turn_is_not_a_speaker(read_as: Read) -> None:
    text = "【买家】:怎么退\n【小花】:这样退\n【温馨提示】:请保留吊牌\n【退货地址】:杭州市\n【买家】:好\n【小花】:嗯嗯"
    assert [sender for sender, _, _ in said(read_as("a.txt", text))] == ["买家", "小花", "买家", "小花"]
    text = "买家:怎么退\n小花:寄这里\n地址:杭州市\n电话:13800000000\n买家:好"
    assert said(read_as("a.txt", text))[1] == ("小花", "agent", "寄这里\n地址:杭州市\n电话:13800000000")


def test_a_short_paragraph_between_two_turns_is_the_same_speakers(read_as: Read) -> None:
    text = "【买家】:我要退货\n\n衣服破了\n\n【小花】:好的"
    assert said(read_as("a.txt", text))[0] == ("买家", "customer", "我要退货\n\n衣服破了")


@pytest.mark.parametrize(
    "heading",
    [
        "第二篇:客服工资制度",
        "二、售后场景",
        "# 售后",
        "=====",
        "--- 售后 ---",
        "【售后场景】",
        "姓名:小丁性别:女联系方式:",
        "审核人:",
        "审核人\uff1a",
        "姓名\uff1a小丁性别\uff1a女联系方式\uff1a",
    ],
)
def test_a_heading_ends_a_turn_and_is_the_shops_own(read_as: Read, heading: str) -> None:
    text = f"【买家】:在吗\n【小花】:在的\n{heading}\n私下加微信\n【买家】:几天到\n【小花】:三天\n"
    units = read_as("a.txt", text)
    assert said(units)[1:4] == [("小花", "agent", "在的"), (None, "agent", heading), (None, "agent", "私下加微信")]
    assert [u.unit for u in units] == ["message", "message", "public", "public", "message", "message"]
    assert [u.conversation for u in units] == ["1", "1", None, None, "2", "2"]


def test_prose_after_the_last_turn_is_not_said(read_as: Read) -> None:
    essay = "客服是店铺的门面。" * 60
    for gap in ("\n\n", "\n"):
        units = read_as("a.txt", f"【买家】:在吗\n【小花】:在的哦!{gap}{essay}\n再一段")
        assert said(units)[1:] == [("小花", "agent", "在的哦!"), (None, "agent", essay), (None, "agent", "再一段")]
        assert units[2].unit == "public"


def test_many_short_lines_after_the_last_turn_are_not_said(read_as: Read) -> None:
    units = read_as("a.txt", "【买家】:在吗\n【小花】:在的。\n" + "客服要耐心。\n" * 1000)
    assert len(units[1].text) < 2000
    assert {(u.role, u.unit) for u in units[2:]} == {("agent", "public")}


def test_lines_above_a_chat_are_its_caption(read_as: Read) -> None:
    units = read_as("a.txt", "聊天记录导出\n店铺:小花家\n【买家】:在吗\n【小花】:在的")
    assert [(u.role, u.unit) for u in units[:2]] == [("system", "message")] * 2
    assert units[2].position(0) == (3, 6)


def test_lines_above_the_turns_of_a_mixed_file_are_checked(read_as: Read) -> None:
    units = read_as("a.txt", "售后话术\n【买家】:在吗\n【小花】:在的。\n\n" + "售后要耐心。" * 80)
    assert [(u.role, u.unit) for u in units if u.sender is None] == [("agent", "public")] * 2


def test_numbers_open_conversations_unless_every_turn_has_one(read_as: Read) -> None:
    text = "1、【买家】:在吗\n【小花】:在的\n2、【买家】:几天到\n【小花】:三天"
    assert [u.conversation for u in read_as("a.txt", text)] == ["1", "1", "2", "2"]
    text = "1、【买家】:在吗\n2、【小花】:在的\n3、【买家】:几天到\n4、【小花】:三天"
    assert [u.conversation for u in read_as("a.txt", text)] == ["1"] * 4


def test_a_conversation_may_have_a_name(read_as: Read) -> None:
    text = "会话ID:T001\n【买家】:在吗\n【小花】:在的\n\n会话ID:T002\n【买家】:几天到\n【小花】:三天"
    units = [u for u in read_as("a.txt", text) if u.role != "system"]
    assert [u.conversation for u in units] == ["T001", "T001", "T002", "T002"]


def test_two_agents_in_turn_are_known_from_their_own_conversations(read_as: Read) -> None:
    text = (
        "1、【买家】:在吗\n【小花】:在的\n2、【买家】:在吗\n【小美】:在的\n3、【买家】:谁\n【小花】:我\n【小美】:还有我"
    )
    assert [u.role for u in read_as("a.txt", text)] == ["customer", "agent"] * 3 + ["agent"]


def test_three_parties_leave_the_unknown_unknown(read_as: Read, notes: ReadNotes) -> None:
    text = "【买家】:在吗\n【小花】:在的\n【阿强】:我也在\n【买家】:好"
    assert [u.role for u in read_as("a.txt", text)] == ["customer", "unknown", "unknown", "customer"]
    assert notes.unknown_roles == 2
    assert notes.unknown_speakers == {"小花": 1, "阿强": 1}
    assert [u.role for u in read_as("a.txt", text, agents=["小*"])] == ["customer", "agent", "unknown", "customer"]


def test_agents_by_pattern_make_a_chat_and_decide_first(read_as: Read) -> None:
    text = "【春风】:亲,您好\n【秋雨】:你好"
    assert said(read_as("a.txt", text, agents=["春*"])) == [("春风", "agent", "亲,您好"), ("秋雨", "customer", "你好")]
    text = "【用户运营】:亲\n【买家】:你好"
    assert [u.role for u in read_as("a.txt", text, agents=["用户运营"])] == ["agent", "customer"]


def test_bots_and_the_system_are_no_party(read_as: Read) -> None:
    text = "【系统】:买家进入会话\n【店小蜜】:您好\n【买家】:转人工\n【小花】:在的\n【机器人】:再见"
    assert [u.role for u in read_as("a.txt", text)] == ["system", "bot", "customer", "agent", "bot"]


def test_questions_and_answers_are_templates(read_as: Read) -> None:
    units = read_as("a.txt", "问:可以加微信吗?\n答:亲,平台内沟通哦\n问:几天到?\n答:三天")
    assert [(u.role, u.unit) for u in units] == [("customer", "public"), ("agent", "public")] * 2


def test_the_kind_that_was_asked_for_keeps_the_turns(read_as: Read) -> None:
    units = read_as("a.txt", "【买家】:在吗\n【小花】:在的", unit="public")
    assert [(u.role, u.unit) for u in units] == [("customer", "public"), ("agent", "public")]


TURN = st.sampled_from(
    [
        "【买家】:",
        "【小花】:",
        "3、【买家】:",
        "【小花】",
        "\n",
        "\r\n",
        "第二篇:制度",
        "二、场景",
        "亲",
        "加微信 ",
        "好。",
        "A",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TURN, max_size=25))
def test_nothing_is_lost_and_nothing_is_said_twice(read_as: Read, parts: list[str]) -> None:
    text = "".join(parts)
    marker = r"(?:\d、)?【(?:买家|小花)】:?"
    said_at: set[tuple[int, int]] = set()
    for unit in read_as("a.txt", text):
        places = [unit.position(at) for at in range(len(unit.text))]
        assert not said_at.intersection(places)
        said_at.update(places)
    bare = re.sub(marker, lambda found: " " * len(found[0]), text)
    rows = re.split(r"\r\n|\n", bare)
    expected = {(row, column) for row, line in enumerate(rows, 1) for column, c in enumerate(line, 1) if c.strip()}
    assert expected <= said_at
