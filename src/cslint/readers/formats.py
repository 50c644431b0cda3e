"""Which reader reads a file: by its extension, and by its content where the extension says little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal

from ..model import Unit
from .chat import read_chat
from .jsonl import is_json, read_json, read_jsonl
from .markers import find_markers
from .notes import ReadNotes
from .options import ReadOptions
from .source import Source
from .tables import is_table, read_table
from .text import read_text

Format = Literal["text", "page", "csv", "tsv", "json", "jsonl"]

EXTENSIONS: dict[str, Format] = {
    ".txt": "text",
    ".md": "page",
    ".markdown": "page",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_PAGES = (".html", ".htm")  # read line by line when named; a folder's are left aside until they have their own reader


def extension(path: str) -> str:
    """The extension of a path in lower case, with its dot, or the empty string."""
    return PurePath(path).suffix.casefold()


def units_of(source: Source, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a decoded file, by the reader that fits it."""
    suffix = extension(source.path)
    found = EXTENSIONS.get(suffix, "page" if suffix in _PAGES else None)
    if found == "csv":
        return read_table(source, options, notes, ",")
    if found == "tsv":
        return read_table(source, options, notes, "\t")
    if found == "json":
        return read_json(source, options, notes)
    if found == "jsonl":
        return read_jsonl(source, options, notes)
    if found == "page":
        return read_text(source, options, "listing")
    return _plain(source, options, notes, known=found is not None)


def _plain(source: Source, options: ReadOptions, notes: ReadNotes, *, known: bool) -> Iterator[Unit]:
    """A .txt, a stream or an unknown extension: a chat, a table or JSON if its content says so, else lines."""
    if not known and is_json(source):
        return read_json(source, options, notes)
    if is_table(source, options):
        return read_table(source, options, notes)
    markers = find_markers(source, options.agents)
    if markers:
        return read_chat(source, options, markers)
    return read_text(source, options)
