"""What `cslint rule` says of a conversation rule besides what all rules have: its measure, conditions and examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from cslint.conversation.clock import written_window
from cslint.conversation.rule import Condition, ConversationRule, Formula, Measure
from cslint.reporters.labels import Lang

_HEADS: dict[str, tuple[str, str]] = {
    "measure": ("响应时间的口径", "How answer times are measured"),
    "conditions": ("条件", "Conditions"),
    "when": ("成立时报告", "Reported when"),
    "bad": ("违规的会话", "Conversations that break it"),
    "good": ("不违规的会话", "Conversations that do not"),
}


def sections(rule: ConversationRule, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines."""

    def head(name: str) -> str:
        return _HEADS[name][0 if lang == "zh" else 1]

    if rule.measure is not None:
        yield head("measure"), [_measure(rule.measure)]
    if rule.conditions:
        yield head("conditions"), [f"{name}: {_condition(one)}" for name, one in rule.conditions.items()]
    if rule.when is not None:
        yield head("when"), [f"{_formula(rule.when)} → {' / '.join(rule.blame)}"]
    for name, bad in (("bad", True), ("good", False)):
        yield head(name), [" / ".join(scene.lines) for scene in rule.scenes if scene.bad == bad]


def described(rule: ConversationRule) -> dict[str, Any]:
    """What JSON has besides what all rules have."""
    return {
        "points": rule.points,
        "fatal": rule.fatal,
        "scope": rule.scope,
        "measure": msgspec.to_builtins(rule.measure),
        "conditions": {name: _plain(one) for name, one in rule.conditions.items()},
        "when": _formula(rule.when) if rule.when is not None else None,
        "blame": list(rule.blame),
    }


def _measure(measure: Measure) -> str:
    parts = {key: value for key, value in msgspec.to_builtins(measure).items() if value not in (None, [], ())}
    if measure.window is not None:
        parts["window"] = written_window(measure.window)
    return ", ".join(f"{key} {_value(value)}" for key, value in parts.items())


def _condition(condition: Condition) -> str:
    parts = [condition.who]
    for name, value in _plain(condition).items():
        if name != "who":
            parts.append(f"{name} {_value(value)}")
    return ", ".join(parts)


def _plain(condition: Condition) -> dict[str, Any]:
    """A condition without what it does not say."""
    data = msgspec.to_builtins(condition)
    where = {k: v for k, v in data.pop("where").items() if v is not None and k != "of"}
    if condition.where.of != condition.who:
        where["of"] = condition.where.of
    match = {k: v for k, v in data.pop("match").items() if v not in (None, (), [])}
    return {k: v for k, v in {**data, "where": where, "match": match}.items() if v}


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} {_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "|".join(map(_value, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _formula(formula: Formula) -> str:
    if formula.kind == "is":
        return formula.name
    inner = ", ".join(map(_formula, formula.parts))
    return f"{formula.kind}({inner})"
