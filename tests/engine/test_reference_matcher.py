"""The one automaton pass finds what the slow reference matcher finds; many texts give what each of them gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import PICTURES, Reference

from cslint import Linter, Unit
from cslint.compiler import charts
from cslint.compiler.build import build
from cslint.compiler.plan import Plan
from cslint.engine import scan
from cslint.engine.scan import Candidate, Scanner
from cslint.rulebook.load import load

RULE = """
id: OWN001
name: words
group: own
severity: error
title: {zh: 词表, en: words}
why: {zh: 试, en: a test}
basis: [{source: 试}]
terms:
  - {term: 微信, sound: true, shape: true, initials: [wx], aliases: [绿泡泡, 薇❤]}
  - {term: 支付宝, initials: [zfb], aliases: ["支*宝"]}
  - {term: 拼多多, shape: true}
  - {term: 京东, parts: true}
  - {term: 淘宝, sound: true, parts: true}
  - {term: 兰州, sound: true, fuzzy: [n/l], pinyin: false}
  - {term: 一级, sound: true}
  - {term: 天天特价, sound: true}
  - {term: 全网最低价, pinyin: true}
  - {term: 假一赔十, sound: false}
  - {term: 最好, noise: false}
  - 滚
  - NO.1
  - 100%
  - QQ
  - TOP1
rewrites: [换个说法]
examples: {hit: [微信, 微信, 微信], miss: [好, 好, 好]}
"""
SIGNS = " .*-_~…·❄（）"
UNSEEN = "\u200b\ufe0f\u0301\x01"
BARRIERS = "。！？，、\n\t;:\x00"
ORDINARY = "我们的是不了在家里发货快递价钱abx1059"
SLOW = settings(max_examples=500, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
QUICK = settings(SLOW, max_examples=60)
TERMS = ["微信", "支付宝", "拼多多", "京东", "淘宝", "兰州", "一级", "天天特价", "全网最低价", "假一赔十", "最好", "滚", "NO.1",
         "100%", "QQ", "TOP1", "绿泡泡", "薇❤", "支*宝", "wx", "zfb", "tttj"]  # fmt: skip


def own_plan(folder: Path) -> Plan:
    (folder / "own").mkdir()
    (folder / "own" / "words.yaml").write_text(RULE, encoding="utf-8")
    rulebook = load([folder], shipped=False)
    return build(msgspec.structs.replace(rulebook, classes={}, heard=(), pictures={}))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return own_plan(tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="module")
def scanner(plan: Plan) -> Scanner:
    return Scanner(plan)


@pytest.fixture(scope="module")
def reference(plan: Plan) -> Reference:
    return Reference(plan.rules["OWN001"])


@cache
def written(char: str) -> st.SearchStrategy[str]:
    """A character of a term in one of the ways in which people write it, or in which they do not."""
    ways = [
        *[char] * 12,
        char * 2,
        char * 3,
        char.upper(),
        *(p for p, s in PICTURES.items() if s == charts.syllable(char)),
    ]
    syllable = charts.syllable(char) if charts.is_hanzi(char) else None
    if syllable:
        sounding = [c for c, s in charts.readings().items() if s[0] == syllable and c < "\u9fff"]
        ways += [syllable, syllable, syllable.title(), syllable[0], syllable.replace("i", "1").replace("a", "4")]
        ways += [syllable.replace("i", "1", 1), *sounding[:12], *charts.look_alikes(char)[:12]]
        ways += [*charts.rare_homophones(char)[:4], *charts.written_parts(char)]
        ways += {"lan": "南难", "yi": "1", "xin": "姓"}.get(syllable, "")
    return st.sampled_from(ways)


GAPS = st.one_of(
    *[st.just("")] * 9, st.text(st.sampled_from(SIGNS + UNSEEN), max_size=5), st.sampled_from(BARRIERS + "❤💰🐶")
)
ATTEMPTS = st.sampled_from(TERMS).flatmap(
    lambda term: st.tuples(*(st.tuples(written(c), GAPS).map("".join) for c in term)).map("".join)
)
FILLER = st.text(st.sampled_from(ORDINARY + SIGNS + UNSEEN + BARRIERS + "".join(PICTURES) + "".join(TERMS)), max_size=6)
TEXTS = st.lists(ATTEMPTS | FILLER, min_size=1, max_size=4).map("".join)


@SLOW
@given(text=TEXTS)
def test_the_pass_finds_what_the_reference_finds(scanner: Scanner, reference: Reference, text: str) -> None:
    assert {(c.term, c.start, c.end) for c in scanner.candidates(text)} == reference.spans(text)


ANYTHING = st.one_of(
    TEXTS,
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "So", "Lo", "Zl"]), max_size=20),
    st.sampled_from(
        ["", "\x00", "\n", "\ud800", "微\ud83d信", "微\x00信", "😀微信", "支\udfff付\x00宝", "微。。信", "加微❤️信"]
    ),
)
BATCHES = st.lists(ANYTHING, max_size=12)


def told(candidates: list[Candidate]) -> list[tuple[object, ...]]:
    return sorted((c.term, c.start, c.end, c.how, c.derivation, c.swapped, c.gapped, c.styled) for c in candidates)


@pytest.fixture(params=["one by one", "with arrays"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to read many texts: arrays are for long runs only, so here they are told to start at once."""
    monkeypatch.setattr(scan, "MANY", 0 if request.param == "with arrays" else 1 << 40)


