"""`cslint compile`: compile the rulebook into the cache, and say what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import typer

from cslint.cli.binding import takes
from cslint.cli.linting import wordlist_paths
from cslint.cli.options import CompileOptions
from cslint.compiler.cache import plan_for
from cslint.compiler.plan import Plan, read_spells


@takes(CompileOptions)
def compile(_ctx: typer.Context, options: CompileOptions) -> None:
    """Compile the rulebook, so that the first check need not. --report counts terms and spellings by rule."""
    plan = plan_for(wordlist_paths(options), cached=not options.no_cache)
    if options.report:
        for line in _report(plan):
            print(line)
    print(
        f"{len(plan.rules)} rules, {len(plan.terms)} terms, {len(plan.patterns)} patterns, "
        f"{len(plan.keys)} keys, {len(plan.ordinary)} ordinary words"
    )


def _report(plan: Plan) -> Iterator[str]:
    """A line a rule: how many terms and patterns it has, and how many spellings lead to them."""
    spellings = Counter(
        plan.terms[plan.forms[spell.form].term][0] for spells in plan.spells for spell in read_spells(spells)
    )
    terms = Counter(rule for rule, _ in plan.terms)
    patterns = Counter(plan.terms[term][0] for term in plan.patterns)
    yield f"{'rule':<8}{'terms':>8}{'patterns':>10}{'spellings':>11}"
    for rule in plan.rules:
        yield f"{rule:<8}{terms[rule]:>8}{patterns[rule]:>10}{spellings[rule]:>11}"
