"""`cslint rules`: the rules at a glance, for people or for programs."""

from __future__ import annotations

import sys
from typing import Any

import msgspec
import typer

from cslint.cli import conversation_page
from cslint.cli.binding import takes
from cslint.cli.configured import configured
from cslint.cli.console import style_for
from cslint.cli.errors import CommandError, unknown
from cslint.cli.linting import all_rules
from cslint.cli.options import RulesOptions
from cslint.conversation.rule import ConversationRule
from cslint.model import PLATFORMS
from cslint.reporters.colour import Paint
from cslint.reporters.json import VERSION, write_json
from cslint.rulebook.rule import GROUPS, Rule


@takes(RulesOptions)
def rules(ctx: typer.Context, options: RulesOptions) -> None:
    """List the rules: id, severity, name, title. --format json adds platforms, profiles, basis and terms."""
    options = configured(ctx, options)
    groups = [_group(word) for word in options.group]
    chosen = [r for r in all_rules(options).values() if not groups or r.group in groups]
    style = style_for(sys.stdout, options.language)
    if options.format == "json":
        write_json({"version": VERSION, "rules": [described(r) for r in chosen]}, sys.stdout, style)
        return
    paint = Paint(style.colour)
    names = max((len(r.name) for r in chosen), default=0)
    for rule in chosen:
        severity = paint(rule.severity, f"{rule.severity:<7}")
        profiles = paint("faint", f"  [{', '.join(rule.profiles)}]" if rule.profiles else "")
        print(f"{paint('bold', rule.id)}  {severity}  {rule.name:<{names}}  {rule.title[options.language]}{profiles}")


def platforms_of(rule: Rule) -> list[str]:
    """The platforms on which a rule speaks."""
    only = PLATFORMS if rule.platforms_only is None else rule.platforms_only
    return [p for p in PLATFORMS if p in only and p not in rule.platforms_except]


def described(rule: Rule) -> dict[str, Any]:
    """A rule as JSON has it. ``terms`` are the names under which the rule reports."""
    data = {
        "id": rule.id,
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity,
        "severities": rule.severities,
        "title": rule.title,
        "why": rule.why,
        "spec": list(rule.spec),
        "basis": msgspec.to_builtins(rule.basis),
        "platforms": platforms_of(rule),
        "units": list(rule.units),
        "roles": list(rule.roles),
        "profiles": list(rule.profiles),
        "terms": list(dict.fromkeys(term.label for term in rule.terms)),
        "rewrites": [rewrite.text for rewrite in rule.rewrites],
    }
    return {**data, **conversation_page.described(rule)} if isinstance(rule, ConversationRule) else data


def _group(word: str) -> str:
    for group, prefix in GROUPS.items():
        if word.casefold() in (group, prefix.casefold()):
            return group
    raise CommandError(unknown("group", word, [*GROUPS, *GROUPS.values()]))
