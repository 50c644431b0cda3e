"""YAML to a tree whose strings know where each of their characters stands in the file."""

from __future__ import annotations

import re
from typing import Any

import yaml

from .errors import UnreadableError
from .json_text import JsonArray, JsonNode, JsonObject, JsonScalar, JsonText
from .source import Joint, Source

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it
_RESOLVER = yaml.resolver.Resolver()
_DEPTH = 100
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|\r|\n)[ \t]*|.)", re.DOTALL)
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")  # !!str, &anchor
_BLANK = " \t\r\n\x85\u2028\u2029"
_STRING = "tag:yaml.org,2002:str"


def parse_yaml(source: Source) -> list[JsonNode]:
    """The documents of a file. An alias stands for nothing here: its text is where its anchor is.

    Errors: :class:`UnreadableError` names line and column of what is not YAML, or is nested too deep.
    """
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise UnreadableError(source.path, _problem(error), "correct the file") from None
    return builder.documents


class _Builder:
    """Builds the tree from events, which unlike PyYAML's own composer needs no recursion and expands no alias."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.documents: list[JsonNode] = []
        self.open: list[tuple[JsonArray | JsonObject, list[str]]] = []  # with the key that waits for its value

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self.open) >= _DEPTH:
                line, column = self.source.position(min(_index(event.start_mark), len(self.source.text)))
                problem = f"line {line}, column {column}: more than {_DEPTH} levels of nesting"
                raise UnreadableError(self.source.path, problem, "correct the file")
            node = JsonObject([]) if isinstance(event, yaml.MappingStartEvent) else JsonArray([])
            self._put(node)
            self.open.append((node, []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._put(self._scalar(event))
        elif isinstance(event, yaml.AliasEvent):
            self._put(JsonScalar("null"))

    def _put(self, node: JsonNode) -> None:
        if not self.open:
            self.documents.append(node)
            return
        parent, key = self.open[-1]
        if isinstance(parent, JsonArray):
            parent.items.append(node)
        elif not key:
            key.append(node.value if isinstance(node, JsonText) else node.raw if isinstance(node, JsonScalar) else "")
        else:
            parent.items.append((key.pop(), node))

    def _scalar(self, event: yaml.ScalarEvent) -> JsonNode:
        implicit = event.implicit if isinstance(event.implicit, tuple) else (bool(event.implicit), False)
        tag = event.tag or str(_RESOLVER.resolve(yaml.ScalarNode, event.value, implicit))  # type: ignore[no-untyped-call]
        if tag != _STRING:
            return JsonScalar("null" if tag.endswith(":null") else event.value)
        start, end = _index(event.start_mark), _index(event.end_mark)
        joints, last = _aligned(event, self.source.text, start, end)
        return JsonText(event.value, joints[0].source, last, joints)


def _aligned(event: yaml.ScalarEvent, text: str, start: int, end: int) -> tuple[tuple[Joint, ...], int]:
    """What ties the value to the source, and where it ends there.

    Both are walked side by side: every style folds blanks and line ends in its own way, but each other character of the
    value is the next one of the source, or an escape.
    """
    value, style = event.value, event.style or ""
    properties = _PROPERTIES.match(text, start, end)
    at = (properties.end() if properties else start) + (style in ("'", '"'))
    if style in ("|", ">"):
        at = _after_line(text, text.find(style, start, end))
    places: list[tuple[int, int]] = []  # for each character of the value where it begins and ends in the source
    while len(places) < len(value):
        at = _put(places, value, style, text, at, end)
    return _joints(value, places, text), places[-1][1] if places else at


def _put(places: list[tuple[int, int]], value: str, style: str, text: str, at: int, end: int) -> int:
    here = len(places)
    escape = _ESCAPE.match(text, at, end) if style == '"' else None
    if escape is not None:
        if escape[0][1] not in "\r\n":  # an escaped line end is nothing
            places.append(escape.span())
        return escape.end()
    if value[here] in _BLANK:
        return _put_blanks(places, value, style, text, at, end)
    while at < end - 1 and text[at] in _BLANK:
        at += 1
    if style == '"' and text[at] == "\\":
        return at
    places.append((at, at + 2 if style == "'" and text[at] == "'" else at + 1))
    return places[-1][1]


def _put_blanks(places: list[tuple[int, int]], value: str, style: str, text: str, at: int, end: int) -> int:
    """A run of blanks of the value stands for one of the source, of another length where lines are folded."""
    here = len(places)
    stop = here
    while stop < len(value) and value[stop] in _BLANK:
        stop += 1
    after = at
    while after < end and text[after] in _BLANK:
        after += 1
    if after == at:
        places.append((at, at))  # not in the source: only a fold at the very end
        return at
    same = 0
    while same < min(stop - here, after - at) and value[here + same] == text[at + same]:
        same += 1
    places += [(at + one, at + one + 1) for one in range(same)]
    rest = stop - here - same
    if style == '"' and after < end and text[after] == "\\":
        rest = min(rest, 1) if same == 0 else 0  # what follows may be escaped blanks
    first = max(at + same, after - rest)
    places += [(min(first + one, after - 1), min(first + one + 1, after)) for one in range(rest)]
    return after


def _joints(value: str, places: list[tuple[int, int]], text: str) -> tuple[Joint, ...]:
    joints: list[Joint] = []
    for here, (begin, _) in enumerate(places):
        before = places[here - 1] if here else None
        if before is None or begin != before[1] or value[here - 1] != text[before[0] : before[1]]:
            if before is not None and begin != before[1]:
                joints.append(Joint(here, before[1]))  # what ends here ends before the fold
            joints.append(Joint(here, begin))
    return tuple(joints) or (Joint(0, 0),)


def _after_line(text: str, at: int) -> int:
    found = re.compile(r"\r\n|\r|\n").search(text, at)
    return found.end() if found else len(text)


def _index(mark: Any) -> int:
    return int(mark.index)


def _problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return f"line {mark.line + 1}, column {mark.column + 1}: {what}" if mark is not None else f"not YAML ({what})"
