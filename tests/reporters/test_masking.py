"""Personal data is starred out at the same length; what only looks like it is left alone."""

from __future__ import annotations

import json
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslint import reporters
from cslint.masking import mask, mask_contact, mask_name
from cslint.model import Place
from cslint.reporters.masking import mask_file
from cslint.reporters.run import FileReport


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678。", "电话138******78。"),
        ("13812345678 8点后打", "138******78 8点后打"),
        ("138 1234 5678 8点后打", "138 **** **78 8点后打"),
        ("138-1234-5678", "138-****-**78"),
        ("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 * * * * * * 7 8"),
        ("1❤3❤8❤1❤2❤3❤4❤5❤6❤7❤8", "1❤3❤8❤*❤*❤*❤*❤*❤*❤7❤8"),
        ("+86 13812345678", "+86 138******78"),
        ("8613812345678", "861********78"),
        ("１３８１２３４５６７８", "１３８******７８"),
        ("一三八一二三四五六七八", "一三八******七八"),
        ("①③⑧①②③④⑤⑥⑦⑧", "①③⑧******⑦⑧"),
        ("座机0571-88123456", "座机057*-******56"),
        ("身份证330106199001011234", "身份证330*************34"),
        ("身份证33010619900101123X", "身份证330*************3X"),
        ("卡号6222 0212 3456 7894", "卡号622* **** **** **94"),
        ("邮箱zhang.san@qq.com", "邮箱z********@qq.com"),
        ("加我微信 xiaomei8866", "加我微信 xia******66"),
        ("vx:ab1234", "vx:a***34"),
        ("QQ号:12345678", "QQ号:123***78"),
        ("收货人：张三，", "收货人：张*，"),
        ("姓名:欧阳小美 电话", "姓名:欧*** 电话"),
        ("收货人张三丰电话", "收货人张**电话"),
        ("张三，13812345678，浙江省杭州市西湖区文三路100号", "张*，138******78，浙江省杭州市西湖区*******"),
        ("13812345678 欧阳小美", "138******78 欧阳小美"),
        ("13812345678 李雷,", "138******78 李*,"),
        ("浙江省杭州市西湖区文三路100号3幢502室", "浙江省杭州市西湖区*************"),
        ("文三路 100 号 3 幢", "*** *** * * *"),
        ("地址:浙江杭州未来科技城", "地址:浙江杭******"),
        ("订单 240501123456789 已发出", "订单 240**********89 已发出"),
        ("订单号：3456789012345678901", "订单号：345**************01"),
        ("运单号SF1234567890123", "运单号SF123********23"),
        ("拼多多订单240501-123456789012345", "拼多多订单240***-*************45"),
    ],
)
def test_personal_data(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01 10:02:33,c1,小美",
        "2023-11-15 14:30:22,100",
        "尺码 135 140 145 150 155",
        "到手价199.00元,满300减50",
        "型号 iPhone15 Pro 256G",
        "请提供收货人姓名和电话",
        "收货人信息以订单为准",
        "微信零钱和支付宝都可以",
        "加微信聊",
        "20240501123456789012",
        "三十五天,一共一百二十件",
        "第100号店铺的路线",
        "https://item.taobao.com/item.htm?id=673456789012",
        "",
    ],
)
def test_other_numbers_and_words_stay(text):
    assert mask(text) == text


def test_in_the_span_of_a_contact_any_number_goes():
    assert mask("加扣 654321") == "加扣 654321"
    assert mask_contact("加扣 654321") == "加扣 6****1"
    assert mask_contact("加扣 6·5·4·3·2·1·0") == "加扣 6·5·4·*·*·1·0"


@pytest.mark.parametrize(("name", "masked"), [("张三", "张*"), ("tb_xiaoming", "t**********"), ("李", "*"), ("", "")])
def test_names(name, masked):
    assert mask_name(name) == masked


@given(st.text(st.one_of(st.characters(), st.sampled_from("0123456789-路号室@.微信地址:：区市张")), max_size=80))
def test_the_length_stays(text):
    assert len(mask(text)) == len(mask_contact(text)) == len(text)


@given(st.text(st.sampled_from("加我微信 ,。a❤"), max_size=8), st.integers(13_000_000_000, 19_999_999_999))
def test_no_phone_survives(around, phone):
    assert str(phone) not in mask(f"{around}{phone}{around}")


def test_long_lines_take_no_long_time():
    for text in (
        "区" * 20_000,
        "路" * 20_000,
        "1 3 " * 5_000,
        "a." * 10_000 + "@",
        "地址:" * 5_000,
        "1-" * 10_000,
        "a1" * 10_000,
    ):
        assert len(mask(text)) == len(text)


