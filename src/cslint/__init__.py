"""cslint: a compliance linter for what a shop says. The public API; DESIGN and docs describe it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from cslint.linter import Linter
from cslint.model import Finding, Place, Suggestion, Unit, Verdict
from cslint.rulebook.errors import RulebookError
from cslint.rulebook.rule import Rule

try:
    __version__ = version("cslint")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"

__all__ = ["Finding", "Linter", "Place", "Rule", "RulebookError", "Suggestion", "Unit", "Verdict", "__version__"]
