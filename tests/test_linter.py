"""The public Python API: what every caller may rely on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslint import Linter, Unit


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(platform="pdd")


def test_a_finding_says_where_and_why(linter: Linter) -> None:
    (finding,) = [f for f in linter.check("😀亲加我薇芯聊") if f.confidence == "sound"] or linter.check(
        "😀亲加我薇芯聊"
    )
    assert finding.rule == "TPP001"
    assert finding.group == "third-party"
    assert finding.severity == "error"
    assert "😀亲加我薇芯聊"[finding.start : finding.end] == finding.matched
    assert finding.why
    assert finding.basis
    assert finding.suggestions
    assert finding.place.line == 1
    assert finding.place.column == finding.start + 1
    assert linter.rules[finding.rule].spec


def test_customers_are_not_judged_and_unknown_is_not_an_agent(linter: Linter) -> None:
    assert linter.check("加我微信", role="agent")
    for role in ("customer", "system", "unknown"):
        assert linter.check("加我微信", role=role) == []  # type: ignore[arg-type]
        assert any("微信" in v.matched and not v.accepted for v in linter.explain("加我微信", role=role))  # type: ignore[arg-type]


def test_own_names_never_offend() -> None:
    text = "支付宝付款就行"
    assert not [f for f in Linter("taobao").check(text) if f.group == "third-party"]
    assert [f for f in Linter(["taobao", "pdd"]).check(text) if f.group == "third-party"]
    assert not [f for f in Linter().check("去京东看看") if f.group == "third-party"]  # depends on the platform
    assert [f for f in Linter().check("加我微信") if f.group == "third-party"]  # foreign everywhere


def test_units_keep_their_place(linter: Linter) -> None:
    unit = Unit("好的\n加我微信聊", path="chat.txt", sender="小禾", conversation="7")
    finding = next(iter(linter.check_units([Unit("在的亲"), unit])))
    assert (finding.place.path, finding.place.line, finding.place.sender, finding.place.conversation) == (
        "chat.txt",
        2,
        "小禾",
        "7",
    )


def test_selection(linter: Linter) -> None:
    text = "加我微信,全网最低价"
    assert {f.group for f in linter.check(text)} >= {"third-party", "absolute"}
    assert {f.group for f in Linter("pdd", ignore=["absolute"]).check(text)} == {"third-party"}
    assert {f.rule for f in Linter("pdd", select=["TPP001"]).check(text)} == {"TPP001"}
    with pytest.raises(ValueError, match="TPP"):
        Linter(select=["TPQ001"])
    with pytest.raises(ValueError, match="taobao"):
        Linter(platform="taobaoo")
    with pytest.raises(ValueError, match="strict-terms"):
        Linter(profiles=["strict-term"])


def test_strict_terms_fire_alone() -> None:
    assert not [f for f in Linter("tmall").check("今天发货") if f.group == "absolute"]
    assert [f for f in Linter("tmall", profiles=["strict-terms"]).check("今天发货") if f.group == "absolute"]


def test_real_estate_words_are_info_until_their_profile() -> None:
    assert {f.severity for f in Linter().check("本楼盘堪舆大师选址", unit="listing") if f.term == "堪舆"} == {"info"}
    strict = Linter(profiles=["real-estate"])
    assert {f.severity for f in strict.check("本楼盘堪舆大师选址", unit="listing") if f.term == "堪舆"} == {"error"}


def test_a_fix_changes_nothing_outside_its_span(linter: Linter) -> None:
    text = "亲,独一无二的款式哦"
    done = linter.fix(text, unit="listing", unsafe=True)
    assert done.applied
    assert done.text.startswith("亲,")
    assert done.text.endswith("的款式哦")
    assert linter.fix(done.text, unit="listing", unsafe=True).text == done.text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_many_is_one_by_one(linter: Linter, texts: list[str]) -> None:
    assert list(linter.check_many(texts)) == [linter.check(text) for text in texts]
