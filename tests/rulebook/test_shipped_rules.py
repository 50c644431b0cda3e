"""The shipped rulebook keeps its promises: its examples hold, its rewrites offend no rule, its ids are in order."""

from cslint import Linter
from cslint.rulebook.examples import run_examples
from cslint.rulebook.rule import GROUPS


def test_all_examples_hold() -> None:
    assert [f"{f.rule} {f.text}: {f.problem}" for f in run_examples().failures] == []


def test_ids_fit_their_groups() -> None:
    for rule in Linter().rules.values():
        assert rule.id.startswith(GROUPS[rule.group])
        assert rule.basis
        assert all(rule.why.values())


def test_the_uncivil_list_is_a_real_list() -> None:
    terms = {t.label for r in Linter().rules.values() if r.group == "uncivil" for t in r.terms}
    assert len(terms) >= 150
