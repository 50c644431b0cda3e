"""The rule language: conditions, places, formulas, matches; and what is said of a file that is wrong."""

import textwrap
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from talks import Said, units

from cslint import Linter, RulebookError
from cslint.compiler.build import build
from cslint.compiler.cache import plan_for
from cslint.compiler.plan import Plan
from cslint.conversation.load import load_conversations
from cslint.conversation.plan import ConversationPlan
from cslint.rulebook.examples import run_examples
from cslint.rulebook.load import Rulebook, load

RULE = """
id: CNV901
name: try-out
group: conversation
severity: warning
title: {{zh: 试, en: try}}
why: {{zh: 试, en: try}}
basis: [{{source: 店规, grade: house}}]
{body}
examples:
  bad: [{{talk: [买家 一, 客服 二]}}, {{talk: [买家 一, 客服 二]}}]
  good: [{{talk: [买家 一]}}, {{talk: [客服 一]}}]
"""
Rows = Callable[[str, list[Said]], list[int | None]]


@cache
def shipped() -> tuple[Rulebook, Plan]:
    return load(), plan_for()


def compiled(path: Path) -> ConversationPlan:
    """The rule of this file alone, with the shipped cues and message rules to refer to."""
    found = load_conversations([path], shipped=False, book=shipped()[0])
    return ConversationPlan(found.rules, msgspec.Raw(msgspec.msgpack.encode(build(found.cues))))


