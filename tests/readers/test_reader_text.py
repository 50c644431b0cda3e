"""Plain text and Markdown: a text a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cslint.model import Unit

Read = Callable[..., list[Unit]]


def test_a_line_is_a_text(read_as: Read) -> None:
    units = read_as("话术.txt", "亲,您好\r\n\r\n  \u3000欢迎光临 \n全网最低价")
    assert [(u.text, u.position(0), u.unit, u.role) for u in units] == [
        ("亲,您好", (1, 1), "public", "agent"),
        ("欢迎光临", (3, 4), "public", "agent"),
        ("全网最低价", (4, 1), "public", "agent"),
    ]
    assert {(u.conversation, u.sender, u.row) for u in units} == {(None, None, None)}


def test_only_line_ends_end_a_line(read_as: Read) -> None:
    text = "加\u2028微\x0b信\x85号\x1c码\r第二行"
    assert [u.text for u in read_as("a.txt", text)] == ["加\u2028微\x0b信\x85号\x1c码", "第二行"]


def test_a_byte_order_mark_does_not_move_the_places(read_as: Read) -> None:
    (unit,) = read_as("a.txt", "\ufeff最好")
    assert (unit.text, unit.position(0)) == ("最好", (1, 1))


def test_an_empty_file_has_no_units(read_as: Read) -> None:
    assert read_as("a.txt", "") == []
    assert read_as("a.txt", "\n \n") == []


@pytest.mark.parametrize(
    ("name", "kind"), [("a.md", "listing"), ("a.html", "listing"), ("a.log", "public"), ("-", "public")]
)
def test_the_kind_that_auto_chooses(read_as: Read, name: str, kind: str) -> None:
    assert [u.unit for u in read_as(name, "新品")] == [kind]


def test_the_kind_that_was_asked_for(read_as: Read) -> None:
    assert [u.unit for u in read_as("a.md", "新品", unit="message")] == ["message"]


@pytest.mark.parametrize(
    "text",
    [
        "【小花旗舰店】亲,双十一全场五折\n【小花旗舰店】退订回T",
        "【买家须知】签收前请验货\n【发货说明】48小时内发出\n【客户评价】五星",
        "【正品保证】假一赔十\n【温馨提示】请勿用力拉扯\n【正品保证】假一赔十\n【温馨提示】轻拿轻放",
        "【尺码】:均码\n【面料】:纯棉\n【尺码】:均码\n【面料】:纯棉",
        "[微笑]亲,在的\n[玫瑰]慢走",
        "面料:纯棉\n产地:浙江\n适用人群:用户:不限",
        "快递:顺丰\n客服:24小时在线\n发货:当天",
        "https://example.com\n12:30 开始\n注意:不退换",
        "订单创建于 2024-1-2 9:05:03\n付款时间 2024-1-2 9:06:03",
    ],
)
def test_what_only_looks_like_a_chat_stays_a_list_of_texts(read_as: Read, text: str) -> None:
    units = read_as("a.txt", text)
    assert [u.text for u in units] == text.splitlines()
    assert {(u.unit, u.role) for u in units} == {("public", "agent")}
