"""XML spreadsheets of 2003, which back offices export as .xls: their sheets and cells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NoReturn, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from ..model import Unit
from .cells import Cell, Row, column_name
from .errors import UnreadableError
from .notes import ReadNotes
from .options import ReadOptions
from .roles import settle
from .sheets import Table, read_tables
from .windows import Document

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{NAMESPACE}}}"
_WIDEST = 16_384  # columns of a sheet


def read_xml_sheets(document: Document, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of all sheets, with ``sheet`` and ``cell``; line and column count in the text of the cell.

    Errors: :class:`UnreadableError` for XML that is not well formed.
    """
    document.refuse_large()
    sheets: dict[str, list[Row]] = {}
    for sheet, row in _rows(document):
        sheets.setdefault(sheet, []).append(row)
    tables = [Table(name, partial(iter, rows)) for name, rows in sheets.items()]
    return settle(read_tables(tables, document.path, options, notes), options.agents)


def _rows(document: Document) -> Iterator[tuple[str, Row]]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    sheet, number = "", 0
    for window in document.windows():
        if "<!ENTITY" in window.text:
            _refuse(document.path, "it declares entities, which no spreadsheet needs")
        try:
            parser.feed(window.text)
            if document.ended:
                parser.close()
        except ParseError as error:
            _refuse(document.path, str(error))
        for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            if event == "start" and element.tag == f"{_SS}Worksheet":
                sheet, number = element.get(f"{_SS}Name", ""), 0
            elif event == "end" and element.tag == f"{_SS}Row":
                number = _count(element, "Index", number + 1)
                yield sheet, Row(number, _cells(element, number))
                element.clear()


def _cells(row: Element, number: int) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iterfind(f"{_SS}Cell"):
        at = _count(cell, "Index", len(cells) + 1) - 1
        at = min(max(at, len(cells)), _WIDEST)
        cells.extend(Cell("") for _ in range(at - len(cells)))
        data = cell.find(f"{_SS}Data")
        cells.append(Cell("".join(data.itertext()) if data is not None else "", name=f"{column_name(at)}{number}"))
        cells.extend(Cell("") for _ in range(min(_count(cell, "MergeAcross", 0), _WIDEST)))
    return cells


def _count(element: Element, name: str, otherwise: int) -> int:
    value = element.get(f"{_SS}{name}", "")
    return int(value) if value.isdecimal() else otherwise


def _refuse(path: str, why: str) -> NoReturn:
    hint = "open it in Excel or WPS and save it as xlsx, or export CSV"
    raise UnreadableError(path, f"found an XML spreadsheet that cannot be read ({why})", hint)
