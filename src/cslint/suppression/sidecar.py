"""cslint-ignore.toml: suppressions for formats without comments, by rule and normalised text, each with its reason."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec

from cslint.config.errors import ConfigError, Spot
from cslint.config.settings import matches
from cslint.config.toml import find_key, find_word, read_toml, shown, tomllib
from cslint.fixer.atomic import write_atomically
from cslint.model import Finding, Place, Unit
from cslint.rulebook.errors import near
from cslint.rulebook.rule import GROUPS, Rule
from cslint.suppression.directives import live, names, names_something
from cslint.suppression.rules import found

FILE = "cslint-ignore.toml"
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*ignore[ \t]*\]\][^\n]*$", re.MULTILINE)
_EXAMPLE = '[[ignore]] with rule = "TPP001", text = "…" and reason = "…"'


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One suppression. ``text`` is the words found or a longer piece of the text round them; ``path`` a glob."""

    rule: str
    text: str
    reason: str
    path: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ignore: list[Entry] = []


@dataclass
class Sidecar:
    """One cslint-ignore.toml. Remembers which entries covered something, and which files it was asked about."""

    path: Path
    text: str
    entries: tuple[Entry, ...]
    used: set[int] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def covers(self, finding: Finding, unit: Unit | None) -> str | None:
        """The reason of the entry that lets the finding stand, or None. All entries that cover it count as used."""
        reason: str | None = None
        for number, entry in enumerate(self.entries):
            if not names(entry.rule, finding.rule, finding.name, finding.group):
                continue
            if entry.path is not None and not matches(self.path.parent, (entry.path,), finding.place.path):
                continue
            if _holds(entry.text, finding, unit):
                self.used.add(number)
                reason = entry.reason if reason is None else reason
        return reason

    def unused(self, active: Collection[Rule], whole: bool, lang: str) -> Iterator[Finding]:
        """The entries that covered nothing, as far as this run can tell.

        An entry for one file is unused when that file was checked; one for many files only when the run was over the
        ``whole`` folder of the sidecar.
        """
        for number, entry in enumerate(self.entries):
            if number in self.used or not live(entry.rule, active) or not (whole or self._was_asked(entry)):
                continue
            start, end = self._span(number)
            line = self.text.count("\n", 0, start) + 1
            last = self.text.count("\n", 0, end) + 1
            column = end - (self.text.rfind("\n", 0, end) + 1) + 1
            place = Place(path=shown(self.path), line=line, column=1, end_line=last, end_column=column)
            yield found("SUP001", f"{entry.rule} {entry.text}", self.text[start:end], place, lang, "")

    def take_out(self, findings: Sequence[Finding]) -> int:
        """Take out the entries that ``findings`` of ``unused`` speak of, and save; how many.

        The file is left as it is where anything else in it would change.
        """
        gone = {f.place.line for f in findings}
        spans = [(number, self._span(number)) for number in range(len(self.entries))]
        doomed = [n for n, (start, _) in spans if self.text.count("\n", 0, start) + 1 in gone]
        text = self.text
        for number in reversed(doomed):
            start, end = self._span(number)
            text = text[:start] + text[end:]
        left = [msgspec.to_builtins(entry) for n, entry in enumerate(self.entries) if n not in doomed]
        again = tomllib.loads(text).get("ignore", [])
        if [{"path": None, **entry} for entry in again] != [{"path": None, **entry} for entry in left]:
            return 0
        original = self.path.read_bytes()
        mark = b"\xef\xbb\xbf" if original.startswith(b"\xef\xbb\xbf") else b""
        ends = "\r\n" if b"\r\n" in original else "\n"
        write_atomically(self.path, mark + text.replace("\n", ends).encode())
        return len(doomed)

    def _was_asked(self, entry: Entry) -> bool:
        if entry.path is None or any(sign in entry.path for sign in "*?["):
            return False
        return any(matches(self.path.parent, (entry.path,), path) for path in self.asked)

    def _span(self, number: int) -> tuple[int, int]:
        """The lines of an entry and the empty ones after it."""
        heads = [m.start() for m in _HEADER.finditer(self.text)]
        start = heads[number]
        stop = heads[number + 1] if number + 1 < len(heads) else len(self.text)
        lines = self.text[start:stop].splitlines(keepends=True)
        while len(lines) > 1 and lines[-1].lstrip().startswith("#"):
            lines.pop()  # what is said above the next entry belongs to that
        return start, start + sum(map(len, lines))


