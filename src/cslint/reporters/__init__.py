"""One file a format. A report takes the files of a run and writes to a text stream; it knows no files and no rules."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cslint.reporters.run import Report

_MODULES = {  # format -> the module whose `report` writes it; imported when it is asked for
    "full": "full",
    "concise": "concise",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "rdjson": "rdjson",
    "csv": "csv",
    "html": "html",
    "xlsx": "xlsx",
}
FORMATS = tuple(_MODULES)
BINARY_FORMATS = ("xlsx",)  # written to the bytes beneath the stream, and of no use on a terminal
TEXT_FORMATS = ("full", "concise")  # for people: --statistics takes their place


def reporter(name: str) -> Report:
    """The report of a format. Raises KeyError for a name that is not in ``FORMATS``."""
    report: Report = import_module(f"{__name__}.{_MODULES[name]}").report
    return report


def statistics_reporter() -> Report:
    """The report which counts findings by rule in place of showing them."""
    from cslint.reporters.statistics import report

    return report
