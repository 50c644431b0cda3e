"""Small rulebooks, compiled: a rule file is written from its terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cslint.compiler.build import build
from cslint.compiler.plan import Plan
from cslint.rulebook.load import Rulebook, load

RULE = """\
id: {id}
name: {name}
group: forbidden-sentence
severity: warning
title: {{zh: 试, en: test}}
why: {{zh: 试, en: test}}
basis:
  - {{source: 试, grade: house}}
{more}
terms:
{terms}
rewrites: [好的。]
examples:
  hit: [一, 二, 三]
  miss: [一, 二, 三]
"""
Compile = Callable[..., tuple[Rulebook, Plan]]


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """Rules from their terms (YAML items), ``more`` being further keys of each rule."""

    def make(*rules: list[str], more: str = "") -> tuple[Rulebook, Plan]:
        for number, terms in enumerate(rules):
            text = RULE.format(
                id=f"SAY90{number}", name=f"rule-{number}", more=more, terms="\n".join(f"  - {t}" for t in terms)
            )
            (tmp_path / f"rule-{number}.yaml").write_text(text, encoding="utf-8")
        rulebook = load([tmp_path], shipped=False)
        return rulebook, build(rulebook)

    return make
