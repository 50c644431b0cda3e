"""A compiled rulebook with a shop's own severities and allowed terms worked in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from cslint.compiler.plan import ContextPlan, Plan, Wanted
from cslint.conversation.plan import ConversationPlan
from cslint.engine.view import Folding
from cslint.model import Severity
from cslint.rulebook.rule import Context, Rule, Unless
from cslint.rulebook.select import selected

AnyRule = TypeVar("AnyRule", bound=Rule)
_ALLOWED = {"zh": "本店配置允许的词", "en": "allowed by the configuration"}


def adjusted(
    plan: Plan,
    talk: ConversationPlan,
    severity: Sequence[tuple[str, str]],
    allowed: Sequence[str],
    lang: str,
) -> tuple[Plan, ConversationPlan]:
    """The plans with ``severity`` (selector and level, later ones win) and with spans inside ``allowed`` words passed.

    Raises ValueError for a selector that names nothing. Plans without either are returned as they are.
    """
    rules, conversation_rules = dict(plan.rules), dict(talk.rules)
    for selector, level in severity:
        for name in selected({**rules, **conversation_rules}, [selector], (), ()):
            if name in rules:
                rules[name] = _weighing(rules[name], level)  # type: ignore[arg-type]
            else:
                conversation_rules[name] = _weighing(conversation_rules[name], level)  # type: ignore[arg-type]
    contexts = list(plan.contexts)
    words = tuple(sorted({word.strip() for word in allowed if word.strip()}, key=lambda w: (-len(w), w)))
    if words:
        context = Context(within=words)
        contexts.append((context, _within(words, Folding(plan.fold_from, plan.fold_to))))
        passing = Unless(context=context, reason=_ALLOWED[lang])
        rules = {name: msgspec.structs.replace(rule, unless=(*rule.unless, passing)) for name, rule in rules.items()}
    if not severity and not words:
        return plan, talk
    talk = msgspec.structs.replace(talk, rules=conversation_rules)
    return msgspec.structs.replace(plan, rules=rules, contexts=contexts), talk


def _weighing(rule: AnyRule, level: Severity) -> AnyRule:
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
    return ContextPlan({"within": Wanted(expression)}, max(map(len, folded)))
