"""From a configuration and the options of the command line to what holds for one file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from cslint.config.load import Config, inside, listed
from cslint.readers import ReadOptions

ADDING = ("agents", "ignore", "extend-select")  # what a [per-file] table adds to; the rest it replaces


@dataclass(frozen=True)
class Settings:
    """What decides how a file is read and judged. Hashable: files with equal settings share a linter."""

    platform: tuple[str, ...] = ()
    unit: str = "auto"
    agents: tuple[str, ...] = ()
    encoding: str | None = None
    profiles: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    header_row: int | None = None
    code: bool = False
    wordlists: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()


def read_options(settings: Settings) -> ReadOptions:
    """What the settings ask of readers."""
    return ReadOptions(
        agents=settings.agents,
        columns=dict(settings.columns),
        parts=dict(settings.parts),
        header_row=settings.header_row,
        code=settings.code,
    )


def settings_for(config: Config, path: str | Path | None, given: Settings | None = None) -> Settings:
    """The settings in force for the file at ``path``; for no file in particular if None.

    ``given`` is what the command line asks for: it replaces what the configuration says; agents, word lists and
    extend-select are added to it.
    """
    values = dict(config.values)
    for _glob, table in _tables_for(config, path):
        for key, value in table.items():
            values[key] = _joined(key, values.get(key), value)
    found = Settings(
        platform=listed(values.get("platform")),
        unit=values.get("unit", "auto"),
        agents=listed(values.get("agents")),
        encoding=values.get("encoding"),
        profiles=listed(values.get("profiles")),
        select=listed(values["select"]) if "select" in values else None,
        ignore=listed(values.get("ignore")),
        extend_select=listed(values.get("extend-select")),
        columns=_mapped(values.get("columns", {})),
        parts=_mapped(values.get("parts", {})),
        header_row=values.get("header-row"),
        code=values.get("code", False),
        wordlists=listed(values.get("wordlists")),
        allowed=listed(values.get("allowed")),
        severity=tuple(values.get("severity", {}).items()),
    )
    return found if given is None else _overlaid(found, given)


def _tables_for(config: Config, path: str | Path | None) -> list[tuple[str, Mapping[str, Any]]]:
    """The [per-file] tables whose glob matches the file, in the order of the configuration."""
    tables = config.values.get("per-file", {})
    if path is None or not tables:
        return []
    return [
        (glob, table)
        for glob, table in tables.items()
        if matches(config.roots[inside("per-file", glob)], (glob,), path)
    ]


def matches(root: Path, globs: tuple[str, ...], path: str | Path) -> bool:
    """Whether a file matches one of the globs (as in .gitignore), which are relative to ``root``."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - links keep the names that a glob speaks of
    if not absolute.is_relative_to(root):
        return False
    return GitIgnoreSpec.from_lines(globs).match_file(absolute.relative_to(root).as_posix())


def _mapped(table: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, listed(headers)) for name, headers in table.items()))


def _joined(key: str, before: Any, value: Any) -> Any:
    if key in ("columns", "parts"):
        return {**(before or {}), **value}
    return [*listed(before), *listed(value)] if key in ADDING else value


def _overlaid(found: Settings, given: Settings) -> Settings:
    return replace(
        found,
        platform=given.platform or found.platform,
        unit=given.unit if given.unit != "auto" else found.unit,
        agents=(*found.agents, *given.agents),
        encoding=given.encoding or found.encoding,
        profiles=given.profiles or found.profiles,
        select=given.select if given.select is not None else found.select,
        ignore=given.ignore or found.ignore,
        extend_select=(*found.extend_select, *given.extend_select),
        wordlists=(*found.wordlists, *given.wordlists),
    )
