"""Workbooks that are zip archives (xlsx, xlsm, xlsb, ods) to units with sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

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
from .values import text_of

_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_AGAIN = "open it in Excel or WPS and save it again, or export CSV"
_MERGED = 1 << 20  # cells of merged ranges that are filled


def read_workbook(given: Input, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of all sheets, hidden ones included; ``row``, ``sheet`` and ``cell`` are the sheet's own.

    Line and column count in the text of the cell. Errors: :class:`UnreadableError` for what is no workbook, is damaged,
    encrypted, or unpacks to an absurd size.
    """
    if not _PARTS & check_archive(given):
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
                tables = [Table(workbook.sheet_names[at], partial(_rows, workbook, at)) for at in sheets]
                yield from read_tables(tables, given.path, options, notes)
        except PasswordError:
            problem = "the workbook is protected with a password"
            raise UnreadableError(given.path, problem, "save a copy without it") from None
        except (CalamineError, OSError) as error:
            raise _unreadable(given.path, error) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # the Rust library's own, of no class one could name here
                raise
            raise _unreadable(given.path, error) from None


def _unreadable(path: str, error: BaseException) -> UnreadableError:
    problem = f"found no workbook that can be read ({str(error).strip() or type(error).__name__})"
    return UnreadableError(path, problem, _AGAIN)


def _rows(workbook: CalamineWorkbook, at: int) -> Iterator[Row]:
    """The rows of a sheet that hold anything, as they are numbered in it.

    ``iter_rows`` begins with the first row of the sheet, but with the first column that holds anything.
    """
    sheet = workbook.get_sheet_by_index(at)
    if sheet.start is None:
        return
    merged = _merged(sheet)
    left = sheet.start[1]
    values: dict[tuple[int, int], str] = {}
    names = [column_name(column) for column in range((sheet.end or sheet.start)[1] + 1)]
    blank = [Cell("") for _ in range(left)]
    for row, found in enumerate(sheet.iter_rows()):
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
        if cells:
            yield Row(row + 1, cells)


def _merged(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of a merged range the cell that holds its value."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and len(found) + bottom - top < _MERGED:  # merged downwards: one value for many rows
            found |= {(row, left): (top, left) for row in range(top, bottom + 1)}
    return found
