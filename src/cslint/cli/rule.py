"""`cslint rule`: everything that one rule says, as its file says it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from cslint.cli import conversation_page
from cslint.cli.binding import takes
from cslint.cli.configured import configured
from cslint.cli.console import style_for
from cslint.cli.linting import all_rules, find_rule
from cslint.cli.options import RuleOptions
from cslint.cli.rules import described, platforms_of
from cslint.conversation.rule import ConversationRule
from cslint.model import PLATFORMS
from cslint.reporters.colour import Paint
from cslint.reporters.json import VERSION, write_json
from cslint.reporters.labels import Lang, grade
from cslint.rulebook.rule import Context, Rule, Term, Unless

_HEADS: dict[str, tuple[str, str]] = {
    "group": ("分组", "Group"),
    "severity": ("级别", "Severity"),
    "platforms": ("平台", "Platforms"),
    "all": ("全部", "all"),
    "units": ("文字", "Texts"),
    "roles": ("说话人", "Speakers"),
    "profiles": ("只在这些配置下启用", "Only under the profiles"),
    "why": ("为什么不能说", "Why"),
    "basis": ("依据", "Basis"),
    "terms": ("词条（{}）", "Terms ({})"),
    "unless": ("放行（{}）", "Let pass ({})"),
    "rewrites": ("可以这样说", "Say instead"),
    "hit": ("违规的例子", "Examples that break it"),
    "miss": ("不违规的例子", "Examples that do not"),
    "file": ("文件", "File"),
}
_CONTEXTS = ("within", "before", "after", "near", "sentence", "anywhere")
_CONTEXT_NAMES: dict[str, tuple[str, str]] = {
    "within": ("在其中", "part of"),
    "before": ("前面有", "after"),
    "after": ("后面有", "before"),
    "near": ("附近有", "near"),
    "sentence": ("同句有", "in a sentence with"),
    "anywhere": ("全文有", "in a text with"),
}


@takes(RuleOptions)
def rule(ctx: typer.Context, options: RuleOptions) -> None:
    """Explain a rule: why it is there, on what basis, its terms, what it lets pass and what to say instead."""
    options = configured(ctx, options)
    found = find_rule(all_rules(options), options.rule)
    style = style_for(sys.stdout, options.language)
    if options.format == "json":
        write_json({"version": VERSION, "rules": [described(found)]}, sys.stdout, style)
        return
    for line in _page(found, options.language, Paint(style.colour)):
        print(line)


def _page(rule: Rule, lang: Lang, paint: Paint) -> Iterator[str]:
    yield paint("bold", f"{rule.id} {rule.name}")
    yield rule.title[lang]
    yield ""
    for name, value in _facts(rule, lang):
        yield f"{paint('mark', _head(name, lang))}{_colon(lang)}{value}"
    yield from _section("why", [rule.why[lang]], lang, paint)
    basis = [f"{b.source}{_in_brackets([b.note, grade(b.grade, lang)], lang)}" for b in rule.basis]
    yield from _section("basis", basis, lang, paint)
    terms = list(dict.fromkeys(_term(term, lang) for term in rule.terms))
    yield from _section("terms", [_list(lang).join(terms)], lang, paint, count=len(terms))
    reasons = [_unless(u, lang) for u in (*rule.unless, *(u for t in rule.terms for u in t.unless))]
    yield from _section("unless", reasons, lang, paint, count=len(reasons))
    if isinstance(rule, ConversationRule):
        for head, lines in conversation_page.sections(rule, lang):
            yield from ("", paint("mark", head), *(f"  {line}" for line in lines))
    yield from _section("rewrites", [r.text for r in rule.rewrites], lang, paint)
    yield from _section("hit", [e.text for e in rule.examples if e.hit], lang, paint)
    yield from _section("miss", [e.text for e in rule.examples if not e.hit], lang, paint)


def _facts(rule: Rule, lang: Lang) -> Iterator[tuple[str, str]]:
    separator = _list(lang)
    yield "group", rule.group
    if len(set(rule.severities.values())) > 1:
        yield "severity", separator.join(f"{unit} {severity}" for unit, severity in rule.severities.items())
    else:
        yield "severity", rule.severity
    platforms = platforms_of(rule)
    yield "platforms", _head("all", lang) if len(platforms) == len(PLATFORMS) else separator.join(platforms)
    yield "units", separator.join(rule.units)
    yield "roles", separator.join(rule.roles)
    if rule.profiles:
        yield "profiles", separator.join(rule.profiles)
    path = Path(rule.path)
    if rule.path:  # what the program itself finds stands in no file
        yield "file", str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _section(name: str, lines: list[str], lang: Lang, paint: Paint, count: int | None = None) -> Iterator[str]:
    if any(lines):
        yield ""
        yield paint("mark", _head(name, lang).format(count))
        yield from (f"  {line}" for line in lines)


def _term(term: Term, lang: Lang) -> str:
    rewrites = f"→ {' / '.join(term.rewrites)}" if term.rewrites else ""
    only = f"{'仅' if lang == 'zh' else 'only'} {_list(lang).join(term.only)}" if term.only else ""
    return f"{term.label}{_in_brackets([rewrites, only], lang)}"


def _unless(unless: Unless, lang: Lang) -> str:
    limits = [*unless.terms, *unless.platforms, *unless.units, *unless.roles, unless.article]
    if unless.lifted_by:
        limits.append(f"{'除非' if lang == 'zh' else 'not under'} {_list(lang).join(unless.lifted_by)}")
    return f"{unless.reason}{_colon(lang)}{_context(unless.context, lang)}{_in_brackets(limits, lang)}"


def _context(context: Context, lang: Lang) -> str:
    parts = []
    for name in _CONTEXTS:
        words = getattr(context, name)
        if words:
            parts.append(f"{_CONTEXT_NAMES[name][0 if lang == 'zh' else 1]} {' '.join(words)}")
    return ("；" if lang == "zh" else "; ").join(parts)


def _head(name: str, lang: Lang) -> str:
    return _HEADS[name][0 if lang == "zh" else 1]


def _in_brackets(parts: list[str], lang: Lang) -> str:
    present = [part for part in parts if part]
    if not present:
        return ""
    return f"（{'，'.join(present)}）" if lang == "zh" else f" ({', '.join(present)})"


def _list(lang: Lang) -> str:
    return "、" if lang == "zh" else ", "


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
