"""Numbers and accounts in every style of digit, and the numbers that are none."""

import pytest

from cslint.engine import entities


def values(finder: str, text: str) -> list[str]:
    return [one.value for one in entities.FINDERS[finder](text)]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "幺三八零零幺三八零零零",
        "壹叁捌零零壹叁捌零零零",
        "13800138ooo",
        "86 138 0013 8000",
        "1.3.8.0.0.1.3.8.0.0.0",
        "要散扒领零衣叁吧淋林铃",
        "yi三8零ling1三ba零零0",
        "yao san ba ling ling yi san ba ling ling ling",
        "幺叁捌,零零幺叁,捌零零零",
        "138加0013加8000",
        "call13800138000",
        "l38ool38ooo",
        "1133880000113388000000",
    ],
)
def test_mobile_numbers_in_any_style(text: str) -> None:
    assert values("mobile", f"联系{text}吧") == ["13800138000"]


@pytest.mark.parametrize("text", ["其实是一起就五六七八九", "hotel13800138000", "a13散8零零一三八零零零"])
def test_words_that_sound_like_digits_are_no_number(text: str) -> None:
    assert values("mobile", text) == []


@pytest.mark.parametrize("text", ["lulu五贰零叁", "abc贰零贰叁", "mz下划线tea五二1", "shop杠888", "d i a n z h u 8 8"])
def test_accounts_with_written_digits_and_named_bars(text: str) -> None:
    assert text in values("account", f"搜{text}就是")


@pytest.mark.parametrize(
    "text", ["kefu八八艾特一六三点康姆", "1234567@扣扣点com", "kefu#163。com", "一二三四五六@qq.com"]
)
def test_spoken_mail_addresses(text: str) -> None:
    assert values("email", f"发到{text}") == [text]


@pytest.mark.parametrize(
    "text", ["sf13800138000", "13800138000123", "kx-13800138000", "23800138000", "1380013800", "20231113800138000"]
)
def test_longer_or_attached_numbers_are_no_mobile_number(text: str) -> None:
    assert values("mobile", f"编码{text}。") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("0571-88888888", "057188888888"), ("400-820-8820", "4008208820"), ("(010)62345678", "01062345678")],
)
def test_landlines(text: str, value: str) -> None:
    assert values("landline", f"热线{text}") == [value]


def test_spans_are_code_points() -> None:
    text = "😀打13800138000"
    (one,) = entities.mobile(text)
    assert text[one.start : one.end] == "13800138000"


def test_links_and_mail() -> None:
    assert values("link", "看 https://a.example.com/x?y=1 吧") == ["https://a.example.com/x?y=1"]
    assert values("link", "打开shop点com") == ["shop点com"]
    assert values("link", "版本v2.0.1") == []
    assert values("email", "发到kefu88@qq.com谢谢") == ["kefu88@qq.com"]


def test_check_digits() -> None:
    assert values("bank-card", "卡6222021001116245702") == ["6222021001116245702"]
    assert values("bank-card", "卡6222021001116245703") == []
    assert values("id-card", "证11010519491231002x") == ["11010519491231002x"]
    assert values("id-card", "证110105194912310021") == []