def read(scanner: Scanner, texts: list[str]) -> list[list[Candidate]]:
    found = scanner.candidates_many(texts, b"\1" * len(scanner.plan.terms))
    return [found[number][0] if number in found else [] for number in range(len(texts))]


@pytest.mark.usefixtures("way")
@QUICK
@given(texts=BATCHES)
def test_candidates_of_many_texts_are_those_of_each(scanner: Scanner, texts: list[str]) -> None:
    assert list(map(told, read(scanner, texts))) == [told(scanner.candidates(text)) for text in texts]


@pytest.mark.usefixtures("way")
@QUICK
@given(texts=BATCHES)
def test_no_span_leaves_its_text(scanner: Scanner, texts: list[str]) -> None:
    for text, candidates in zip(texts, read(scanner, texts), strict=True):
        assert all(0 <= c.start < c.end <= len(text) for c in candidates)


@pytest.fixture(scope="module")
def linter() -> Linter:
    """The shipped rules, on a platform."""
    return Linter(platform="pdd")


@pytest.mark.usefixtures("way")
@QUICK
@given(texts=BATCHES, unit=st.sampled_from(["message", "listing", "public"]))
def test_findings_in_many_texts_are_those_of_each(linter: Linter, texts: list[str], unit: str) -> None:
    assert list(linter.check_many(texts, unit=unit)) == [linter.check(text, unit=unit) for text in texts]


@pytest.mark.parametrize("unit", ["message", "listing", "public"])
def test_arrays_find_what_the_rules_say_of_their_examples(linter: Linter, unit: str, monkeypatch) -> None:
    """Every example of every rule, plain, between other words, with signs inside and with pictures beside it."""
    monkeypatch.setattr(scan, "MANY", 0)
    texts = [e.text for rule in linter.rules.values() for e in rule.examples]
    texts += [f"亲亲！！这边{text}谢谢谢谢❤" for text in texts[::3]]
    texts += ["。。".join(text) for text in texts[:600:2]] + ["呀呀呀" + text * 30 for text in texts[::97]]
    each = [linter.check(text, unit=unit) for text in texts]
    assert list(linter.check_many(texts, unit=unit)) == each
    assert sum(map(bool, each)) > len(each) / 4


def test_units_of_all_kinds_may_come_together(monkeypatch) -> None:
    """Each is judged by its kind and role; what they say to one another is for the conversation rules."""
    monkeypatch.setattr(scan, "MANY", 0)
    linter = Linter(platform="pdd", ignore=["conversation"])
    texts = [e.text for rule in linter.rules.values() for e in rule.examples][::7]
    kinds = [(kind, role) for kind in ("message", "listing") for role in ("agent", "customer")]
    units = [Unit(text, *kind) for text in texts for kind in kinds]
    each = [finding for unit in units for finding in linter.check_units([unit])]
    assert list(linter.check_units(units)) == each
