"""YAML with line numbers: decode a file into a schema type, and say where it is wrong."""

from __future__ import annotations

import re
import typing
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

import msgspec
import yaml

from cslint.rulebook.errors import RulebookError, near

T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def decode(path: Path, kind: type[T]) -> T:
    """Read ``path`` as ``kind``.

    Raises RulebookError with the line and key of the first mistake.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8"
        raise RulebookError(str(path), None, "", problem, "save the file as UTF-8") from None
    try:
        root = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        hint = 'quote text that holds : # { } [ ] , & * ? | > % @ or "'
        raise RulebookError(str(path), line, "", f"not YAML: {error.problem or error.context}", hint) from None
    if root is not None:
        _refuse_duplicates(path, root)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise _explained(path, root, kind, str(error)) from None


def line_in(path: Path, trail: list[str | int]) -> int | None:
    """The line of the key or item at ``trail`` in a file that is read again to report a mistake."""
    return line_of(yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader), trail)


def line_of(node: Any, trail: list[str | int]) -> int | None:
    """The 1-based line of the key or item at ``trail`` (keys and indexes), or of the nearest ancestor."""
    line: int | None = node.start_mark.line + 1 if node is not None else None
    for step in trail:
        mark, node = _child(node, step)
        if node is None:
            return line
        line = mark.line + 1
    return line


def _child(node: Any, step: str | int) -> tuple[Any, Any]:
    """Where a key or an item stands, and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None, None


def _refuse_duplicates(path: Path, node: Any) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if key.value in seen:
                problem = f"this key stands twice (first in line {seen[key.value]})"
                raise RulebookError(str(path), key.start_mark.line + 1, str(key.value), problem)
            seen[key.value] = key.start_mark.line + 1
            _refuse_duplicates(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_duplicates(path, item)


def _trail(message: str) -> list[str | int]:
    match = re.search(r"at `(key in )?\$([^`]*)`", message)
    if not match:
        return []
    steps: list[str | int] = []
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]", match[2]):
        if name:
            steps.append(name)
        elif index.isdigit():
            steps.append(int(index))
    return steps


def _explained(path: Path, root: Any, kind: Any, message: str) -> RulebookError:
    trail = _trail(message)
    problem = re.sub(r" - at `.*`$", "", message)
    hint = ""
    unknown = re.match(r"Object contains unknown field `(.*?)`( - at|$)", message)
    missing = re.match(r"Object missing required field `(.*?)`( - at|$)", message)
    bad_value = re.match(r"Invalid enum value '?(.*?)'?( - at|$)", message)
    here = _type_at(kind, trail)
    if unknown:
        hint = near(unknown[1], _keys(here))
        if not unknown[1].replace("_", "").isalpha() or not unknown[1].isascii():
            hint = "quote the text before it: in {…} and […] a comma ends a value"
        problem = f"unknown key {unknown[1]!r}"
        parent = root
        for step in trail:
            _, parent = _child(parent, step)
        line = next(
            (k.start_mark.line + 1 for k, _ in getattr(parent, "value", []) if k.value == unknown[1]),
            line_of(root, trail),
        )
        return RulebookError(str(path), line, ".".join(map(str, [*trail, unknown[1]])), problem, hint)
    if missing:
        problem = f"the key {missing[1]!r} is missing"
    elif re.match(r"Expected `str.*`, got `(int|float)`", problem):
        problem, hint = "a number where a word is expected", 'quote it: "12315"'
    elif bad_value:
        problem = f"{bad_value[1]!r} is not a known value"
        hint = near(bad_value[1], _literals(here))
    return RulebookError(str(path), line_of(root, trail), ".".join(map(str, trail)), problem, hint)


def _type_at(kind: Any, trail: list[str | int]) -> Any:
    for step in trail:
        options = _members(kind)
        found = None
        for option in options:
            if isinstance(step, int) and typing.get_origin(option) is list:
                found = typing.get_args(option)[0]
            elif isinstance(step, str) and isinstance(option, type) and issubclass(option, msgspec.Struct):
                hints = typing.get_type_hints(option)
                names = {f.encode_name: f.name for f in msgspec.structs.fields(option)}
                if step in names:
                    found = hints[names[step]]
            elif isinstance(step, str) and typing.get_origin(option) is dict:
                found = typing.get_args(option)[1]
        if found is None:
            return None
        kind = found
    return kind


def _members(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) in (typing.Union, UnionType):
        return typing.get_args(kind)
    return (kind,)


def _keys(kind: Any) -> list[str]:
    keys: list[str] = []
    for option in _members(kind):
        if isinstance(option, type) and issubclass(option, msgspec.Struct):
            keys += [f.encode_name for f in msgspec.structs.fields(option)]
    return keys


def _literals(kind: Any) -> list[str]:
    values: list[str] = []
    for option in _members(kind):
        if typing.get_origin(option) is typing.Literal:
            values += [str(v) for v in typing.get_args(option)]
        else:
            for inner in typing.get_args(option):
                values += _literals(inner)
    return values
