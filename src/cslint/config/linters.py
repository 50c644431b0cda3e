"""From settings to linters; a selector or a word list that does not exist is blamed on its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cslint.compiler.cache import plan_for
from cslint.config.errors import ConfigError
from cslint.config.load import Config, inside
from cslint.config.plans import adjusted
from cslint.config.settings import Settings, settings_for
from cslint.conversation.plan import ConversationPlan, conversation_plan
from cslint.rulebook.errors import near
from cslint.rulebook.rule import GROUPS, Rule
from cslint.rulebook.select import selected

if TYPE_CHECKING:
    from cslint.compiler.plan import Plan
    from cslint.linter import Linter


def linter_for(config: Config, *, lang: str | None = None, cache: bool = True) -> Linter:
    """The linter that a configuration asks for, apart from what it says for single files. Raises ConfigError."""
    return Linters(lang=lang or config.values.get("lang", "zh"), cache=cache).linter(settings_for(config, None), config)


class Linters:
    """Makes linters for settings, each once; linters with the same word lists share their compiled rulebook."""

    def __init__(self, *, lang: str = "zh", cache: bool = True) -> None:
        self._lang, self._cache = lang, cache
        self._linters: dict[Settings, Linter] = {}
        self._plans: dict[object, tuple[Plan, ConversationPlan]] = {}

    def linter(self, settings: Settings, config: Config) -> Linter:
        """The linter for ``settings``. ``config`` is where they come from, for errors: ConfigError, or ValueError for
        what the command line asked for."""
        if settings not in self._linters:
            self._linters[settings] = self._made(settings, config)
        return self._linters[settings]

    def wordlists(self) -> list[str]:
        """The word lists of all linters made so far."""
        return [name for settings in self._linters for name in settings.wordlists]

    def _made(self, settings: Settings, config: Config) -> Linter:
        from cslint.linter import Linter

        plan, talk = self._plan(settings, config)
        return Linter(
            platform=settings.platform,
            profiles=settings.profiles,
            select=settings.select,
            ignore=settings.ignore,
            extend_select=settings.extend_select,
            plan=plan,
            conversations=talk,
            lang=self._lang,
        )

    def _plan(self, settings: Settings, config: Config) -> tuple[Plan, ConversationPlan]:
        key = (settings.wordlists, settings.severity, settings.allowed)
        if key not in self._plans:
            plan, talk = self._compiled(settings, config)
            _known_selectors({**plan.rules, **talk.rules}, config)
            self._plans[key] = adjusted(plan, talk, settings.severity, settings.allowed, self._lang)
        return self._plans[key]

    def _compiled(self, settings: Settings, config: Config) -> tuple[Plan, ConversationPlan]:
        own = config.words("wordlists")
        for name in own:
            if not Path(name).exists():
                hint = "name a .yaml or .txt file, or a folder of them; the path is relative to this file"
                raise config.blame("wordlists", Path(name).name, f"{name}: no such word list", hint)
        if settings.wordlists not in self._plans:
            paths = [Path(name) for name in settings.wordlists]
            self._plans[settings.wordlists] = (
                plan_for(paths, cached=self._cache),
                conversation_plan(paths, cached=self._cache),
            )
        return self._plans[settings.wordlists]


def _known_selectors(rules: Mapping[str, Rule], config: Config) -> None:
    """Raises ConfigError for a selector in the configuration that names nothing."""
    listed = [(key, word) for key in ("select", "ignore", "extend-select") for word in config.words(key)]
    listed += [(inside("severity", word), word) for word in config.values.get("severity", {})]
    for glob, table in config.values.get("per-file", {}).items():
        for key in ("select", "ignore", "extend-select"):
            words = table.get(key, [])
            listed += [(inside("per-file", glob), word) for word in ([words] if isinstance(words, str) else words)]
    for key, word in listed:
        try:
            selected(rules, [word], (), ())
        except ValueError:
            raise _unknown(rules, config, key, word) from None


def _unknown(rules: Mapping[str, Rule], config: Config, key: str, word: str) -> ConfigError:
    known = [*rules, *(rule.name for rule in rules.values()), *GROUPS, *GROUPS.values()]
    hint = near(word, known) or "`cslint rules` lists them all"
    return config.blame(key, word, f"unknown rule selector {word!r}", hint)
