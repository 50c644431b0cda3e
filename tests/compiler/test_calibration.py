"""What is foretold of terms in disguise: who is noisy, what makes it quieter, and that chance agrees."""

from __future__ import annotations

import random

import pytest

from cslint.compiler import charts
from cslint.compiler.calibration import LIMIT, Forecast, calibrate
from cslint.compiler.ordinary import PER
from cslint.engine.scan import Scanner


def forecast(compiled, *terms: str, more: str = "") -> list[Forecast]:
    return calibrate(compiled(list(terms), more=more)[1])


def test_only_terms_that_are_listened_for(compiled):
    found = forecast(
        compiled,
        "微信",
        "{term: 淘宝, sound: true}",
        "{term: 天猫, shape: true}",
        "{term: 得物, initials: [dw]}",
        '{pattern: "加…微信"}',
        "{entity: mobile}",
    )
    assert [(f.rule, f.term, f.techniques) for f in found] == [
        ("SAY900", "淘宝", ("sound",)),
        ("SAY900", "天猫", ("shape",)),
        ("SAY900", "得物", ("initials",)),
    ]
    for f in found:
        assert f.keys > 0
        assert 0 <= f.predicted <= f.raw * (1 + 1e-9)


@pytest.mark.parametrize("word", ["一时", "时间", "不会", "手机"])
def test_an_everyday_word_is_refused(compiled, word):
    (found,) = forecast(compiled, f"{{term: {word}, sound: true}}")
    assert found.predicted > LIMIT
    assert found.refused


@pytest.mark.parametrize("name", ["微信", "淘宝", "支付宝", "拼多多"])
def test_a_name_is_not(compiled, name):
    (found,) = forecast(compiled, f"{{term: {name}, sound: true, shape: true}}")
    assert found.predicted < LIMIT
    assert not found.refused


def test_an_evasive_cue_answers_for_a_noisy_term(compiled):
    bare, held = forecast(compiled, "{term: 一时, sound: true}", "{term: 一时, sound: true, evasive_cue: [加]}")
    assert (bare.cued, held.cued) == (False, True)
    assert held.raw >= bare.raw  # its initials are heard too
    assert held.predicted < bare.predicted
    assert not held.refused


def test_a_cue_holds_back_what_is_no_clear_disguise(compiled):
    bare, held = forecast(compiled, "{term: 时间, sound: true}", "{term: 时间, sound: true, cue: [加]}")
    assert held.predicted < bare.predicted


def test_a_safe_phrase_makes_a_term_quieter(compiled):
    terms = ["{term: 贱东西, sound: true}"]
    (bare,) = forecast(compiled, *terms)
    (helped,) = forecast(compiled, *terms, more="unless: [{within: [见东西, 间东西], reason: 普通词}]")
    assert helped.raw == pytest.approx(bare.raw)
    assert helped.predicted < 0.8 * bare.predicted


def test_short_abbreviations_need_a_cue(compiled):
    two, long, cued = forecast(
        compiled,
        "{term: 微信, sound: false, initials: [wx]}",
        "{term: 微信, sound: false, initials: [weix]}",
        "{term: 微信, sound: false, initials: [wx], evasive_cue: [加]}",
    )
    assert two.refused
    assert not long.refused
    assert cued.raw == pytest.approx(two.raw)
    assert cued.predicted < two.predicted / 10  # w信 is left


def test_what_must_stand_alone_is_silent_in_running_text(compiled):
    (found,) = forecast(compiled, "{term: 时间, sound: true, whole: message}")
    assert found.raw > 1.0
    assert found.predicted == 0.0


def test_the_term_itself_is_no_false_alarm(compiled):
    """但是 is one of the commonest words; few others sound like it."""
    (found,) = forecast(compiled, "{term: 但是, sound: true}")
    literal = charts.word_counts()["但是"] / sum(charts.word_counts().values())
    assert found.raw < literal * PER / 2


def test_chance_agrees(compiled):
    """Words drawn by their frequency are heard as the term as often as foretold."""
    _, plan = compiled(["{term: 时间, sound: true}"])
    (found,) = calibrate(plan)
    counts = charts.word_counts()
    drawn = random.Random(4).choices(list(counts), weights=counts.values(), k=400_000)
    texts = ["".join(drawn[at : at + 400]) for at in range(0, len(drawn), 400)]
    scanner = Scanner(plan)
    heard = sum(c.how == "sound" for text in texts for c in scanner.candidates(text))
    assert heard / sum(map(len, texts)) * PER == pytest.approx(found.raw, rel=0.15)
