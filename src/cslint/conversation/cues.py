"""Cues: what people say, by name. Terms as in any rule file, looked for in everybody's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from cslint.conversation import schema
from cslint.model import ROLES, UNITS
from cslint.rulebook.load import Rulebook
from cslint.rulebook.resolve import Resolver
from cslint.rulebook.rule import Rule
from cslint.rulebook.schema import GroupFile, SpellingEntry, TermEntry, UnlessEntry
from cslint.rulebook.yamlfile import decode, line_in

CUES = "_cues.yaml"
_PLAIN = GroupFile(spelling=SpellingEntry(pinyin=False, sound=False))  # nobody disguises a greeting


def shared_cues(path: Path, book: Rulebook) -> dict[str, Rule]:
    file = decode(path, schema.CueFile)
    return {
        name: CueResolver(path, book, f"cues.{name}").cue(name, entry.terms, entry.unless)
        for name, entry in file.cues.items()
    }


class CueResolver(Resolver):
    """Resolves terms that stand elsewhere than in the ``terms`` of a rule file."""

    def __init__(self, path: Path, book: Rulebook, key: str) -> None:
        self.path, self.group, self.classes, self.rows = path, _PLAIN, book.classes, set()
        self.key = key
        self.file = no_file()

    def _line(self, key: str) -> int | None:
        trail = f"{self.key}.{key}" if self.key else key
        steps = trail.replace("[", ".").replace("]", "").split(".")
        return line_in(self.path, [int(step) if step.isdigit() else step for step in steps])

    def cue(self, name: str, terms: list[str | TermEntry], unless: list[UnlessEntry]) -> Rule:
        """The cue as a rule that is looked for in everybody's words."""
        if not terms:
            raise self.fail("terms", "a cue needs at least one term")
        found = tuple(self._term(at, entry) for at, entry in enumerate(terms))
        labels = [term.label for term in found]
        return Rule(
            id=name,
            name=name,
            group="conversation",
            severity="info",
            severities=dict.fromkeys(UNITS, "info"),
            title={"zh": name, "en": name},
            why={"zh": "", "en": ""},
            units=UNITS,
            roles=ROLES,
            terms=found,
            unless=tuple(self._unless("unless", entry, labels) for entry in unless),
            path=str(self.path),
        )


def no_file() -> Any:
    """What a resolver reads of its file where there is none: no spelling, no cue for evasive spellings."""
    return msgspec.defstruct("NoFile", [("spelling", SpellingEntry, SpellingEntry()), ("evasive_cue", Any, None)])()
