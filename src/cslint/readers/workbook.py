"""Workbooks (xlsx, xlsm, xlsb, xls, ods) to units with sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from ..model import Unit
from .archives import check_archive
from .cells import Cell, Row, column_name
from .errors import UnreadableError
from .input import Input
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech, settle
from .sheets import Table, read_tables

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_AGAIN = "open it in Excel or WPS and save it again, or export CSV"
_MERGED = 1 << 20  # cells of merged ranges that are filled


def is_workbook(head: bytes) -> bool:
    """Whether a file opens as the containers of workbooks do."""
    return head.startswith((ZIP, OLE))


def read_workbook(given: Input, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of all sheets, hidden ones included; ``row``, ``sheet`` and ``cell`` are the sheet's own.

    Line and column count in the text of the cell. Errors: :class:`UnreadableError` for what is no workbook, is damaged,
    encrypted, or unpacks to an absurd size.
    """
    if given.head.startswith(ZIP) and not _PARTS & check_archive(given):
        problem = "found a zip archive that is no workbook (a document, or files packed together)"
        raise UnreadableError(given.path, problem, "unpack it, or save the text in it as txt, csv or xlsx")
    return settle(_speeches(given, options, notes), options.agents)


def _speeches(given: Input, options: ReadOptions, notes: ReadNotes) -> Iterator[Speech | Unit]:
    with given.open() as stream:
        try:
            with CalamineWorkbook.from_filelike(stream) as workbook:
                sheets = [
                    at for at, sheet in enumerate(workbook.sheets_metadata) if sheet.typ == SheetTypeEnum.WorkSheet
                ]
                tables = [Table(workbook.sheet_names[at], lambda at=at: _rows(workbook, at)) for at in sheets]
                yield from read_tables(tables, given.path, options, notes)
        except PasswordError:
            problem = "the workbook is protected with a password"
            raise UnreadableError(given.path, problem, "save a copy without it") from None
        except (CalamineError, OSError, ValueError) as error:
            problem = f"found no workbook that can be read ({str(error).strip() or type(error).__name__})"
            raise UnreadableError(given.path, problem, _AGAIN) from None


def _rows(workbook: CalamineWorkbook, at: int) -> Iterator[Row]:
    """The rows of a sheet as they are numbered in it, the empty ones above its data left out."""
    sheet = workbook.get_sheet_by_index(at)
    if sheet.start is None:
        return
    merged = _merged(sheet)
    top, left = sheet.start
    values: dict[tuple[int, int], str] = {}
    names = [column_name(column) for column in range((sheet.end or sheet.start)[1] + 1)]
    blank = [Cell("") for _ in range(left)]
    for row, found in enumerate(sheet.iter_rows(), top):
        cells = list(blank)
        for column, value in enumerate(found, left):
            text = text_of(value)
            origin = merged.get((row, column)) if merged else None
            if origin is not None and origin != (row, column):
                cells.append(Cell(values.get(origin, ""), name=names[column], merged=True))
                continue
            if origin is not None:
                values[origin] = text
            cells.append(Cell(text, name=f"{names[column]}{row + 1}"))
        while cells and not cells[-1].text:
            cells.pop()
        yield Row(row + 1, cells)


def _merged(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of a merged range the cell that holds its value."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and len(found) + bottom - top < _MERGED:  # merged downwards: one value for many rows
            found |= {(row, left): (top, left) for row in range(top, bottom + 1)}
    return found


def text_of(value: object) -> str:
    """A value as a shop would read it in its cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(*([" "] if isinstance(value, datetime) else []))
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)
