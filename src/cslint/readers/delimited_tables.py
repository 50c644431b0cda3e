"""CSV and TSV to units: the rows of a delimited file of any size."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit
from .cells import Row
from .delimited import records, rows, sniff_delimiter
from .notes import ReadNotes
from .options import ReadOptions
from .roles import settle
from .source import Source
from .tables import HEADER_WITHIN, Sheet, find_header, read_rows
from .windows import Document


def read_delimited(document: Document, options: ReadOptions, notes: ReadNotes, default: str = ",") -> Iterator[Unit]:
    """The units of a CSV or TSV file; ``row`` is 1-based and counts the header.

    Errors: :class:`UnreadableError` for a quoted cell that is never closed.
    """
    delimiter = sniff_delimiter(document.opening(), default)
    found = read_rows(rows(document, delimiter), Sheet(document.path), options, notes)
    return settle(found, options.agents)


def is_delimited(opening: Source, options: ReadOptions) -> bool:
    """Whether a file of unknown kind opens as a table does: a header of a chat table, or a known one with tabs."""
    delimiter = sniff_delimiter(opening, ",")
    head = opening.text[: opening.starts[min(HEADER_WITHIN, len(opening.starts)) - 1]] or opening.text
    if '"' in head:
        return False
    _, header = find_header((Row(at, record) for at, record in enumerate(records(Source(head), delimiter), 1)), options)
    return header is not None and len(header.names) > 1 and (delimiter == "\t" or header.layout.kind == "message")
