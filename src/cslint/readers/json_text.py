"""JSON to a tree whose strings know where each of their characters stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # what JSONDecoder reads strings with
from typing import NamedTuple

from .source import Joint, Source

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|true|false|null|NaN|-?Infinity", re.ASCII)
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)  # one character each
_DEPTH = 100


class JsonText(NamedTuple):
    """A string: its value, and the offsets of its first character and of its closing quote.

    Other languages than JSON, whose escapes are others, give the ``marks`` that tie it to the source.
    """

    value: str
    start: int
    end: int
    marks: tuple[Joint, ...] | None = None

    def joints(self, source: Source) -> tuple[Joint, ...]:
        """What ties the value to the source: a joint at the start and after every escape."""
        return tuple(self._joints(source)) if self.marks is None else self.marks

    def _joints(self, source: Source) -> Iterator[Joint]:
        yield Joint(0, self.start)
        if len(self.value) == self.end - self.start:
            return
        shift = self.start
        for escape in _ESCAPE.finditer(source.text, self.start, self.end):
            shift += escape.end() - escape.start() - 1
            yield Joint(escape.end() - shift, escape.end())


class JsonScalar(NamedTuple):
    """A number, ``true``, ``false`` or ``null``, as written."""

    raw: str


class JsonArray(NamedTuple):
    """An array."""

    items: list[JsonNode]


class JsonObject(NamedTuple):
    """An object; a key that is written twice is here twice."""

    items: list[tuple[str, JsonNode]]


JsonNode = JsonText | JsonScalar | JsonArray | JsonObject


class JsonError(ValueError):
    """What is wrong, and the offset (code points) where it was found."""

    def __init__(self, problem: str, offset: int) -> None:
        super().__init__(f"{problem} at {offset}")
        self.problem = problem
        self.offset = offset


def parse_json(source: Source, start: int = 0, end: int | None = None) -> JsonNode:
    """The value that fills ``start:end`` of the source, read as ``json.loads`` reads it.

    Errors: :class:`JsonError` with the offset of what is not JSON.
    """
    parser = _Parser(source.text, len(source.text) if end is None else end)
    node, at = parser.value(parser.skip(start), 0)
    at = parser.skip(at)
    if at < parser.end:
        raise JsonError("expected nothing more", at)
    return node


class _Parser:
    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end

    def skip(self, at: int) -> int:
        if at < self.end and self.text[at] not in " \t\n\r":
            return at
        found = _SPACE.match(self.text, at, self.end)
        return found.end() if found else at

    def value(self, at: int, depth: int) -> tuple[JsonNode, int]:
        if depth > _DEPTH:
            raise JsonError(f"more than {_DEPTH} levels of nesting", at)
        opening = self.text[at] if at < self.end else ""
        if opening == '"':
            return self.string(at)
        if opening == "{":
            return self.object(at, depth)
        if opening == "[":
            return self.array(at, depth)
        found = _SCALAR.match(self.text, at, self.end)
        if found is None:
            raise JsonError("expected a value", at)
        return JsonScalar(found[0]), found.end()

    def array(self, at: int, depth: int) -> tuple[JsonNode, int]:
        items: list[JsonNode] = []
        at = self.skip(at + 1)
        if self.text.startswith("]", at, self.end):
            return JsonArray(items), at + 1
        while True:
            item, at = self.value(at, depth + 1)
            items.append(item)
            at = self.skip(at)
            if self.text.startswith("]", at, self.end):
                return JsonArray(items), at + 1
            at = self.skip(self.expect(",", at, "expected ',' or ']'"))

    def object(self, at: int, depth: int) -> tuple[JsonNode, int]:
        items: list[tuple[str, JsonNode]] = []
        at = self.skip(at + 1)
        if self.text.startswith("}", at, self.end):
            return JsonObject(items), at + 1
        while True:
            if not self.text.startswith('"', at, self.end):
                raise JsonError("expected a key in double quotes", at)
            key, at = self.string(at)
            at = self.skip(self.expect(":", self.skip(at), "expected ':'"))
            item, at = self.value(at, depth + 1)
            items.append((key.value, item))
            at = self.skip(at)
            if self.text.startswith("}", at, self.end):
                return JsonObject(items), at + 1
            at = self.skip(self.expect(",", at, "expected ',' or '}'"))

    def expect(self, mark: str, at: int, problem: str) -> int:
        if not self.text.startswith(mark, at, self.end):
            raise JsonError(problem, at)
        return at + 1

    def string(self, opening: int) -> tuple[JsonText, int]:
        try:
            value, after = scanstring(self.text, opening + 1, True)
        except JSONDecodeError as error:
            at = min(error.pos, self.end)
            if error.msg.startswith("Unterminated") or self.text[at : at + 1] in ("\r", "\n"):
                raise JsonError("a string is not closed on its line", opening) from None
            problem = "an unknown escape" if "escape" in error.msg else "a control character in a string"
            raise JsonError(problem, at) from None
        if after > self.end:
            raise JsonError("a string is not closed on its line", opening)
        return JsonText(value, opening + 1, after - 1), after
