"""One configuration file with those it extends: read, checked, merged, each value with where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

import msgspec

from cslint.config.errors import ConfigError, Spot
from cslint.config.schema import KEYS, ConfigTable, FileTable
from cslint.config.toml import find_key, find_word, read_toml, shown
from cslint.readers.columns import COLUMNS, PARTS
from cslint.rulebook.errors import near

PYPROJECT = "pyproject.toml"
_SECTION = ("tool", "cslint")
_PATHS = ("wordlists", "baseline")  # keys whose values are paths, relative to the file they stand in


@dataclass(frozen=True)
class Origin:
    """The file and line that a value came from."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Config:
    """A configuration in force. ``values`` has the keys that some file sets, paths in it are absolute.

    ``origins`` and ``roots`` have the same keys, and ``inside(table, key)`` for what stands in a table.
    """

    path: Path | None = None
    root: Path = field(default_factory=Path.cwd)
    values: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    roots: Mapping[str, Path] = field(default_factory=dict)  # key -> folder that its globs are relative to
    texts: Mapping[str, str] = field(default_factory=dict)  # path -> text, for errors found later

    def words(self, key: str) -> tuple[str, ...]:
        """The value of a key that takes a word or a list of words."""
        return listed(self.values.get(key))

    def blame(self, key: str, word: str, problem: str, hint: str = "") -> ConfigError:
        """An error about a word in the value of ``key``, found after loading; it shows the word's line."""
        origin = self.origins.get(key)
        if origin is None:
            return ConfigError(str(self.path or "configuration"), problem, hint)
        text = self.texts.get(origin.path, "")
        section = _section_of(Path(origin.path))
        spot = find_key(text, [*section, *key.split("\0")])
        return ConfigError(origin.path, problem, hint, text=text, spot=_word_spot(text, spot, word))


def inside(table: str, key: str) -> str:
    """The name under which ``Config.origins`` and ``Config.roots`` have what stands in a table."""
    return f"{table}\0{key}"


