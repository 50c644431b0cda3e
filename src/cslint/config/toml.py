"""TOML with places: tomllib reads a file, this finds the line and column of a key or a word for an error."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cslint.config.errors import ConfigError, Spot

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["find_key", "find_word", "read_toml", "shown", "tomllib"]

Trail = Sequence[str]
_HEADER = re.compile(r"^\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^(\s*)((?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)| \(at end of document\)")


def shown(path: Path) -> str:
    """A path as it is shown: relative to the working directory where it lies below it."""
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and what it says.

    Raises ConfigError: not there, not UTF-8, not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(shown(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(shown(path), f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    text = text.replace("\r\n", "\n")
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, text, str(error)) from None


def _not_toml(path: Path, text: str, message: str) -> ConfigError:
    place = _AT.search(message)
    problem = f"not TOML: {_AT.sub('', message)}"
    if place is None:
        return ConfigError(shown(path), problem)
    lines = text.split("\n")
    line = int(place[1]) if place[1] else max(len(lines) - (lines[-1] == ""), 1)
    column = int(place[2]) - 1 if place[2] else len(lines[line - 1])
    hint = 'words stand in quotes: platform = "pdd"'
    return ConfigError(shown(path), problem, hint, text=text, spot=Spot(line, column, column + 1))


def find_key(text: str, trail: Trail) -> Spot | None:
    """Where the key at ``trail`` stands, or else the nearest of those above it that can be found."""
    best: tuple[int, Spot] | None = None
    table: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if key is not None:
            found = [*table, *_parts(key[2])]
            start, end = key.start(2), key.end(2)
        elif header is not None:
            table = found = _parts(header[1])
            start, end = header.start(1), header.end(1)
        else:
            continue
        depth = _shared(found, trail)
        if depth == len(found) and depth and (best is None or depth > best[0]):
            best = depth, _last_part(line, number, start, end)
    if best is None or best[0] == len(trail):
        return best[1] if best else None
    return find_word(text, best[1], str(trail[-1])) or best[1]  # a key of an inline table


def find_word(text: str, key: Spot, word: str) -> Spot | None:
    """Where ``word`` stands in the value of a key: on its line, or below it up to the next key."""
    lines = text.split("\n")
    for number in range(key.line, len(lines) + 1):
        line = lines[number - 1]
        if number > key.line and (_HEADER.match(line) or _KEY.match(line)):
            return None
        at = line.find(word, key.end if number == key.line else 0)
        if at >= 0:
            return Spot(number, at, at + max(len(word), 1))
    return None


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _last_part(line: str, number: int, start: int, end: int) -> Spot:
    last = list(_PART.finditer(line, start, end))[-1]
    return Spot(number, last.start(), last.end())


def _shared(found: Sequence[str], trail: Trail) -> int:
    depth = 0
    for one, other in zip(found, trail, strict=False):
        if one != other:
            break
        depth += 1
    return depth
