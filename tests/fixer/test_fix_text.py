"""Laws of fixing a text: nothing outside the spans changes, a second run changes nothing, no rewrite offends."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslint import Finding, Linter, Suggestion
from cslint.fixer import Change, Fixed, fix_text, fixed, rewrite_of
from cslint.model import Place
from cslint.rulebook.examples import home


@functools.cache
def everywhere() -> Linter:
    return Linter()


@functools.cache
def linter(platform: str | None, profiles: tuple[str, ...]) -> Linter:
    return Linter(platform, profiles=profiles, plan=everywhere().plan)


def rebuilt(text: str, changes: tuple[Change, ...]) -> str:
    """``text`` with the changes made, by other means than the fixer's."""
    characters: list[str] = [*text, ""]
    for change in changes:
        for at in range(change.start, change.end):
            characters[at] = ""
    for change in reversed(changes):
        characters.insert(change.start, change.text)
    return "".join(characters)


def laws(text: str, result: Fixed, again: Fixed) -> None:
    assert result.text == rebuilt(text, result.changes)
    assert all(a.end <= b.start for a, b in zip(result.changes, result.changes[1:], strict=False))
    assert (again.text, again.applied, again.changes) == (result.text, (), ())
    assert bool(result.applied) == bool(result.changes)


@pytest.mark.parametrize("unsafe", [False, True])
def test_on_the_examples_of_every_rule(unsafe: bool) -> None:
    changed = 0
    for rule in everywhere().rules.values():
        for example in rule.examples:
            one = linter(example.platform or home(rule), example.profiles or rule.profiles[:1])
            unit = example.unit or (rule.units[0] if rule.units else "message")
            result = one.fix(example.text, unit, unsafe=unsafe)
            laws(example.text, result, one.fix(result.text, unit, unsafe=unsafe))
            changed += bool(result.applied)
    assert changed > (20 if unsafe else 10)


PIECES = ["你", "您", "最受欢迎", "独一无二", "绝佳", "发贷", "退欸", "抱欠", "微信", "vx", "❤", "👨‍👩‍👧", "，", "。", " ", "\n",
          "到帐", "极佳", "最舒适", "𝐯𝐱", "的", "款", "稍侯"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_on_random_text(text: str, unsafe: bool) -> None:
    one = linter("pdd", ("strict-style",))
    for unit in ("message", "listing"):
        result = one.fix(text, unit, unsafe=unsafe)  # type: ignore[arg-type]
        laws(text, result, one.fix(result.text, unit, unsafe=unsafe))  # type: ignore[arg-type]


def found(text: str, words: str, *suggestions: tuple[str, str]) -> Finding:
    start = text.index(words)
    return Finding(
        rule="OWN001", name="own", group="own", severity="error", confidence="exact", start=start,
        end=start + len(words), matched=words, term=words, message="", why="",
        suggestions=tuple(Suggestion(*s) for s in suggestions),  # type: ignore[arg-type]
        place=Place(line=1, column=start + 1, end_line=1, end_column=start + 1 + len(words)), fingerprint="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("suggestions", "safe", "unsafe"),
    [
        ([], None, None),
        ([("a", "display")], None, None),
        ([("a", "safe")], "a", "a"),
        ([("a", "safe"), ("b", "display")], "a", "a"),
        ([("a", "safe"), ("b", "safe")], None, "a"),  # where choice matters a person chooses
        ([("a", "unsafe"), ("b", "unsafe")], None, "a"),
        ([("a", "unsafe"), ("b", "safe")], "b", "b"),
        ([("", "safe")], "", ""),
    ],
)
def test_which_rewrite(suggestions, safe, unsafe):
    finding = found("abc", "b", *suggestions)
    assert rewrite_of(finding, unsafe=False) == safe
    assert rewrite_of(finding, unsafe=True) == unsafe


def test_of_two_that_overlap_the_first_is_applied():
    text = "全网最低价"
    result = fixed(text, [found(text, "最低价", ("低价", "safe")), found(text, "全网最", ("很", "safe"))], unsafe=False)
    assert result.text == "很低价"
    assert [f.matched for f in result.left] == ["最低价"]


def words_to(table: dict[str, str]):
    """A check that finds the words of a table, each with its rewrite."""

    def check(text: str) -> list[Finding]:
        return [found(text, word, (rewrite, "safe")) for word, rewrite in table.items() if word in text]

    return check


def test_a_rewrite_may_make_room_for_another():
    result = fix_text("xaby", words_to({"a": "bb", "bbb": "c"}), unsafe=False)
    assert result.text == "xcy"
    assert result.changes == (Change(1, 3, "c"),)
    assert result.left == ()


def test_rewrites_that_go_in_a_circle_leave_the_text_alone():
    result = fix_text("a", words_to({"a": "b", "b": "a"}), unsafe=False)
    assert (result.text, result.applied) == ("a", ())
    assert [f.matched for f in result.left] == ["a"]


@given(
    st.text("abcx", max_size=12), st.dictionaries(st.text("abc", min_size=1, max_size=2), st.text("xyc", max_size=2))
)
def test_changes_tell_the_whole_story(text, table):
    result = fix_text(text, words_to(table), unsafe=False)
    assert rebuilt(text, result.changes) == result.text