def listed(value: Any) -> tuple[str, ...]:
    """A word or a list of words as a tuple."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def load_config(path: str | Path) -> Config:
    """Read a cslint.toml, or the [tool.cslint] of a pyproject.toml, and what it extends.

    Raises ConfigError for a file that is not there or not TOML, an unknown key, a value of the wrong kind, a circle.
    """
    return _loaded(Path(path).absolute(), ())


def has_section(path: Path) -> bool:
    """Whether a pyproject.toml configures cslint. Raises ConfigError if it does and cannot be read."""
    try:
        return "cslint" in read_toml(path)[1].get("tool", {})
    except ConfigError:
        if b"tool.cslint" in path.read_bytes():
            raise
        return False  # a broken pyproject.toml is for other programs to complain of


def _section_of(path: Path) -> tuple[str, ...]:
    return _SECTION if path.name == PYPROJECT else ()


def _loaded(path: Path, opened: tuple[Path, ...]) -> Config:
    text, document = read_toml(path)
    section = _section_of(path)
    data: Any = document
    for name in section:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    if section and not data:
        raise ConfigError(shown(path), "has no table [tool.cslint]", "name a cslint.toml, or add the table")
    _Check(path, text, section).table(data)
    base = Config(root=path.parent)
    if "extend" in data:
        base = _extended(path, text, section, data["extend"], (*opened, path))
    own = {key: value for key, value in data.items() if key != "extend"}
    for key in _PATHS:
        if key in own:
            own[key] = _resolved(own[key], path.parent)
    values, origins, roots = dict(base.values), dict(base.origins), dict(base.roots)
    for key, value in own.items():
        values[key] = {**values.get(key, {}), **value} if isinstance(value, dict) else value
        for trail in [(key,), *((key, inner) for inner in (value if isinstance(value, dict) else ()))]:
            spot = find_key(text, [*section, *trail])
            origins["\0".join(trail)] = Origin(shown(path), spot.line if spot else None)
            roots["\0".join(trail)] = path.parent
    return Config(path, path.parent, values, origins, roots, {**base.texts, shown(path): text})


def _extended(path: Path, text: str, section: tuple[str, ...], name: str, opened: tuple[Path, ...]) -> Config:
    other = (path.parent / Path(name).expanduser()).resolve()
    spot = _word_spot(text, find_key(text, [*section, "extend"]), name)
    if other in [p.resolve() for p in opened]:
        circle = " → ".join(p.name for p in (*opened, other))
        raise ConfigError(shown(path), f"extend goes in a circle: {circle}", text=text, spot=spot)
    if not other.is_file():
        raise ConfigError(
            shown(path),
            f"extend names {name!r}, which is not there",
            "it is relative to this file",
            text=text,
            spot=spot,
        )
    return _loaded(other, opened)


def _resolved(value: str | list[str], folder: Path) -> str | list[str]:
    if isinstance(value, str):
        return str(folder / Path(value).expanduser())
    return [str(folder / Path(item).expanduser()) for item in value]


def _word_spot(text: str, key: Spot | None, word: str) -> Spot | None:
    return (find_word(text, key, word) or key) if key is not None and word else key


class _Check:
    """Every key known, every value of its kind."""

    def __init__(self, path: Path, text: str, section: tuple[str, ...]) -> None:
        self.path, self.text, self.section = path, text, section

    def table(self, data: Any) -> None:
        self._keys(data, KEYS, ())
        for glob, table in _tables(data.get("per-file")):
            self._keys(table, tuple(f.encode_name for f in msgspec.structs.fields(FileTable)), ("per-file", glob))
            self._columns(table, ("per-file", glob))
        self._columns(data, ())
        try:
            msgspec.convert(data, ConfigTable)
        except msgspec.ValidationError as error:
            self._wrong_value(data, str(error))

    def _keys(self, data: Any, known: tuple[str, ...], trail: tuple[str, ...]) -> None:
        for key in data if isinstance(data, dict) else ():
            if key not in known:
                spot = find_key(self.text, [*self.section, *trail, key])
                self._fail(f"unknown key {key!r}", near(key, known) or f"keys: {', '.join(known)}", spot)

    def _columns(self, data: Any, trail: tuple[str, ...]) -> None:
        columns = data.get("columns") if isinstance(data, dict) else None
        self._keys(columns, COLUMNS, (*trail, "columns"))
        parts = data.get("parts") if isinstance(data, dict) else None
        self._keys(parts, PARTS, (*trail, "parts"))

    def _wrong_value(self, data: Any, message: str) -> NoReturn:
        problem, trail = re.sub(r" - at `.*`$", "", message), _trail(data, message)
        spot = find_key(self.text, [*self.section, *trail])
        bad = re.match(r"Invalid enum value '(.*?)'", message)
        if bad:
            problem, spot = f"{bad[1]!r} is not a known value", _word_spot(self.text, spot, bad[1])
            self._fail(problem, near(bad[1], _choices(trail)), spot)
        expected = re.match(r"Expected `(.*?)`, got `(.*?)`", problem)
        if expected:
            names = {"str": "text in quotes", "array": "a list", "bool": "true or false", "object": "a table"}
            wanted = " or ".join(
                names.get(part.strip(), part) for part in expected[1].split("|") if part.strip() != "null"
            )
            problem = f"expected {wanted}, found {names.get(expected[2], expected[2])}"
        self._fail(problem, "", spot)

    def _fail(self, problem: str, hint: str, spot: Spot | None) -> NoReturn:
        raise ConfigError(shown(self.path), problem, hint, text=self.text, spot=spot)


def _tables(value: Any) -> Iterator[tuple[str, Any]]:
    yield from (value.items() if isinstance(value, dict) else ())


def _trail(data: Any, message: str) -> list[str]:
    """The keys that msgspec names; of a table with free keys it says `[...]`, and the first bad entry is looked for."""
    match = re.search(r"at `\$([^`]*)`", message)
    steps = re.findall(r"\.([^.\[]+)|\[(\.\.\.)\]", match[1]) if match else []
    trail: list[str] = []
    for name, anything in steps:
        if anything and isinstance(data, dict):
            name = next((k for k, v in data.items() if not _fits(trail, v)), "")  # noqa: PLW2901
        if not name:
            break
        trail.append(name)
        data = data.get(name) if isinstance(data, dict) else None
    return trail


def _fits(trail: list[str], value: Any) -> bool:
    kind: Any = ConfigTable
    for step in trail:
        hints = get_type_hints(kind)
        kind = next(hints[f.name] for f in msgspec.structs.fields(kind) if f.encode_name == step)
    inner = next((get_args(option)[1] for option in get_args(kind) if get_origin(option) is dict), Any)
    try:
        msgspec.convert(value, inner)
    except msgspec.ValidationError:
        return False
    return True


def _choices(trail: list[str]) -> list[str]:
    """The values that the key at the end of ``trail`` takes, as far as they are a closed list."""
    names = {f.encode_name: f.name for f in msgspec.structs.fields(ConfigTable)}
    key = next((step for step in reversed(trail) if step in names), "")
    return _literals(get_type_hints(ConfigTable)[names[key]]) if key else []


def _literals(kind: Any) -> list[str]:
    arguments = get_args(kind)
    if all(isinstance(a, str) for a in arguments):
        return list(arguments)
    return [word for argument in arguments for word in _literals(argument)]
