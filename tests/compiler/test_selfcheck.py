"""Terms that do not do what their author thinks are named, with a hint; those that do are left in peace."""

from __future__ import annotations

import msgspec
import pytest

from cslint.compiler.build import build
from cslint.compiler.selfcheck import ERRORS, SAID, problems

WITHIN = "unless: [{{within: [{0}], reason: 试{1}}}]"


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("坏。东西", "unreachable"),
        ("'坏,东西'", "unreachable"),
        ("{term: 坏东西, aliases: [坏、东西]}", "unreachable"),
        ("{term: 坏东西, initials: ['h;d;x']}", "unreachable"),
        ('{pattern: "坏$东西"}', "never-matches"),
        ('{pattern: "坏^东西"}', "never-matches"),
        ('{pattern: "坏…好$东西"}', "never-matches"),
        ("不", "too-short"),
        ("{term: 坏东西, aliases: [坏]}", "too-short"),
        ('{pattern: "(不|没)"}', "too-short"),
        ("k", "too-short"),
        ("{term: kx, edge: free}", "too-short"),
        ("{term: 爆款, rewrite: 热卖爆款}", "breaks-itself"),
        ("{term: 爆款, rewrite: [热卖款, 爆 款]}", "breaks-itself"),
    ],
)
def test_what_is_wrong(compiled, term, kind):
    (problem,) = problems(*compiled([term]))
    assert (problem.rule, problem.kind) == ("SAY900", kind)
    assert problem.path.endswith("rule-0.yaml")
    assert problem.problem
    assert problem.hint
    assert problem.is_error == (kind not in ("duplicate", "too-short"))


@pytest.mark.parametrize(
    "term",
    [
        "坏东西",
        "坏 东-西",
        "“坏东西”",
        "好吗?",
        "C++",
        "Ｖ信",
        "🖕",
        "肏",
        "kx",
        '"%s"',
        "{term: 不, cue: [退]}",
        "{term: 不, only: [strict-style]}",
        "{term: 哦, whole: message}",
        "{term: 坏东西, aliases: [坏], evasive_cue: [骂]}",
        "{term: 坏东西, sound: true, shape: true, parts: true, initials: [hdx]}",
        '{pattern: "^坏东西$"}',
        '{pattern: "(坏|差)…东西$"}',
        '{pattern: "^<number>…(元|块)?坏东西"}',
        '{pattern: "不$"}',
        '{pattern: "坏东西", across: true, whole: message}',
        "{entity: mobile}",
        "{term: 爆款, rewrite: 热卖款}",
        "{term: 爆款, cue: [全网], rewrite: 店内爆款}",
        "{term: 爆款, whole: message, rewrite: 本店爆款}",
    ],
)
def test_what_is_right(compiled, term):
    assert problems(*compiled([term])) == []


@pytest.mark.parametrize("phrase", ["爆款", "(老|新)?爆款", "爆款(多)?"])
def test_a_safe_phrase_that_is_the_term_itself(compiled, phrase):
    (problem,) = problems(*compiled(["爆款"], more=WITHIN.format(f"好话, {phrase}", "")))
    assert (problem.term, problem.kind) == ("爆款", "shadowed")
    assert phrase in problem.problem


def test_a_safe_phrase_that_covers_all_that_a_pattern_can_find(compiled):
    terms = ['{pattern: "(爆|热)款", as: 热款}']
    assert problems(*compiled(terms, more=WITHIN.format("爆款", ""))) == []
    (problem,) = problems(*compiled(terms, more=WITHIN.format("爆款, 热款", "")))
    assert problem.kind == "shadowed"


@pytest.mark.parametrize(
    "limit",
    [
        ", platforms: [jd]",
        ", units: [message]",
        ", roles: [bot]",
        ", spelling: [sound]",
        ", terms: [清仓]",
        ", lifted_by: [strict-terms]",
        ", before: [小]",
    ],
)
def test_a_safe_phrase_that_holds_only_at_times(compiled, limit):
    assert problems(*compiled(["爆款", "清仓"], more=WITHIN.format("爆款", limit))) == []


def test_a_longer_safe_phrase(compiled):
    assert problems(*compiled(["爆款"], more=WITHIN.format("打爆款, 爆款式", ""))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("爆款", "爆款"),
        ("爆款", "{term: 爆款, rewrite: 热卖款}"),
        ("VIP", "ｖｉｐ"),
        ("后悔药", "後悔藥"),
        ('{pattern: "坏…东西"}', '{pattern: "坏…东西", as: 坏}'),
    ],
)
def test_the_same_term_twice(compiled, one, other):
    (problem,) = problems(*compiled([one, other]))
    assert problem.kind == "duplicate"
    assert "SAY900" in problem.problem
    (problem,) = problems(*compiled([one], [other]))
    assert (problem.rule, problem.kind) == ("SAY901", "duplicate")


@pytest.mark.parametrize(
    "other",
    [
        "{term: 爆款, cue: [全网]}",
        "{term: 爆款, only: [strict-terms]}",
        "{term: 爆款, units: [listing]}",
        "{term: 爆款, whole: message}",
        "{term: 爆款, sound: true, evasive_cue: [全网]}",
    ],
)
def test_the_same_term_under_other_conditions(compiled, other):
    assert problems(*compiled(["爆款", other])) == []


def test_a_gap_that_no_file_could_ask_for(compiled):
    rulebook, _ = compiled(['{pattern: "坏…东西"}'])
    rule = rulebook.rules["SAY900"]
    wide = msgspec.structs.replace(rule, terms=(msgspec.structs.replace(rule.terms[0], gap=90),))
    rulebook = msgspec.structs.replace(rulebook, rules={"SAY900": wide})
    (problem,) = problems(rulebook, build(rulebook))
    assert problem.kind == "never-matches"
    assert "gap 90" in problem.problem


def test_both_languages(compiled):
    rulebook, plan = compiled(["坏。东西"])
    assert "is not found" in problems(rulebook, plan)[0].problem
    assert "找不到" in problems(rulebook, plan, "zh")[0].problem


def test_every_error_can_be_said():
    assert set(ERRORS) < set(SAID)
