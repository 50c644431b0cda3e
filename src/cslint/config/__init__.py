"""The configuration: cslint.toml or [tool.cslint], found, read, checked, and turned into settings for each file."""

from __future__ import annotations

from cslint.config.errors import ConfigError
from cslint.config.linters import Linters, linter_for
from cslint.config.load import Config, load_config
from cslint.config.settings import Settings, settings_for
from cslint.config.sources import Configs, find_config

__all__ = [
    "Config",
    "ConfigError",
    "Configs",
    "Linters",
    "Settings",
    "find_config",
    "linter_for",
    "load_config",
    "settings_for",
]
