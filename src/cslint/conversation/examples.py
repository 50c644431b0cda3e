"""Run the small conversations that rule files carry: every `bad` one must be found, every `good` one stay silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cslint.conversation.rule import ConversationRule, Scene
from cslint.conversation.scene import units_of
from cslint.rulebook.examples import Failure, home

if TYPE_CHECKING:
    from cslint.compiler.plan import Plan
    from cslint.conversation.plan import ConversationPlan
    from cslint.linter import Linter


class SceneBench:
    """Linters by rule, platform and profiles, made once."""

    def __init__(self, plan: Plan, conversations: ConversationPlan) -> None:
        self.plan, self.conversations = plan, conversations
        self._linters: dict[tuple[str | None, tuple[str, ...]], Linter] = {}

    def failures(self) -> Iterator[Failure]:
        """The examples and rewrites that do not behave."""
        for rule in self.conversations.rules.values():
            for scene in rule.scenes:
                problem = self._problem(rule, scene)
                if problem:
                    yield Failure(rule.id, rule.path, " / ".join(scene.lines), problem)
            for rewrite in rule.rewrites:
                offended = self._offended(rule, rewrite.text)
                if offended:
                    yield Failure(rule.id, rule.path, rewrite.text, f"this rewrite breaks {offended}")

    def _linter(self, platform: str | None, profiles: tuple[str, ...]) -> Linter:
        from cslint.linter import Linter

        key = (platform, profiles)
        if key not in self._linters:
            self._linters[key] = Linter(platform, profiles=profiles, plan=self.plan, conversations=self.conversations)
        return self._linters[key]

    def _problem(self, rule: ConversationRule, scene: Scene) -> str:
        linter = self._linter(scene.platform or home(rule), scene.profiles or rule.profiles[:1])
        found = [f for f in linter.check_units(units_of(scene.lines)) if f.rule == rule.id]
        if not scene.bad:
            return f"found at message {found[0].place.row}: {found[0].message}" if found else ""
        if not found:
            return "not found"
        rows = [f.place.row for f in found]
        if scene.blame is not None and scene.blame not in rows:
            return f"message {rows[0]} is blamed, expected {scene.blame}"
        return ""

    def _offended(self, rule: ConversationRule, text: str) -> str:
        found = self._linter(home(rule), ()).check(text)
        return next((f"{f.rule} ({f.matched})" for f in found if f.severity != "info" and f.group != "listing"), "")
