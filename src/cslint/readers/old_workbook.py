"""Workbooks of Excel 97 (.xls), whose files xlrd reads without ever leaving Python: a damaged one is an error, no crash."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Any

import xlrd

from ..model import Unit
from .cells import Cell, Row, column_name
from .errors import UnreadableError
from .input import Input
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech, settle
from .sheets import Table, read_tables
from .values import text_of
from .windows import LARGEST_WHOLE

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # an xlsx with a password is wrapped in the container of xls
_AGAIN = "open it in Excel or WPS and save it as xlsx, or export CSV"


def read_old_workbook(given: Input, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of all sheets, hidden ones included; ``row``, ``sheet`` and ``cell`` are the sheet's own.

    Errors: :class:`UnreadableError` for what is no workbook, is damaged or protected with a password.
    """
    return settle(_speeches(given, options, notes), options.agents)


def _speeches(given: Input, options: ReadOptions, notes: ReadNotes) -> Iterator[Speech | Unit]:
    data = given.whole(LARGEST_WHOLE)
    if _ENCRYPTED in data:
        raise UnreadableError(given.path, "the workbook is protected with a password", "save a copy without it")
    try:
        with xlrd.open_workbook(file_contents=data, logfile=io.StringIO()) as book:
            sheets = [Table(sheet.name, partial(iter, list(_rows(book, sheet)))) for sheet in book.sheets()]
    except Exception as error:  # on damaged files xlrd raises what its parsing meets: IndexError, struct.error …
        problem = f"found no workbook that can be read ({str(error).strip() or type(error).__name__})"
        raise UnreadableError(given.path, problem, _AGAIN) from None
    yield from read_tables(sheets, given.path, options, notes)


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    names = [column_name(column) for column in range(sheet.ncols)]
    for row in range(sheet.nrows):
        found = zip(names, sheet.row_types(row), sheet.row_values(row), strict=False)
        cells = [Cell(_text(book, kind, value), name=f"{name}{row + 1}") for name, kind, value in found]
        while cells and not cells[-1].text:
            cells.pop()
        if cells:
            yield Row(row + 1, cells)


def _text(book: Any, kind: int, value: Any) -> str:
    if kind == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError):
            return text_of(value)
        return text_of(moment.time() if value < 1 else moment)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return ""
    return text_of(value)
