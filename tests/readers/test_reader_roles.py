"""Who a name is."""

from __future__ import annotations

import pytest

from cslint.readers.roles import role_of_field, role_of_flag, role_of_name


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            "customer",
            "买家 买家1 客户 老客户 顾客李女士 顾客小王 买家甲 "
            "用户12345 消费者 Customer buyer_01 user t***8 小*花 tb5566778 jd_123456",
        ),
        (
            "agent",
            "客服 客服小美 在线客服03 商家 卖家 店铺 小花旗舰店 小花家:小美 "
            "小花家\uff1a小美 售前 售后小王 客户经理 客户服务 agent mall_cs seller",
        ),
        ("bot", "机器人 智能客服 店小蜜 阿里小蜜 自动回复 bot ChatBot AI客服 robot"),
        ("system", "系统 系统消息 系统提示 system system-message 平台通知 官方小二 平台客服"),
    ],
)
def test_names_that_tell_their_role(role: str, names: str) -> None:
    assert {name: role_of_name(name) for name in names.split()} == dict.fromkeys(names.split(), role)


@pytest.mark.parametrize("name", ["小花", "亲", "春风十里", "会员日", "用户协议", "Robert", "Shopify99", "abot", ""])
def test_names_that_tell_nothing(name: str) -> None:
    assert role_of_name(name) is None


def test_patterns_decide_first() -> None:
    assert role_of_name("买家秀小助", ["买家秀*"]) == "agent"
    assert role_of_name("小花", ["店:*", "小?"]) == "agent"


@pytest.mark.parametrize(
    ("value", "role"),
    [
        ("mall_cs", "agent"),
        ("客服", "agent"),
        (" 商家 ", "agent"),
        ("user", "customer"),
        ("BUYER", "customer"),
        ("买家消息", "customer"),
        ("机器人", "bot"),
        ("系统", "system"),
        ("", None),
        ("其他", None),
    ],
)
def test_the_exports_own_field(value: str, role: str | None) -> None:
    assert role_of_field(value) == role


def test_flags() -> None:
    assert [role_of_flag(word) for word in ("TRUE", "1", "是", "false", "0", "否", "?")] == [
        "agent", "agent", "agent", "customer", "customer", "customer", None,
    ]  # fmt: skip
