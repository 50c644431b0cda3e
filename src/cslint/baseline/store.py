"""cslint-baseline.json: read and written. Sorted, without lines, dates or text, so that two branches merge quietly."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

FILE = "cslint-baseline.json"
VERSION = 1

Entries = dict[str, dict[str, dict[str, int]]]
"""Path (relative to the baseline, with /) -> rule id -> hash of the masked sentence -> how often."""


class BaselineError(ValueError):
    """A baseline that cannot be used. ``str()`` is ready to print."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    findings: Entries


def read_baseline(path: Path) -> Entries:
    """The entries of a baseline file. Raises BaselineError: not there, not one, of another version."""
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "write one with `cslint baseline PATHS…`"
        raise BaselineError(f"{path}: the baseline cannot be read: {error.strerror}\n  hint: {hint}") from None
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "write it anew with `cslint baseline PATHS…`, or solve the merge conflict in it"
        raise BaselineError(f"{path}: not a baseline: {error}\n  hint: {hint}") from None
    if file.version != VERSION:
        raise BaselineError(f"{path}: version {file.version} of the baseline; this cslint reads version {VERSION}")
    return file.findings


def written(entries: Entries) -> str:
    """The text of a baseline file with these entries."""
    findings = {
        path: {rule: dict(sorted(hashes.items())) for rule, hashes in sorted(rules.items()) if hashes}
        for path, rules in sorted(entries.items())
        if any(rules.values())
    }
    return json.dumps({"version": VERSION, "findings": findings}, ensure_ascii=False, indent=1) + "\n"
