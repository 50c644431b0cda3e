"""Texts that a pattern should match, spelled out to see whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from cslint.compiler.phrases import BUILT_IN, Choice, Class, Edge, Node, Part, Text, parse

STANDS_FOR = {"digit": "1", "letter": "a", "hanzi": "字", "number": "3"}
FILLERS = ("", ",", " ")  # what may stand in the gaps
EACH = 24  # spellings of one part that are tried
MOST = 200  # texts of one pattern


def samples(pattern: str, classes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Some texts that ``pattern`` is meant for, the plainest first: every alternative of a part occurs in one."""
    parts = [list(dict.fromkeys(_part(part, classes)))[:EACH] for part in parse(pattern)]
    texts = (filler.join(row) for filler in FILLERS for row in product(*parts))
    fewest = [
        filler.join(part[at % len(part)] for part in parts) for filler in FILLERS for at in range(max(map(len, parts)))
    ]
    yield from fewest
    for _, text in zip(range(MOST), texts, strict=False):
        yield text


def has_edge(pattern: str) -> bool:
    """True if a pattern asks for the edge of a clause."""
    return any(_edged(part) for part in parse(pattern))


def _edged(part: Part) -> bool:
    return any(isinstance(node, Edge) or (isinstance(node, Choice) and any(map(_edged, node.options))) for node in part)


def _part(part: Part, classes: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = [""]
    for node in part:
        options = _node(node, classes)
        found = [found[at % len(found)] + options[at % len(options)] for at in range(max(len(found), len(options)))]
    return found


def _node(node: Node, classes: Mapping[str, tuple[str, ...]]) -> list[str]:
    if isinstance(node, Text):
        return [node.text]
    if isinstance(node, Edge):
        return [""]
    if isinstance(node, Class):
        options = [STANDS_FOR[node.name]] if node.name in BUILT_IN else list(classes[node.name])
    else:
        options = [text for option in node.options for text in _part(option, classes)]
    return [*options, ""] if node.optional else options
