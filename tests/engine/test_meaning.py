"""What offends without any listed word: a model learnt from the labelled sentences of the rulebook."""

from __future__ import annotations

import zlib

import pytest

from cslint import Linter, Unit
from cslint.compiler.meaning import Lesson, learn, lessons
from cslint.engine.meaning import LONGEST_TEXT, bared, offending, sure
from cslint.rulebook.load import load

RULE = "offends-by-meaning"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(platform="jd")


@pytest.fixture(scope="module")
def taught() -> set[Lesson]:
    return lessons(load(), str)


def test_it_finds_on_sentences_that_it_has_not_seen(taught: set[Lesson]) -> None:
    """Learnt from one half, asked about the other: most offences, few ordinary ones, though made to be mistaken."""
    halves = [{one for one in taught if zlib.crc32(one.text.encode()) % 2 == half} for half in (0, 1)]
    caught = flagged = bad = fine = 0
    for seen, unseen in (halves, halves[::-1]):
        model = learn(seen)
        for one in unseen:
            if any(True for _ in offending(model, one.text)):
                caught, flagged = caught + one.offends, flagged + (not one.offends)
            bad, fine = bad + one.offends, fine + (not one.offends)
    assert caught / bad > 0.5
    assert flagged / fine < 0.045


def test_the_same_sentences_give_the_same_model(taught: set[Lesson]) -> None:
    some = sorted(taught, key=lambda one: one.text)[:300]
    assert learn(some) == learn(reversed(some))


def test_one_kind_of_sentence_teaches_nothing() -> None:
    assert not learn([Lesson("多少钱", False)]).weights
    assert not learn([]).weights


def test_a_sentence_with_both_labels_is_left_out() -> None:
    book = load()
    doubled = {lesson.text for lesson in lessons(book, str) if lesson.offends} & {
        lesson.text for lesson in lessons(book, str) if not lesson.offends
    }
    assert not doubled


@pytest.mark.parametrize(
    ("said", "bare"),
    [
        ("亲,稍等一下哦~", "稍等一下"),
        ("亲爱的 13 号发的呢", "0号发的"),
        ("好的[姓名x]收到了,", "收到了"),
        ("那个 我看看!", "我看看"),
    ],
)
def test_greetings_and_particles_say_nothing(said: str, bare: str) -> None:
    assert bared(said) == bare


@pytest.mark.parametrize("text", ["嫌慢你自己来取啊", "连开关都找不到还怪产品", "您都剪了标了还想退"])
def test_an_indirect_offence_is_a_warning_with_its_span(linter: Linter, text: str) -> None:
    [finding] = linter.check(f"您好。  {text}!")
    assert (finding.name, finding.severity, finding.confidence) == (RULE, "warning", "meaning")
    assert finding.matched == f"您好。  {text}!"[finding.start : finding.end] == text


@pytest.mark.parametrize("text", ["我帮您催一下,下午给您回复", "拉链卡住了可以涂点蜡", "不知道您喜欢哪个颜色呢"])
def test_ordinary_talk_passes(linter: Linter, text: str) -> None:
    assert not [f for f in linter.check(text) if f.name == RULE]


def test_only_the_agent_s_messages_are_asked_about(linter: Linter) -> None:
    text = "嫌慢你自己来取啊"
    assert not linter.check(text, role="customer")
    assert not linter.check(text, unit="listing")


def test_a_long_message_is_left_to_the_patterns(linter: Linter) -> None:
    text = "嫌慢你自己来取啊" + "。今天下单明天发出" * (LONGEST_TEXT // 4)
    assert not [f for f in linter.check(text) if f.name == RULE]


def test_what_another_rule_reports_is_not_told_twice(linter: Linter) -> None:
    verdicts = linter.explain("这种事你别找我打听,你问我我问谁")
    assert {v.name for v in verdicts if v.accepted and v.severity != "info"} - {RULE}
    assert all("别的规则" in v.reason for v in verdicts if v.name == RULE and not v.accepted)
    assert not [v for v in verdicts if v.name == RULE and v.accepted]


def test_one_by_one_and_many_at_once_agree(linter: Linter) -> None:
    texts = ["嫌慢你自己来取啊", "在的亲", "您都剪了标了还想退"]
    assert list(linter.check_many(texts)) == [linter.check(text) for text in texts]
    assert len(list(linter.check_units([Unit(text) for text in texts]))) == 2


@pytest.mark.parametrize("text", ["?", "？？", "。。。", "！", "……"])
def test_a_message_of_signs_alone_says_nothing(linter: Linter, text: str) -> None:
    [finding] = [f for f in linter.check(text) if f.severity != "info"]
    assert (finding.name, finding.matched) == (RULE, text)
    assert list(linter.check_many([text])) == [linter.check(text)]


@pytest.mark.parametrize("text", ["", " ", "\n", "好的。", "您要哪一款?", "[表情]"])
def test_signs_beside_words_and_empty_messages_pass(linter: Linter, text: str) -> None:
    assert not [f for f in linter.check(text) if f.name == RULE]


@pytest.mark.parametrize(
    "text",
    [
        "结算时勾选白条就能分期",
        "开门的密码别发群里哦",
        "合页上抹点油就顺了",
        "两款差二十，差在里衬",
        "想在贺卡上写点什么",
    ],
)
def test_everyday_advice_passes(linter: Linter, text: str) -> None:
    assert not [f for f in linter.check(text) if f.name == RULE]


def test_how_sure_it_is_lies_between_nothing_and_one(linter: Linter) -> None:
    model = linter.plan.meaning
    assert 0 <= sure(model, "") <= 1
    assert sure(model, "嫌慢你自己来取啊") > sure(model, "稍等我看一下您的订单")
