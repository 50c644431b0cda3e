"""The model of sentences over arrays says what the reader of single texts says, of every sentence of the rulebook."""

from __future__ import annotations

import random
from itertools import accumulate

import numpy as np
import pytest

from cslint import Linter
from cslint.compiler.meaning import lessons
from cslint.engine.meaning import LONGEST_RAW, SURE, certainty, offending, trimmed
from cslint.engine.sentences import SentenceTable
from cslint.rulebook.load import load

BEFORE = ("", "亲,", "亲亲 ", "您好~~", "好的好的,,", "那个嗯嗯 ", " ", "[表情3]", "宝。", "https://a.cn/x 好的")
AFTER = ("", "哦~", "呢呢", "。。", "  ", "#e-s12", "112 000元", "!\n好的", ",,,?", "[图片]", "…", "😀")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(platform="jd")


def texts() -> list[str]:
    """Sentences that offend and do not, alone and one after the other, in all the clothes of a chat."""
    chance = random.Random(11)
    said = sorted(one.text for one in lessons(load(), str))
    dressed = [chance.choice(BEFORE) + one + chance.choice(AFTER) for one in said]
    pairs = ["。".join(chance.sample(dressed, 2)) for _ in range(1000)]
    signs = [
        "",
        " ",
        "?",
        "。。。",
        "!\n?",
        "…",
        "亲亲亲",
        "好的,您好,",
        "嗯" * LONGEST_RAW,
        "急" * 39,
        "急" * 41,
        "^$" * 8,
    ]
    return [*dressed, *pairs, *signs]


def test_arrays_and_single_texts_find_the_same_sentences(linter: Linter) -> None:
    model, asked = linter.plan.meaning, [linter._scanner.fold(text) for text in texts() if len(text) <= LONGEST_RAW]
    table = SentenceTable(model)
    sizes = np.array([len(text) for text in asked])
    codes = np.array([table.letter(char) for char in "".join(asked)], np.int32)
    starts = np.array([0, *accumulate(sizes[:-1].tolist())])
    found = table.offending(codes, np.repeat(np.arange(len(asked)), sizes), starts, sizes)
    many = {(n, *trimmed(asked[n], low, high), certainty(score)) for n, low, high, score in found.sentences}
    many |= {(n, *one) for n in found.doubtful for one in offending(model, asked[n])}
    each = {(n, *one) for n, text in enumerate(asked) for one in offending(model, text)}
    assert {one for one in many if one[-1] >= SURE} == each
    assert len(found.doubtful) < len(asked) / 2, "a second reading is for marks of logs alone"
    assert len({n for n, *_ in each}) > 500
