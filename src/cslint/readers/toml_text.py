"""TOML to a tree whose strings know where each of their characters stands in the file."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

from .errors import UnreadableError
from .json_text import JsonArray, JsonNode, JsonObject, JsonScalar, JsonText
from .source import Joint, Source

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_KEY = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^,\]}#\r\n]+")
_STRING = re.compile(
    r'"""(?P<multi>(?:[^\\]|\\[\s\S])*?"{0,2})"""(?!")'
    r"|'''(?P<literal_multi>[\s\S]*?'{0,2})'''(?!')"
    r'|"(?P<basic>(?:[^"\\\r\n]|\\.)*)"'
    r"|'(?P<literal>[^'\r\n]*)'"
)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\r?\n[ \t\r\n]*|.)", re.DOTALL)
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_DEPTH = 100
T = TypeVar("T")


def parse_toml(source: Source) -> JsonNode:
    """The document, as ``tomllib`` reads it.

    Errors: :class:`UnreadableError` with the line and column that ``tomllib`` names, or for nesting too deep.
    """
    try:
        tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(source.path, f"not TOML ({error})", "correct the file") from None
    except RecursionError:
        raise UnreadableError(source.path, "too many levels of nesting", "correct the file") from None
    return _Scanner(source).document()


class _Scanner:
    """Walks over a text that is known to be TOML and finds where its strings stand."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0

    def document(self) -> JsonObject:
        """Tables and their keys, in the order of the file."""
        root = table = JsonObject([])
        self._gap()
        while self.at < len(self.text):
            if self.text.startswith("[[", self.at):
                self.at += 2
                table = _appended(root, self._keys())
                self.at += 2
            elif self.text[self.at] == "[":
                self.at += 1
                table = _opened(root, self._keys())
                self.at += 1
            else:
                self._pair(table, 0)
            self._gap()
        return root

    def _gap(self) -> None:
        found = _GAP.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _blanks(self) -> None:
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _keys(self) -> list[str]:
        """A dotted key, and the blanks after it."""
        keys = []
        while True:
            self._blanks()
            if self.text[self.at] in "\"'":
                keys.append(self._string().value)
            else:
                found = _KEY.match(self.text, self.at)
                assert found is not None
                keys.append(found[0])
                self.at = found.end()
            self._blanks()
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _pair(self, table: JsonObject, depth: int) -> None:
        keys = self._keys()
        self.at += 1  # =
        self._blanks()
        _opened(table, keys[:-1]).items.append((keys[-1], self._value(depth)))

    def _value(self, depth: int) -> JsonNode:
        if depth > _DEPTH:
            raise UnreadableError(self.source.path, f"more than {_DEPTH} levels of nesting", "correct the file")
        sign = self.text[self.at]
        if sign in "\"'":
            return self._string()
        if sign == "[":
            return JsonArray(list(self._listed("]", lambda: self._value(depth + 1))))
        if sign == "{":
            table = JsonObject([])
            list(self._listed("}", lambda: self._pair(table, depth + 1)))
            return table
        found = _OTHER.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return JsonScalar(found[0].strip())

    def _listed(self, closing: str, take: Callable[[], T]) -> Iterator[T]:
        self.at += 1
        self._gap()
        while not self.text.startswith(closing, self.at):
            yield take()
            self._gap()
            if self.text.startswith(",", self.at):
                self.at += 1
                self._gap()
        self.at += 1

    def _string(self) -> JsonText:
        found = _STRING.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        group = str(found.lastgroup)
        start, end = found.span(group)
        if group.endswith("multi"):
            start += 2 if self.text.startswith("\r\n", start) else self.text.startswith("\n", start)
        if group.startswith("literal"):
            return _literal(self.text, start, end)
        return _escaped(self.text, start, end)


def _literal(text: str, start: int, end: int) -> JsonText:
    return JsonText(text[start:end], start, end, (Joint(0, start),))


def _escaped(text: str, start: int, end: int) -> JsonText:
    parts: list[str] = []
    joints = [Joint(0, start)]
    length, at = 0, start
    for escape in _ESCAPE.finditer(text, start, end):
        parts.append(text[at : escape.start()])
        sign = escape[0][1:]
        character = chr(int(sign[1:], 16)) if sign[0] in "uU" else _PLAIN.get(sign, "")
        parts.append(character)
        length += escape.start() - at + len(character)
        at = escape.end()
        joints.append(Joint(length, at))
    parts.append(text[at:end])
    return JsonText("".join(parts), start, end, tuple(joints))


def _opened(root: JsonObject, keys: list[str]) -> JsonObject:
    """The table that the keys name, made where it is not yet."""
    table = root
    for key in keys:
        held = next((value for name, value in table.items if name == key), None)
        if isinstance(held, JsonArray):
            held = held.items[-1]  # the last of an array of tables
        if not isinstance(held, JsonObject):
            held = JsonObject([])
            table.items.append((key, held))
        table = held
    return table


def _appended(root: JsonObject, keys: list[str]) -> JsonObject:
    """A new table at the end of the array that the keys name."""
    parent = _opened(root, keys[:-1])
    held = next((value for name, value in parent.items if name == keys[-1]), None)
    if not isinstance(held, JsonArray):
        held = JsonArray([])
        parent.items.append((keys[-1], held))
    table = JsonObject([])
    held.items.append(table)
    return table