class TestMaskFile:
    @pytest.fixture
    def masked(self, files):
        return [mask_file(file) for file in files]

    @pytest.mark.parametrize("name", [n for n in reporters.FORMATS if n not in reporters.BINARY_FORMATS])
    def test_no_format_shows_the_phone(self, name, masked, write):
        written = write(reporters.reporter(name), masked, show_passed=True)
        assert "13812345678" not in written
        assert "138******78" in written

    def test_the_fingerprint_stays(self, files, masked):
        assert [f.fingerprint for f in masked[0].findings] == [f.fingerprint for f in files[0].findings]

    def test_agents_keep_their_names_and_customers_do_not(self, files):
        agent, customer = files[0].findings[0], files[0].findings[1]
        place = msgspec.structs.replace(customer.place, sender="张小姐123", role="customer")
        file = msgspec.structs.replace(
            files[0],
            findings=(agent, msgspec.structs.replace(customer, place=place)),
            line_of=lambda _place: "c1,张小姐123,买家,加wx",
        )
        kept, starred = mask_file(file).findings
        assert kept.place.sender == "小美"
        assert starred.place.sender == "张*****"
        assert mask_file(file).line_of(starred.place) == "c1,张*****,买家,加wx"

    def test_the_span_of_a_contact_is_starred_in_its_line_too(self, files, write):
        line = "加扣 654321 聊"
        found = msgspec.structs.replace(
            files[0].findings[2],
            matched="扣 654321",
            message="联系方式: 「扣 654321」",
            place=Place(path="a.txt", line=1, column=2, end_line=1, end_column=10),
        )
        file = mask_file(FileReport(path="a.txt", findings=(found,), line_of=lambda _place: line))
        assert "654321" not in write(reporters.reporter("full"), [file])
        assert json.loads(write(reporters.reporter("json"), [file]))["findings"][0]["matched"] == "扣 6****1"


PEOPLE = st.tuples(
    st.sampled_from("王李张刘陈杨赵黄周吴"), st.text("伟芳娜敏静丽强磊军洋", min_size=1, max_size=2)
).map("".join)
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
ORDERS = st.from_regex(r"[1-9][0-9]{14,18}", fullmatch=True)
IDS = st.tuples(
    st.integers(110000, 659000),
    st.dates(date(1950, 1, 1), date(2010, 1, 1)),
    st.integers(100, 999),
    st.sampled_from("0123456789X"),
).map(lambda p: f"{p[0]}{p[1]:%Y%m%d}{p[2]}{p[3]}")
DOORS = st.tuples(st.sampled_from(["文三路", "人民大道", "幸福小区"]), st.integers(1, 999), st.integers(101, 999)).map(
    lambda p: f"{p[0]}{p[1]}号{p[2]}室"
)


@pytest.fixture(scope="module")
def linter():
    from cslint import Linter

    return Linter("pdd")


class TestGeneratedPeople:
    """Buyers made up at random: nothing of them is left in an output, nor can it be told from a hash."""

    @given(PEOPLE, PHONES, ORDERS, IDS, DOORS)
    def test_nothing_is_left(self, person, phone, order, identity, door):
        text = f"收货人：{person}，{phone}，浙江省杭州市西湖区{door}，身份证{identity}，订单号{order}"
        masked = mask(text)
        for secret in (person, phone, identity, order, door):
            assert secret not in masked

    @given(PHONES, PHONES)
    def test_fingerprints_do_not_tell_phones_apart(self, one, other):
        from cslint.model import fingerprint

        masked = [fingerprint("CON001", "a.txt", mask_contact(f"加我{p}")) for p in (one, other)]
        assert (masked[0] == masked[1]) == (mask(one) == mask(other))

    @settings(max_examples=25, deadline=None)
    @given(st.integers(10_000, 99_999))
    def test_fingerprints_of_findings_are_over_masked_text(self, linter, middle):
        first, second = (
            {f.fingerprint for f in linter.check(f"打我电话138{n:05d}678") if f.rule == "CON001"}
            for n in (middle, 12345)
        )
        assert first == second != set()

    @given(PHONES, PHONES)
    def test_a_baseline_does_not_tell_phones_apart(self, one, other):
        from cslint.baseline import key_of
        from cslint.model import Finding, Unit

        keys = []
        for phone in (one, other):
            unit = Unit(f"您好,电话{phone}")
            keys.append(
                key_of(
                    Finding(
                        rule="CON001", name="phone-number", group="contact", severity="error", confidence="exact", start=5,
                        end=16, matched=phone, term="", message="", why="", place=unit.place(5, 16), fingerprint="",
                    ),
                    unit,
                )
            )  # fmt: skip
        assert (keys[0] == keys[1]) == (mask(one) == mask(other))
