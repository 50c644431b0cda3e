"""YAML and TOML to units: their string values, never their keys."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit
from .json_walk import JsonWalk
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech, settle
from .source import Source
from .toml_text import parse_toml
from .yaml_text import parse_yaml


def read_yaml(source: Source, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of all documents of a file; ``pointer`` is that of JSON, within its document."""
    walk = JsonWalk(options)
    found: list[Speech | Unit] = []
    for node in parse_yaml(source):
        found += walk.document(node, source)
    yield from settle(found, options.agents)
    walk.note(source.path, notes)


def read_toml(source: Source, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a TOML file; ``pointer`` is that of JSON."""
    walk = JsonWalk(options)
    yield from settle(walk.document(parse_toml(source), source), options.agents)
    walk.note(source.path, notes)
