"""What is suggested: something for every finding that weighs, and nothing that breaks a rule itself."""

from __future__ import annotations

from collections import defaultdict

import pytest

from cslint import Linter
from cslint.compiler.plan import Plan
from cslint.linter import suggestions
from cslint.model import PLATFORMS, UNITS
from cslint.rulebook.rule import Rule


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Linter().plan


@pytest.fixture(scope="module")
def rules(plan) -> dict[str, Rule]:
    return dict(plan.rules)


def test_every_finding_of_warning_or_error_has_one(rules):
    without = [
        (rule.id, term.label)
        for rule in rules.values()
        for term in rule.terms
        if rule.severity != "info" and not suggestions(rule, term)
    ]
    assert without == []


@pytest.mark.parametrize(
    ("how", "kept"), [("exact", True), ("folded", True), ("sound", False), ("shape", False), ("alias", False)]
)
def test_what_is_only_heard_or_seen_is_never_replaced_unread(rules, how, kept):
    safe = [(rule, term) for rule in rules.values() for term in rule.terms if term.safe]
    assert safe
    for rule, term in safe:
        assert ("safe" in {s.applicability for s in suggestions(rule, term, how)}) == kept


@pytest.mark.parametrize("platform", PLATFORMS)
def test_none_breaks_a_rule_that_is_on_where_it_applies(rules, plan, platform):
    linter = Linter(platform, plan=plan)
    texts: dict[str, dict[str, str]] = defaultdict(dict)  # unit -> suggestion -> the rule that makes it
    for rule in rules.values():
        if rule.applies_on((platform,)):
            for unit in rule.units:
                for term in rule.terms:
                    texts[unit] |= {s.text: rule.id for s in suggestions(rule, term)}
    offending = []
    for unit in UNITS:
        for (text, rule_id), found in zip(texts[unit].items(), linter.check_many(texts[unit], unit=unit), strict=True):
            offending += [
                f"{rule_id}: {text}: breaks {f.rule} ({f.matched}) in a {unit}"
                for f in found
                if f.severity != "info" and f.group != "listing"  # of a page, a suggestion is but a sentence
            ]
    assert offending == []
