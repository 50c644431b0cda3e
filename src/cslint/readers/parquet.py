"""Parquet to units, by row groups: needs pyarrow, the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Unit
from .cells import Cell, Row
from .errors import UnreadableError
from .input import Input
from .notes import ReadNotes
from .options import ReadOptions
from .roles import settle
from .tables import Header, Sheet, read_rows
from .values import text_of

_BATCH = 8192  # rows


def read_parquet(given: Input, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a Parquet file; ``row`` counts its records from 1, ``field`` is the column.

    Line and column count in the text of the value. Errors: :class:`UnreadableError` without pyarrow, and for a file
    that is damaged.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        hint = "install it with: pip install 'cslint[parquet]'"
        raise UnreadableError(given.path, "reading Parquet needs pyarrow", hint) from None
    with given.open() as stream:
        try:
            file = pyarrow.parquet.ParquetFile(stream)
            header = Header.of(file.schema_arrow.names, options)
            rows = _rows(file)
            yield from settle(read_rows(rows, Sheet(given.path), options, notes, header), options.agents)
        except (pyarrow.ArrowException, UnicodeDecodeError, OSError) as error:
            problem = f"found a damaged Parquet file ({str(error).splitlines()[0]})"
            raise UnreadableError(given.path, problem, "write it again") from None


def _rows(file: Any) -> Iterator[Row]:
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield Row(number, [Cell("" if value is None else text_of(value)) for value in values])