def written(folder: Path, body: str) -> Path:
    path = folder / "conversation" / "try-out.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(RULE.format(body=textwrap.dedent(body).strip()), encoding="utf-8")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """The rows that a rule with this body blames in a conversation; messages count from 1."""

    def found(body: str, said: list[Said]) -> list[int | None]:
        conversations = compiled(written(tmp_path, body))
        linter = Linter(plan=shipped()[1], conversations=conversations)
        blamed = [f.place.row for f in linter.check_units(units(said)) if f.rule == "CNV901"]
        return [row - 1 for row in blamed if row is not None]

    return found


TALK: list[Said] = [
    ("买家", "10:00:00", "苹果"),
    ("客服", "10:00:10", "香蕉"),
    ("机器人", "10:00:20", "香蕉"),
    ("买家", "10:01:00", "苹果"),
    ("买家", "10:01:10", "橙子"),
    ("客服", "10:05:00", "香蕉"),
    ("系统", "10:05:01", "香蕉"),
    ("客服", "10:06:00", "葡萄"),
]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{match: {terms: [香蕉]}}", [2, 3, 6]),  # a notice of the platform is nobody's words
        ("{who: agent, match: {terms: [香蕉]}}", [2, 6]),
        ("{who: bot, match: {terms: [香蕉]}}", [3]),
        ("{who: shop, match: {terms: [香蕉]}}", [2, 3, 6]),
        ("{who: customer}", [1, 4, 5]),
        ("{who: customer, where: {first: 1}}", [1]),
        ("{who: customer, where: {last: 2}}", [4, 5]),
        ("{who: customer, where: {last: 2, of: anyone}}", []),
        ("{who: agent, where: {last: 2, of: shop}}", [6, 8]),
        ("{who: agent, match: {pause: 60}}", [6]),  # 10:06:00 is exactly sixty seconds later
        ("{who: agent, match: {pause: 59}}", [6, 8]),
    ],
)
def test_one_condition(rows: Rows, condition: str, expected: list[int]) -> None:
    assert rows(f"conditions: {{a: {condition}}}\nblame: a", TALK) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("after: a", [2, 3, 6, 8]),
        ("after: a, messages: 1", [2, 6]),
        ("after: a, turns: 1", [2, 3, 6, 8]),
        ("after: a, seconds: 10", [2]),
        ("after: a, seconds: 9", []),
        ("after: a, seconds: 240", [2, 3, 6]),
        ("after: a, over: 300", [8]),
        ("before: a", [2, 3]),
        ("before: a, messages: 1", [3]),
        ("before: a, seconds: 40", [3]),
    ],
)
def test_seen_from_an_anchor(rows: Rows, where: str, expected: list[int]) -> None:
    body = f"""
        conditions:
          a: {{who: customer, match: {{terms: [苹果]}}}}
          b: {{who: shop, where: {{{where}}}}}
        blame: b
    """
    assert rows(body, TALK) == expected


def test_beside_is_the_same_run_of_messages(rows: Rows) -> None:
    body = """
        conditions:
          a: {who: agent, match: {terms: [葡萄]}}
          b: {who: agent, where: {beside: a}}
        blame: b
    """
    assert rows(body, TALK) == [6]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{all: [apple, banana]}", [1, 4]),
        ("{all: [apple, {not: orange}]}", [1]),
        ("{all: [apple, {any: [orange, grape]}]}", [1, 4]),
        ("{all: [apple, {not: {any: [orange, banana]}}]}", []),
        ("{any: [apple, {all: [grape, apple]}]}", [1, 4]),
    ],
)
def test_formulas(rows: Rows, when: str, expected: list[int]) -> None:
    body = f"""
        conditions:
          apple: {{who: customer, match: {{terms: [苹果]}}}}
          banana: {{where: {{after: apple}}, match: {{terms: [香蕉]}}}}
          orange: {{where: {{after: apple, messages: 1}}, match: {{terms: [橙子]}}}}
          grape: {{match: {{terms: [葡萄]}}}}
        when: {when}
        blame: apple
    """
    assert rows(body, TALK) == expected


def test_the_first_name_of_blame_that_has_a_hit_is_blamed(rows: Rows) -> None:
    body = """
        conditions:
          a: {who: customer, where: {first: 1}}
          b: {who: agent, where: {after: a, messages: 1}, match: {terms: [柠檬]}}
        when: a
        blame: [b, a]
    """
    assert rows(body, TALK) == [1]
    assert rows(body.replace("柠檬", "香蕉"), TALK) == [2]


def test_terms_are_those_of_message_rules(rows: Rows) -> None:
    body = """
        conditions: {a: {who: agent, match: {terms: [{pattern: "(不|没)…发货", gap: 4}, {entity: mobile}]}}}
        blame: a
    """
    assert rows(
        body, [("买家", None, "在吗"), ("客服", None, "还没给您发货"), ("客服", None, "打１３８００１３８０００")]
    ) == [2, 3]


def test_rules_are_found_in_the_buyers_words_too_and_without_being_selected(tmp_path: Path) -> None:
    body = "conditions: {a: {who: customer, match: {rules: [third-party]}}}\nblame: a"
    conversations = compiled(written(tmp_path, body))
    linter = Linter(plan=shipped()[1], conversations=conversations, select=["CNV901"])
    found = list(linter.check_units(units([("买家", None, "加我薇❤信"), ("客服", None, "亲加我微信")])))
    assert [(f.rule, f.place.row, f.matched) for f in found] == [("CNV901", 2, "加我薇")]


def test_repeat_counts_one_sender_and_burst_tells_once(rows: Rows) -> None:
    same = [("客服", f"10:00:{n:02}", "请您耐心等待一下") for n in range(4)]
    repeat = "conditions: {a: {who: agent, match: {repeat: {times: 3, least: 4}}}}\nblame: a"
    assert rows(repeat, [("买家", "09:59:00", "在吗"), *same]) == [4]
    burst = "conditions: {a: {who: agent, match: {burst: {times: 3, seconds: 5, most: 2}}}}\nblame: a"
    quick = [("客服", f"10:00:{n:02}", "亲") for n in (0, 1, 2, 3)]
    assert rows(burst, [("买家", "09:59:00", "在吗"), *quick]) == [5]
    slow = [("客服", f"10:00:{n:02}", "亲") for n in (0, 3, 6)]
    assert rows(burst, [("买家", "09:59:00", "在吗"), *slow]) == []


SPLIT = "conditions: {a: {who: agent, match: {split: {rules: [third-party], seconds: 60}}}}\nblame: a"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["加我", "薇", "信"], [4]),
        (["加", "我", "薇", "信", "号"], [5]),
        (["好的", "亲您搜微", "信号找我"], [4]),
        (["这款稍微", "信得过的都买它"], []),
        (["加我微信"], []),  # one message alone is the message rule's
    ],
)
def test_a_violation_in_pieces(rows: Rows, said: list[str], expected: list[int]) -> None:
    messages = [("客服", f"10:00:{n:02}", text) for n, text in enumerate(said)]
    assert rows(SPLIT, [("买家", "09:59:00", "在吗"), *messages]) == expected


def test_pieces_of_two_people_or_far_apart_are_not_joined(rows: Rows) -> None:
    assert (
        rows(
            SPLIT,
            [
                ("客服", "10:00:00", "加我"),
                ("买家", "10:00:01", "嗯"),
                ("客服", "10:00:02", "薇"),
                ("买家", "10:00:03", "嗯"),
                ("客服", "10:00:04", "信"),
            ],
        )
        == []
    )
    assert (
        rows(
            SPLIT,
            [
                ("买家", "09:59:00", "在吗"),
                ("客服", "10:00:00", "加我"),
                ("客服", "10:02:00", "薇"),
                ("客服", "10:04:00", "信"),
            ],
        )
        == []
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("conditions: {a: {who: nobody}}\nblame: a", r"'nobody' is not a known value"),
        ("conditions: {a: {who: agent}}", r"blame: is missing"),
        ("conditions: {a: {who: agent}}\nblame: b", r"blame: 'b' is not known here"),
        ("conditions: {a: {where: {after: z}}}\nblame: a", r"conditions.a.where: 'z' is not known here"),
        ("conditions: {a: {where: {seconds: 5}}}\nblame: a", r"count from an anchor"),
        ("conditions: {a: {}, b: {where: {after: a, before: a}}}\nblame: a", r"one of after, before and beside"),
        ("conditions: {a: {where: {first: 0}}}\nblame: a", r"0 is not 1 or more"),
        (
            "conditions: {a: {match: {cues: [greetin]}}}\nblame: a",
            r"greetin' is not known here\n.*did you mean 'greeting'",
        ),
        ("conditions: {a: {match: {rules: [TPP999]}}}\nblame: a", r"no rule 'TPP999'"),
        ("conditions: {a: {match: {terms: [{pattern: '(a|'}]}}}\nblame: a", r"\(a\|"),
        ("conditions: {a: {match: {silence: 5}}}\nblame: a", r"unknown key 'silence'"),
        ("conditions: {a: {}}\nwhen: {some: [a]}\nblame: a", r"is no formula"),
        ("conditions: {a: {}, b: {where: {after: a}}}\nwhen: b\nblame: b", r"'b' is seen from 'a', which the formula"),
        ("measure: {within: 60, window: 8-23}", r"no window of the day"),
        ("measure: {within: 0}", r"not more than 0 seconds"),
        ("measure: {within: 60, least: 80}", r"not a share between 0 and 1"),
        ("points: 1", r"needs conditions or a measure"),
    ],
)
def test_what_is_said_of_a_wrong_file(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message) as caught:
        compiled(written(tmp_path, body))
    assert "try-out.yaml" in str(caught.value)


def test_examples_are_run_and_say_what_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, "conditions: {a: {who: agent, where: {first: 1}}}\nblame: a")
    path.write_text(
        path.read_text(encoding="utf-8").replace("talk: [客服 一]", "talk: [买家 一, 客服 二]"), encoding="utf-8"
    )
    report = run_examples([path])
    assert (report.rules, report.examples) == (1, 4)
    (failure,) = report.failures
    assert (failure.rule, failure.text) == ("CNV901", "买家 一 / 客服 二")
    assert failure.problem.startswith("found at message 2")


def test_a_rule_needs_examples_both_ways(tmp_path: Path) -> None:
    path = written(tmp_path, "conditions: {a: {who: agent}}\nblame: a")
    path.write_text(
        path.read_text(encoding="utf-8").replace("good: [{talk: [买家 一]}, {talk: [客服 一]}]", "good: []"),
        encoding="utf-8",
    )
    with pytest.raises(RulebookError, match="at least 2 of each"):
        compiled(path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("good: []", "good: [{talk: [你好]}, {talk: [客服 一]}]"),
        encoding="utf-8",
    )
    with pytest.raises(RulebookError, match="'你好' is no message"):
        compiled(path)


def test_every_shipped_rule_has_both_and_serves_a_row_or_names_its_source() -> None:
    for rule in Linter().conversations.rules.values():
        assert sum(s.bad for s in rule.scenes) >= 2, rule.id
        assert sum(not s.bad for s in rule.scenes) >= 2, rule.id
        assert rule.basis, rule.id
        assert rule.points or rule.severity == "info", rule.id


def test_findings_of_messages_come_first_and_a_file_closes_its_conversations() -> None:
    linter = Linter("pdd", select=["TPP001", "CNV011"])
    said: list[Said] = [("买家", None, "能开发票吗"), ("客服", None, "不行的亲"), ("客服", None, "加我微信")]
    found = list(linter.check_units([*units(said, path="a.csv"), *units(said[:2], path="b.csv")]))
    assert [(f.rule, f.place.path) for f in found] == [("TPP001", "a.csv"), ("CNV011", "a.csv"), ("CNV011", "b.csv")]
    assert len({f.fingerprint for f in found}) == 3


def test_conversation_rules_are_rules_like_others() -> None:
    linter = Linter("pdd", select=["CNV"], ignore=["buyer-has-last-word", "CNV022"])
    assert linter.rules["CNV011"].group == "conversation"
    said: list[Said] = [("买家", None, "能开发票吗"), ("客服", None, "不行的亲"), ("买家", None, "好吧")]
    assert [f.rule for f in linter.check_units(units(said))] == ["CNV011"]
    english = Linter("pdd", select=["CNV011"], lang="en")
    (finding,) = english.check_units(units(said))
    assert finding.message == 'the buyer asked for an invoice and was refused or put off: "不行的亲"'
    assert (finding.place.sender, finding.place.role, finding.place.conversation) == ("客服", "agent", "C1")
    assert finding.suggestions[0].applicability == "display"
