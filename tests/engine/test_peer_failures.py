"""Where other engines for Chinese word lists fail (lost words, wrong spans, everyday words blocked), this one does not.

Each case was seen in another engine, by running it or in its issues. What the shipped rules say is asked of the shipped
rules; terms that no rule of ours has come from an own rule file.
"""

from __future__ import annotations

import pytest

from cslint import Linter
from cslint.compiler.build import build
from cslint.rulebook.load import load

OWN = """
id: OWN001
name: words
group: own
severity: error
title: {zh: 词表, en: words}
why: {zh: 试, en: a test}
basis: [{source: 试}]
terms:
  - 拼多多
  - 天天特价
  - 爸爸
  - 100%
  - 5.0分
  - 最好
  - 第一
  - 微信
  - 大麻
  - 火车
  - sb
  - "69"
  - {term: 女装, sound: true}
  - {term: abcd, edge: free}
  - {term: bc, edge: free}
unless:
  - {within: [火车站], reason: 地名}
rewrites: [换个说法]
examples: {hit: [微信, 微信, 微信], miss: [好, 好, 好]}
"""

Found = list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """A shop's own rule file and nothing else (what `wordlists` would add to the shipped rules)."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "words.yaml").write_text(OWN, encoding="utf-8")
    return Linter(plan=build(load([folder / "words.yaml"], shipped=False)))


@pytest.fixture(scope="module")
def shipped() -> Linter:
    return Linter(platform="jd")


def found(linter: Linter, text: str) -> Found:
    return [(f.term, f.start, f.end) for f in linter.check(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去拼多多买", [("拼多多", 1, 4)]),
        ("拼拼多多", [("拼多多", 1, 4)]),
        ("天天特价", [("天天特价", 0, 4)]),
        ("叫爸爸", [("爸爸", 1, 3)]),
        ("今天天天特价", [("天天特价", 2, 6)]),
        ("拼多多多便宜", [("拼多多", 0, 3)]),
    ],
)
def test_words_with_repeated_characters(own: Linter, text: str, expected: Found) -> None:
    """houbb/sensitive-word loses them when repeats are ignored; ToolGood takes a neighbour in."""
    assert found(own, text) == expected


@pytest.mark.parametrize("text", ["天天天天特特价价", "拼拼多多多多", "拼-多-多", "天 天 特 价"])
def test_repeated_characters_and_signs_do_not_hide_them(own: Linter, text: str) -> None:
    assert found(own, text) in ([("天天特价", 0, len(text))], [("拼多多", 0, len(text))])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("保证100%正品", [("100%", 2, 6)]),
        ("１００％正品", [("100%", 0, 4)]),
        ("评分5.0分", [("5.0分", 2, 6)]),
        ("５．０分", [("5.0分", 0, 4)]),
        ("送100个", []),
        ("1100%", []),
        ("送50分", []),
    ],
)
def test_signs_that_belong_to_a_word(own: Linter, text: str, expected: Found) -> None:
    """Engines that drop signs lose 100% and 5.0分 altogether."""
    assert found(own, text) == expected


@pytest.mark.parametrize("mark", [*"。！？!?;；：、\n\r", "\r\n", "\u2028", "。 ", " 。", "︒"])
@pytest.mark.parametrize("word", ["最好", "微信", "第一"])
def test_no_word_is_found_across_a_sentence_or_line(own: Linter, word: str, mark: str) -> None:
    """您说了算，最。好的亲: dropping signs must not join sentences."""
    assert found(own, f"您说了算{word[0]}{mark}{word[1]}的亲") == []


def test_a_comma_ends_a_word_too(own: Linter) -> None:
    assert found(own, "排在第，一件也没有") == []


def test_a_word_inside_a_longer_one_that_fails(own: Linter) -> None:
    """{abcd, bc}: an automaton without output links falls from abc to nothing (mint-filter)."""
    assert found(own, "xabcy") == [("bc", 2, 4)]
    assert found(own, "xabcdy") == [("abcd", 1, 5)]


@pytest.mark.parametrize("text", ["第1张图", "695", "大麻烦", "usb转换头", "在做商城系统", "到虹桥火车站"])
def test_everyday_words_that_hold_an_own_term(own: Linter, text: str) -> None:
    assert found(own, text) == []


@pytest.mark.parametrize(
    ("text", "term"), [("69元", "69"), ("买大麻", "大麻"), ("你sb吗", "sb"), ("看女装", "女装"), ("坐火车", "火车")]
)
def test_the_terms_themselves(own: Linter, text: str, term: str) -> None:
    assert [f[0] for f in found(own, text)] == [term]


@pytest.mark.parametrize(
    "sign",
    [
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u2060",
        "\u00ad",
        "\u0301",
        "\u0336",
        "\u20dd",
        "😀",
        "❤️",
        "🔥",
        "👨‍👩‍👧",
        "*",
        " ",
        "．",
    ],
)
def test_add_me_on_wechat_with_something_inside(shipped: Linter, sign: str) -> None:
    text = f"亲加微{sign}信聊"
    (finding, *more) = [f for f in shipped.check(text) if f.rule == "TPP001"]
    assert not more
    assert finding.severity == "error"
    assert finding.matched.endswith(f"微{sign}信")
    assert finding.matched == text[finding.start : finding.end]


@pytest.mark.parametrize("letters", ["vx", "VX", "ＶＸ", "𝔀𝔁", "𝐯𝐱", "ⓋⓍ", "🆅🆇", "🅥🅧", "🇻🇽", "v\u200bx", "v❤x"])
def test_letters_in_any_style_next_to_a_contact_cue(shipped: Linter, letters: str) -> None:
    text = f"加我{letters}聊"
    assert [(f.rule, f.start <= 2, f.end >= 2 + len(letters)) for f in shipped.check(text)] == [("TPP001", True, True)]


@pytest.mark.parametrize("emoji", ["😀", "😀😀", "👨‍👩‍👧", "❤️", "🇨🇳", "𠮷"])
def test_spans_after_an_emoji_count_code_points(own: Linter, emoji: str) -> None:
    assert found(own, f"{emoji}微信") == [("微信", len(emoji), len(emoji) + 2)]
    assert found(own, f"{emoji}，拼😀多 多") == [("拼多多", len(emoji) + 1, len(emoji) + 6)]


@pytest.mark.parametrize(
    "text",
    [
        "卫星接收器",
        "定级考试用书",
        "机票订机票",
        "惊动了大家",
        "制服包邮",
        "加尾款即可",
        "先付定金再加尾款",
        "不会给您添大麻烦",
        "从虹桥火车站过来",
        "尺码695",
        "手机轻微信号干扰",
        "请稍微信任我们",
        "三维信息",
        "第一张图",
        "第1张图",
        "这款是SGS认证",
        "祝您生日快乐",
        "陆一平",
    ],
)
def test_everyday_words_are_silent(shipped: Linter, text: str) -> None:
    """Homophones without syllable borders find 微信 in 卫星 and 支付宝 in 制服包; numbers folded to Hanzi find 第一."""
    assert found(shipped, text) == []
