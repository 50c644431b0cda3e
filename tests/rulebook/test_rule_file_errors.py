"""A broken rule file is refused with its file, line, key, what was expected and a near match."""

from pathlib import Path

import pytest

from cslint.compiler.build import build
from cslint.rulebook.errors import RulebookError
from cslint.rulebook.load import load

GOOD = """\
id: SAY900
name: test-rule
group: forbidden-sentence
severity: warning
title: {zh: 试, en: test}
why: {zh: 试, en: test}
basis:
  - {source: 试, grade: house}
terms:
  - 试试词
rewrites: [好的。]
examples:
  hit: [这是试试词, 试试词呢, 有试试词]
  miss: [没有, 别的话, 无关]
"""


def broken(tmp_path: Path, old: str, new: str) -> RulebookError:
    assert old in GOOD
    path = tmp_path / "test-rule.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        build(load([path], shipped=False))
    return caught.value


def test_the_good_one_loads(tmp_path: Path) -> None:
    path = tmp_path / "test-rule.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert list(build(load([path], shipped=False)).rules) == ["SAY900"]


@pytest.mark.parametrize(
    ("old", "new", "line", "parts"),
    [
        ("severity: warning", "severity: waring", 4, ["severity", "'waring'", "did you mean 'warning'?"]),
        ("rewrites:", "rewrite:", 11, ["unknown key 'rewrite'", "did you mean 'rewrites'?"]),
        ("group: forbidden-sentence", "group: forbiden-sentence", 3, ["did you mean 'forbidden-sentence'?"]),
        ("id: SAY900", "id: XYZ900", 1, ["SAY and three digits"]),
        ("name: test-rule", "name: Test Rule", 2, ["kebab-case"]),
        ("why: {zh: 试, en: test}\n", "", 1, ["'why' is missing"]),
        ("miss: [没有, 别的话, 无关]", "miss: [没有]", 12, ["1 `miss` examples", "at least 3"]),
        ("- 试试词", "- {term: 试试词, gapp: 3}", 10, ["unknown key 'gapp'", "did you mean 'gap'?"]),
        ("- 试试词", "- {pattern: '(试|'}", None, ["without its `)`"]),
        ("- 试试词", "- {pattern: '<nosuch>试'}", 10, ["no word class 'nosuch'"]),
        ("- 试试词", "- {term: 试, pattern: 试}", 10, ["exactly one of"]),
        ("- 试试词", "- {entity: mobil}", 10, ["did you mean 'mobile'?"]),
        ("- 试试词", "- '***'", None, ["only signs"]),
        ("- 试试词", "- 12315", 10, ["a number where a word is expected", '"12315"']),
        ("hit: [这是试试词", "hit: [{text: 好,坏}, 这是试试词", 13, ["quote the text"]),
        ("terms:\n", "terms: [\n", None, ["not YAML"]),
        ("severity: warning\n", "severity: warning\nseverity: error\n", 5, ["stands twice"]),
        ("  - {source: 试, grade: house}", "  []", None, ["a rule names its source"]),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, line: int | None, parts: list[str]) -> None:
    error = broken(tmp_path, old, new)
    assert "test-rule.yaml" in str(error)
    if line is not None:
        assert error.line == line
    for part in parts:
        assert part in str(error)


def test_two_rules_of_one_id(tmp_path: Path) -> None:
    (tmp_path / "test-rule.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "other-rule.yaml").write_text(GOOD.replace("test-rule", "other-rule"), encoding="utf-8")
    with pytest.raises(RulebookError, match="already used by"):
        load([tmp_path], shipped=False)


def test_a_plain_list_is_a_rule(tmp_path: Path) -> None:
    path = tmp_path / "my-words.txt"
    path.write_text("# 本店不说\n爆款 => 热卖款\n清仓\n", encoding="utf-8")
    (rule,) = load([path], shipped=False).rules.values()
    assert (rule.name, rule.group, [t.label for t in rule.terms]) == ("own-my-words", "own", ["爆款", "清仓"])
    path.write_text("爆款 =>\n", encoding="utf-8")
    with pytest.raises(RulebookError, match=r"my-words.txt:1"):
        load([path], shipped=False)
