"""Which reader reads a file: by its content where that is beyond doubt, else by its extension."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal

from ..model import Unit
from .chat import read_chat
from .delimited_tables import is_delimited, read_delimited
from .errors import UnreadableError
from .input import Input
from .jsonl import is_json, read_json, read_jsonl
from .markers import chat_shape
from .notes import ReadNotes
from .options import ReadOptions
from .text import read_text
from .windows import Document

Format = Literal["text", "markdown", "html", "csv", "tsv", "json", "jsonl", "yaml", "toml", "workbook", "parquet"]

EXTENSIONS: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".xlsb": "workbook",
    ".xls": "workbook",
    ".et": "workbook",
    ".ods": "workbook",
    ".parquet": "parquet",
}
_ZIP = b"PK\x03\x04"  # the container of xlsx and ods
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # and of xls
_PARQUET = b"PAR1"
_XML_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_TABULAR: frozenset[Format] = frozenset({"csv", "tsv", "workbook"})


def extension(path: str) -> str:
    """The extension of a path in lower case, with its dot, or the empty string."""
    return PurePath(path).suffix.casefold()


def units_of(given: Input, options: ReadOptions, encoding: str | None, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a file, by the reader that fits it."""
    found = EXTENSIONS.get(extension(given.path))
    if given.head.startswith(_ZIP):
        from .workbook import read_workbook

        return read_workbook(given, options, notes)
    if given.head.startswith(_OLE):
        from .old_workbook import read_old_workbook

        return read_old_workbook(given, options, notes)
    if given.head.startswith(_PARQUET):
        from .parquet import read_parquet

        return read_parquet(given, options, notes)
    if found == "parquet":
        raise UnreadableError(given.path, "found no Parquet file, which begins with PAR1", "write it again")
    return _text_units(Document(given, encoding), found, options, notes)


def _text_units(document: Document, found: Format | None, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    opening = document.opening().text
    if found in _TABULAR and _XML_SHEETS in opening[:4096]:
        from .xml_sheets import read_xml_sheets

        return read_xml_sheets(document, options, notes)
    if found in _TABULAR or found in (None, "text"):
        from .html_tables import is_html, read_html_tables

        if is_html(opening):
            return read_html_tables(document.whole(), options, notes)
    if found in _TABULAR:
        return read_delimited(document, options, notes, "," if found == "csv" else "\t")
    if found == "json":
        return read_json(document, options, notes)
    if found == "jsonl":
        return read_jsonl(document, options, notes)
    return _marked_up(document, found, options, notes)


def _marked_up(document: Document, found: Format | None, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    if found == "html":
        from .pages import read_html

        return read_html(document.whole(), options)
    if found == "markdown":
        from .markdown import read_markdown

        return read_markdown(document.whole(), options)
    if found == "yaml":
        from .documents import read_yaml

        return read_yaml(document.whole(), options, notes)
    if found == "toml":
        from .documents import read_toml

        return read_toml(document.whole(), options, notes)
    return _plain(document, found, options, notes)


def _plain(document: Document, found: Format | None, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """A .txt, a stream or an unknown extension: code, a chat, a table or JSON if its content says so, else lines."""
    if options.code:
        from .code import is_code, read_code

        if is_code(document.path):
            return read_code(document.whole(), options)
    if found is None and is_json(document):
        return read_json(document, options, notes)
    opening = document.opening()
    if is_delimited(opening, options):
        return read_delimited(document, options, notes)
    shape = chat_shape(opening, options.agents)
    return read_text(document, options) if shape is None else read_chat(document, options, shape)
