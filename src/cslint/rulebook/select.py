"""Which rules a run uses: ids, names, groups and prefixes to rule ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cslint.rulebook.errors import near
from cslint.rulebook.rule import GROUPS, Rule

BUILT_IN = {"SUP001": "unused-suppression", "SUP002": "invalid-suppression"}  # see cslint.suppression.rules


def selected(
    rules: Mapping[str, Rule], select: Iterable[str] | None, ignore: Iterable[str], extend: Iterable[str]
) -> frozenset[str]:
    """The ids of the rules to use. Raises ValueError with a near match for a selector that names nothing."""
    chosen = set(rules) if select is None else _named(rules, select)
    return frozenset((chosen | _named(rules, extend)) - _named(rules, ignore))


def _named(rules: Mapping[str, Rule], selectors: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for selector in [selectors] if isinstance(selectors, str) else selectors:
        key = selector.strip()
        hits = {r.id for r in rules.values() if key in (r.name, r.group) or (key and r.id.startswith(key.upper()))}
        if not hits:
            if key in GROUPS or key.upper() in GROUPS.values() or key.upper() in BUILT_IN or key in BUILT_IN.values():
                continue  # a group without rules is still a group; what the program itself finds stands in no rulebook
            known = [*rules, *(r.name for r in rules.values()), *GROUPS, *GROUPS.values()]
            raise ValueError(
                f"unknown rule selector {selector!r}; {near(key, known) or '`cslint rules` lists them all'}"
            )
        found |= hits
    return found
