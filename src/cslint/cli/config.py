"""`cslint config`: the settings in force, and where each comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from cslint.cli.binding import takes
from cslint.cli.configured import configured
from cslint.cli.console import style_for
from cslint.cli.errors import CommandError
from cslint.cli.options import ConfigOptions
from cslint.config import Config, Configs, Linters, settings_for
from cslint.config.load import inside
from cslint.config.schema import FILE_KEYS, KEYS
from cslint.config.settings import matches
from cslint.config.toml import shown
from cslint.reporters.colour import Paint

_DEFAULTS: dict[str, Any] = {
    "unit": "auto",
    "format": "full",
    "lang": "zh",
    "fail-on": "warning",
    "min-severity": "warning",
}
_WORDS = {
    "default": ("默认", "default"),
    "none": ("没有配置文件：都是默认值。", "no configuration file: everything is at its default."),
    "file": ("配置文件：{}", "configuration: {}"),
}


@takes(ConfigOptions)
def config(ctx: typer.Context, options: ConfigOptions) -> None:
    """Print the settings in force as TOML, each with the file and line it comes from; for FILE, with its per-file tables."""
    options = configured(ctx, options)
    if options.path is not None and not Path(options.path).exists():
        raise CommandError(f"{options.path}: no such file")
    found = Configs(options.config, isolated=options.isolated).for_file(options.path)
    settings = settings_for(found, options.path)
    Linters(lang=options.lang).linter(settings, found)  # a selector that names nothing is an error here too
    paint = Paint(style_for(sys.stdout, options.language).colour)
    at = 0 if options.lang == "zh" else 1
    head = _WORDS["none"][at] if found.path is None else _WORDS["file"][at].format(shown(found.path))
    print(paint("faint", f"# {head}"))
    for line, origin in _lines(found, options.path, _WORDS["default"][at]):
        print(f"{line}  {paint('faint', f'# {origin}')}")


def _lines(config: Config, path: str | None, default: str) -> Iterator[tuple[str, str]]:
    """Each key with its value as TOML, and where it comes from."""
    tables = _matching(config, path)
    for key in KEYS:
        if key in ("extend", "per-file", *_TABLES):
            continue
        value = config.values.get(key, _DEFAULTS.get(key, [] if key in _LISTS else None))
        origin = str(config.origins.get(key, default))
        if path is not None and key in FILE_KEYS and any(key in table for table in tables.values()):
            value = getattr(settings_for(config, path), key.replace("-", "_"))
            globs = [glob for glob, table in tables.items() if key in table]
            origin = ", ".join(f'{config.origins[inside("per-file", glob)]} [per-file."{glob}"]' for glob in globs)
        if value is not None:
            yield f"{key} = {_toml(value)}", origin
    for name in _TABLES:
        for key, value in config.values.get(name, {}).items():
            yield f"{name}.{_bare(key)} = {_toml(value)}", str(config.origins[inside(name, key)])
    for glob, table in config.values.get("per-file", {}).items() if path is None else ():
        for key, value in table.items():
            yield f"per-file.{_toml(glob)}.{key} = {_toml(value)}", str(config.origins[inside("per-file", glob)])


_TABLES = ("severity", "columns", "parts", "score")
_LISTS = ("platform", "agents", "profiles", "ignore", "extend-select", "wordlists", "allowed", "exclude")


def _matching(config: Config, path: str | None) -> dict[str, Any]:
    if path is None:
        return {}
    tables = config.values.get("per-file", {})
    return {
        glob: table for glob, table in tables.items() if matches(config.roots[inside("per-file", glob)], (glob,), path)
    }


def _bare(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else _toml(key)


def _toml(value: Any) -> str:
    """A value as TOML writes it; JSON's strings, numbers and lists are TOML's."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_bare(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
