"""What a comment orders: `cslint: ignore[RULE,group] reason` and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from cslint.rulebook.errors import near
from cslint.rulebook.rule import GROUPS, Rule
from cslint.suppression.comments import MARK, Comment

Scope = Literal["line", "next-line", "start", "end", "file"]
_WORDS: dict[str, Scope] = {
    "ignore": "line",
    "ignore-next-line": "next-line",
    "ignore-start": "start",
    "ignore-end": "end",
    "ignore-file": "file",
}
_FORM = re.compile(rf"{MARK}\s*([\w-]+)\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)


class Directive(NamedTuple):
    """An order in a comment. ``selectors`` are rule ids, names, groups or prefixes, at least one but for ``end``."""

    scope: Scope
    selectors: tuple[str, ...]
    reason: str
    comment: Comment


class Mistake(NamedTuple):
    """A comment that names cslint and is no order."""

    comment: Comment
    problem: dict[str, str]  # by language


def parse(comment: Comment, rules: Mapping[str, Rule]) -> Directive | Mistake:
    """What the comment says; ``rules`` tell which selectors name something."""
    found = _FORM.fullmatch(comment.body)
    if found is None or found[1] not in _WORDS:
        word = found[1] if found else comment.body
        hint = near(word, _WORDS)
        return Mistake(comment, {"zh": f"不认识 {word!r}；{hint}", "en": f"unknown word {word!r}; {hint}"})
    scope = _WORDS[found[1]]
    selectors = tuple(word.strip() for word in (found[2] or "").split(",") if word.strip())
    if scope == "end":
        return Directive(scope, selectors, found[3], comment)
    if not selectors:
        return Mistake(comment, {"zh": "没有写明规则，如 ignore[TPP001]", "en": "names no rule, as in ignore[TPP001]"})
    for selector in selectors:
        if not names_something(selector, rules):
            known = [*rules, *(rule.name for rule in rules.values()), *GROUPS, *GROUPS.values()]
            hint = near(selector, known)
            return Mistake(comment, {"zh": f"没有规则 {selector!r}；{hint}", "en": f"no rule {selector!r}; {hint}"})
    return Directive(scope, selectors, found[3].strip(), comment)


def names(selector: str, rule: str, name: str, group: str) -> bool:
    """Whether a selector (id, name, group or prefix) names the rule."""
    return selector in (name, group) or (bool(selector) and rule.startswith(selector.upper()))


def names_something(selector: str, rules: Mapping[str, Rule]) -> bool:
    """Whether a selector names a rule or a group."""
    if selector in GROUPS or selector.upper() in GROUPS.values():
        return True
    return any(names(selector, rule.id, rule.name, rule.group) for rule in rules.values())


def live(selector: str, active: Iterable[Rule]) -> bool:
    """Whether the selector names a rule that is looked for in this run: only then can it be unused."""
    return any(names(selector, rule.id, rule.name, rule.group) for rule in active)
