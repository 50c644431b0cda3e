"""Slots of templates: their names are nobody's words, whatever they are called, and evasion gains nothing from braces."""

from __future__ import annotations

import pytest

from cslint import Linter


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter("taobao")


@pytest.mark.parametrize(
    "text",
    [
        "亲{微信昵称}您好",
        "亲${wechat_nick}您好",
        "亲{{ weixin }}您好",
        "亲%(wechat)s您好",
        "亲<%= wechat %>您好",
        "{QQ号}",
    ],
)
@pytest.mark.parametrize("unit", ["public", "message", "listing"])
def test_the_name_of_a_variable_is_passed(linter: Linter, text: str, unit: str) -> None:
    assert not [f for f in linter.check(text, unit=unit) if f.group == "third-party"]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["加{微信}详聊", "亲{加微信详聊}", "亲,{昵称}加微信详聊"])
def test_words_in_braces_are_words(linter: Linter, text: str) -> None:
    assert "TPP001" in [finding.rule for finding in linter.check(text)]


@pytest.mark.parametrize("text", ["亲{昵称}您好", "亲{{buyer_nick}}您好", "亲${订单号}您好", "您的快递%s已发出"])
def test_an_unresolved_slot_in_a_sent_message_is_a_finding(linter: Linter, text: str) -> None:
    (finding,) = linter.check(text, unit="message")
    assert (finding.rule, finding.severity) == ("LST001", "warning")
    assert text[finding.start : finding.end] == finding.matched


def test_a_slot_leaves_the_places_of_what_follows(linter: Linter) -> None:
    (finding,) = [f for f in linter.check("亲{微信昵称},加微信详聊", unit="public") if f.rule == "TPP001"]
    assert finding.start >= 7
