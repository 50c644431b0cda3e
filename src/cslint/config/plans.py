"""A compiled rulebook with a shop's own severities and allowed terms worked in."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cslint.compiler.plan import ContextPlan, Plan
from cslint.engine.view import Folding
from cslint.model import Severity
from cslint.rulebook.rule import Context, Rule, Unless
from cslint.rulebook.select import selected

_ALLOWED = {"zh": "本店配置允许的词", "en": "allowed by the configuration"}


def adjusted(plan: Plan, severity: Sequence[tuple[str, str]], allowed: Sequence[str], lang: str) -> Plan:
    """The plan with ``severity`` (selector and level, later ones win) and with spans inside ``allowed`` words passed.

    Raises ValueError for a selector that names nothing. A plan without either is returned as it is.
    """
    rules = dict(plan.rules)
    for selector, level in severity:
        for name in selected(plan.rules, [selector], (), ()):
            rules[name] = _weighing(rules[name], level)  # type: ignore[arg-type]
    contexts = list(plan.contexts)
    words = tuple(sorted({word.strip() for word in allowed if word.strip()}, key=lambda w: (-len(w), w)))
    if words:
        context = Context(within=words)
        contexts.append((context, _within(words, Folding(plan.fold_from, plan.fold_to))))
        passing = Unless(context=context, reason=_ALLOWED[lang])
        rules = {name: msgspec.structs.replace(rule, unless=(*rule.unless, passing)) for name, rule in rules.items()}
    if not severity and not words:
        return plan
    return msgspec.structs.replace(plan, rules=rules, contexts=contexts)


def _weighing(rule: Rule, level: Severity) -> Rule:
    """The rule at one level everywhere: nothing in it raises or lowers that any more."""
    terms = tuple(msgspec.structs.replace(term, severities={}, raises=()) for term in rule.terms)
    return msgspec.structs.replace(
        rule,
        severity=level,
        severities=dict.fromkeys(rule.severities, level),
        profile_severity={},
        raises=(),
        terms=terms,
    )


def _within(words: Sequence[str], folding: Folding) -> ContextPlan:
    folded = [word.translate(folding) for word in words]
    expression = "(?:" + "|".join(map(re.escape, folded)) + ")"
    return ContextPlan("", "", "", "", "", expression, "", max(map(len, folded)))