def load_sidecar(path: Path, rules: Mapping[str, Rule]) -> Sidecar:
    """Read a sidecar.

    Raises ConfigError with the line: not TOML, an unknown key, an entry without its reason, a rule that does not exist.
    """
    text, document = read_toml(path)
    for number, entry in enumerate(document.get("ignore", ()) if isinstance(document.get("ignore"), list) else ()):
        _check_entry(path, text, number, entry, rules)
    try:
        entries = msgspec.convert(document, _File).ignore
    except msgspec.ValidationError as error:
        problem = re.sub(r" - at `.*`$", "", str(error))
        raise ConfigError(shown(path), problem, f"the file holds tables {_EXAMPLE}") from None
    return Sidecar(path, text, tuple(entries))


def _check_entry(path: Path, text: str, number: int, entry: object, rules: Mapping[str, Rule]) -> None:
    heads = list(_HEADER.finditer(text))
    if not isinstance(entry, dict) or number >= len(heads):
        raise ConfigError(shown(path), "an entry is not a table", f"write {_EXAMPLE}")
    line = text.count("\n", 0, heads[number].start()) + 1
    head = Spot(line, 0, len(heads[number][0]))
    body = "\n" * (line - 1) + text[heads[number].start() :].replace("[[ignore]]", "          ", 1)

    def fail(problem: str, hint: str, word: str = "") -> ConfigError:
        key = find_key(body, [word.split("\0", maxsplit=1)[0]]) if word else None
        value = word.partition("\0")[2]
        spot = (find_word(body, key, value) or key) if key and value else key
        return ConfigError(shown(path), problem, hint, text=text, spot=spot or head)

    known = [f.name for f in msgspec.structs.fields(Entry)]
    for key in entry:
        if key not in known:
            raise fail(f"unknown key {key!r}", near(key, known), key)
    for key in ("rule", "text", "reason"):
        if not str(entry.get(key, "")).strip():
            raise fail(f"the entry has no {key}", f"write {_EXAMPLE}")
    if not names_something(str(entry["rule"]), rules):
        choices = [*rules, *(rule.name for rule in rules.values()), *GROUPS]
        raise fail(f"no rule {entry['rule']!r}", near(str(entry["rule"]), choices), f"rule\0{entry['rule']}")


class Sidecars:
    """The sidecars of a run: for each file the nearest one in the folders above it."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._by_folder: dict[Path, Sidecar | None] = {}

    def for_file(self, path: str) -> Sidecar | None:
        """The sidecar that holds for a file. Raises ConfigError for a broken one."""
        here = Path(os.path.abspath(path if path != "-" else "stdin"))  # noqa: PTH100
        sidecar = self._find(here.parent)
        if sidecar is not None:
            sidecar.asked.add(str(here))
        return sidecar

    def all(self) -> list[Sidecar]:
        """Those that some file asked for."""
        return list({id(s): s for s in self._by_folder.values() if s is not None}.values())

    def _find(self, folder: Path) -> Sidecar | None:
        if folder not in self._by_folder:
            own = folder / FILE
            if own.is_file():
                self._by_folder[folder] = load_sidecar(own, self._rules)
            else:
                self._by_folder[folder] = self._find(folder.parent) if folder.parent != folder else None
        return self._by_folder[folder]


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Text as entries are compared: width and case folded, blanks left out. Character by character, so that the
    normal form of a piece is a piece of the normal form."""
    folded = (unicodedata.normalize("NFKC", char).casefold() for char in text)
    return "".join(char for piece in folded for char in piece if not char.isspace())


def _holds(text: str, finding: Finding, unit: Unit | None) -> bool:
    wanted, matched = normal(text), normal(finding.matched)
    if wanted == matched:
        return True
    if unit is None or matched not in wanted:
        return False
    whole = normal(unit.text)
    start, end = len(normal(unit.text[: finding.start])), len(normal(unit.text[: finding.end]))
    at = whole.find(wanted)
    while at >= 0:
        if at <= start and at + len(wanted) >= end:
            return True
        at = whole.find(wanted, at + 1)
    return False
