"""Options and configuration together: what the command line leaves open, the file decides."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from cslint.cli.errors import CommandError, unknown
from cslint.cli.linting import existing
from cslint.cli.options import CheckOptions, FileOptions, JudgeOptions, RulebookOptions
from cslint.config import Config, Configs, Linters, Settings, settings_for
from cslint.config.settings import matches
from cslint.reporters import FORMATS

if TYPE_CHECKING:
    from cslint.linter import Linter

Options = TypeVar("Options", bound=RulebookOptions)
_RUN_KEYS = ("lang", "fail-on", "min-severity", "format", "mask", "force-exclude", "baseline", "strict-baseline")


def configured(ctx: typer.Context, options: Options) -> Options:
    """The options, with the configuration's word where the command line has none. Raises ConfigError, CommandError."""
    config = Configs(options.config, isolated=options.isolated).here()
    values: dict[str, Any] = {}
    for key in _RUN_KEYS:
        name = key.replace("-", "_")
        if key in config.values and hasattr(options, name) and _left_open(ctx, name):
            values[name] = config.values[key]
    if "format" in values and not isinstance(options, CheckOptions):
        del values["format"]  # text or json is another question than the format of findings
    if values.get("format") not in (None, *FORMATS):
        raise config.blame("format", values["format"], unknown("format", values["format"], FORMATS))
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    if isinstance(options, CheckOptions) and on_github and "format" not in config.values and _left_open(ctx, "format"):
        values["format"] = "full" if options.output else "github"
    return replace(options, **values)


def _left_open(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is None or source.name == "DEFAULT"


class Judging:
    """For each file the settings in force and their linter."""

    def __init__(self, options: JudgeOptions) -> None:
        self._configs = Configs(options.config, isolated=options.isolated)
        existing(options.wordlist)
        self._given = _given(options)
        self._settings: dict[str | None, Settings] = {}
        self._linters = Linters(lang=options.lang, cache=not options.no_cache)

    @property
    def config(self) -> Config:
        """The configuration of the run as a whole."""
        return self._configs.here()

    def settings(self, path: str | None = None) -> Settings:
        """What holds for a file, or for none in particular."""
        if path not in self._settings:
            self._settings[path] = settings_for(self._configs.for_file(path), path, self._given)
        return self._settings[path]

    def linter(self, path: str | None = None) -> Linter:
        """The linter for a file, or for none in particular. Raises ConfigError, CommandError and RulebookError."""
        try:
            return self._linters.linter(self.settings(path), self._configs.for_file(path))
        except ValueError as error:
            raise CommandError(str(error)) from None

    def all_wordlists(self) -> tuple[str, ...]:
        """The word lists of all settings that were asked for so far, and of the run."""
        return tuple(dict.fromkeys((*self.settings().wordlists, *self._linters.wordlists())))

    def excludes(self, path: str) -> bool:
        """Whether the file's configuration excludes it."""
        config = self._configs.for_file(path)
        return bool(config.words("exclude")) and matches(config.roots["exclude"], config.words("exclude"), path)


def _given(options: JudgeOptions) -> Settings:
    more: dict[str, Any] = {}
    if isinstance(options, FileOptions):
        more = {"unit": options.unit, "agents": tuple(options.agents), "encoding": options.encoding}
    return Settings(
        platform=tuple(options.platform),
        profiles=tuple(options.profile),
        select=tuple(options.select) if options.select else None,
        ignore=tuple(options.ignore),
        extend_select=tuple(options.extend_select),
        wordlists=tuple(options.wordlist),
        **more,
    )
