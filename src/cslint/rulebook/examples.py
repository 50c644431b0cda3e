"""Run the examples that rule files carry: every `hit` must be found, every `miss` must stay silent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cslint.model import PLATFORMS
from cslint.rulebook.load import Rulebook, load
from cslint.rulebook.rule import Example, Rule

if TYPE_CHECKING:
    from cslint.compiler.plan import Plan
    from cslint.conversation.plan import ConversationPlan


class Failure(msgspec.Struct, frozen=True):
    """An example that did not behave."""

    rule: str
    path: str
    text: str
    problem: str


class ExampleReport(msgspec.Struct, frozen=True):
    """What `cslint test` prints."""

    rules: int
    examples: int
    failures: tuple[Failure, ...]


def run_examples(paths: Iterable[str | Path] = (), *, cache: bool = True) -> ExampleReport:
    """Run the examples of all shipped rules, or only of the rules in ``paths`` (folders or files).

    A term that cannot work (see ``cslint.compiler.selfcheck``) fails too, whatever the examples say. Raises RulebookError.
    """
    paths = list(paths)
    if paths:
        from cslint.compiler.build import build
        from cslint.conversation.plan import compiled

        plan = build(load([Path(p) for p in paths], shipped=False))
        conversations = compiled([Path(p) for p in paths], shipped=False)
    else:
        from cslint.compiler.cache import plan_for
        from cslint.conversation.plan import conversation_plan

        plan, conversations = plan_for(cached=cache), conversation_plan(cached=cache)
    rules = list(plan.rules.values())
    bench = _Bench(plan)
    failures = [f for rule in rules for f in bench.failures(rule)]
    failures += _broken_terms(plan)
    failures += _scene_failures(conversations)
    scenes = sum(len(r.scenes) for r in conversations.rules.values())
    count = len(rules) + len(conversations.rules)
    return ExampleReport(count, sum(len(r.examples) for r in rules) + scenes, tuple(failures))


def _scene_failures(conversations: ConversationPlan) -> list[Failure]:
    """The examples of conversation rules, which may refer to any shipped rule."""
    if not conversations.rules:
        return []
    from cslint.compiler.cache import plan_for
    from cslint.conversation.examples import SceneBench

    return [*_broken_terms(conversations.cue_plan()), *SceneBench(plan_for(), conversations).failures()]


def _broken_terms(plan: Plan) -> list[Failure]:
    """Terms that no example could show to be wrong: nothing finds them, or everything passes them."""
    from cslint.compiler.selfcheck import problems

    found = problems(Rulebook(rules=plan.rules, classes=plan.classes, spec=()), plan)
    return [Failure(p.rule, p.path, p.term, f"{p.problem}; {p.hint}") for p in found if p.is_error]


class _Bench:
    """Linters by platform and profiles, made once."""

    def __init__(self, plan: object) -> None:
        self.plan = plan
        self.linters: dict[tuple[str | None, tuple[str, ...]], object] = {}

    def linter(self, platform: str | None, profiles: tuple[str, ...]):  # type: ignore[no-untyped-def]
        from cslint.linter import Linter

        key = (platform, profiles)
        if key not in self.linters:
            self.linters[key] = Linter(platform, profiles=profiles, plan=self.plan)  # type: ignore[arg-type]
        return self.linters[key]

    def failures(self, rule: Rule) -> list[Failure]:
        found = []
        for example in rule.examples:
            problem = self.problem(rule, example)
            if problem:
                found.append(Failure(rule.id, rule.path, example.text, problem))
        for text in [r.text for r in rule.rewrites] + [w for t in rule.terms for w in t.rewrites]:
            offending = self.offending(rule, text)
            if offending:
                found.append(Failure(rule.id, rule.path, text, f"this rewrite breaks {offending}"))
        return found

    def problem(self, rule: Rule, example: Example) -> str:
        unit = example.unit or (rule.units[0] if rule.units else "message")
        profiles = example.profiles or rule.profiles[:1]
        linter = self.linter(example.platform or home(rule), profiles)
        findings = [f for f in linter.check(example.text, unit=unit, role=example.role) if f.rule == rule.id]
        if not example.hit:
            return f"found {findings[0].term!r} in {findings[0].matched!r}" if findings else ""
        if not findings:
            passed = [v for v in linter.explain(example.text, unit=unit, role=example.role) if v.rule == rule.id]
            why = "; ".join(f"{v.matched!r} passed: {v.reason}" for v in passed)
            return "not found" + (f" ({why})" if why else "")
        labels = linter.labels(example.text, unit=unit, role=example.role)
        if example.term and (rule.id, example.term) not in labels:
            return f"found {findings[0].term!r}, expected the term {example.term!r}"
        if example.severity and example.severity not in {f.severity for f in findings}:
            return f"found as {findings[0].severity}, expected {example.severity}"
        return ""

    def offending(self, rule: Rule, text: str) -> str:
        linter = self.linter(home(rule), ())
        for unit in ("message", "listing"):
            if unit in rule.units:
                for finding in linter.check(text, unit=unit):
                    if finding.severity != "info" and finding.group not in ("listing",):
                        return f"{finding.rule} ({finding.matched})"
        return ""


def home(rule: Rule) -> str | None:
    """A platform on which the rule applies; None if it applies everywhere."""
    return next((p for p in PLATFORMS if rule.applies_on((p,))), None) if rule.depends_on_platform else None
