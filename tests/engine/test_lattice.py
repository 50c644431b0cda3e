"""Words across a border, and terms in disguise against everyday words."""

import pytest

from cslint.compiler.cache import word_counts
from cslint.engine.lattice import Lattice


@pytest.fixture(scope="module")
def lattice() -> Lattice:
    return Lattice(word_counts(cached=False))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("手机轻微信号干扰", "微信"),
        ("请稍微信任我们", "微信"),
        ("电脑有病毒了", "有病"),
        ("发往北京东站", "京东"),
        ("全国一流程", "一流"),
    ],
)
def test_the_ends_of_two_words(lattice: Lattice, text: str, term: str) -> None:
    at = text.index(term)
    assert lattice.straddled(text, at, at + len(term))


@pytest.mark.parametrize(("text", "term"), [("加我微信聊", "微信"), ("最好用的", "最好")])
def test_the_term_itself(lattice: Lattice, text: str, term: str) -> None:
    at = text.index(term)
    assert not lattice.straddled(text, at, at + len(term))


@pytest.mark.parametrize(
    ("text", "span", "swapped"), [("卫星接收器", "卫星", 2), ("为新客户准备", "为新", 2), ("惊动了大家", "惊动", 2)]
)
def test_everyday_words_are_no_disguise(lattice: Lattice, text: str, span: str, swapped: int) -> None:
    at = text.index(span)
    assert not lattice.disguised(text, at, at + len(span), swapped=swapped, cue=False)


def test_an_odd_string_is_a_disguise(lattice: Lattice) -> None:
    assert lattice.disguised("亲加我薇信聊", 3, 5, swapped=1, cue=False)
