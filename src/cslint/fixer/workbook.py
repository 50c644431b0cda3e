"""Fix a workbook cell by cell: values change, styles stay, and a workbook that would lose a part is left as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from cslint.fixer.files import CannotFixError
from cslint.fixer.rewrites import changed
from cslint.fixer.spellings import Patch

_REMADE = ("xl/calcChain.xml", "xl/sharedStrings.xml", "docProps/", "xl/printerSettings/", "xl/theme/", "customXml/")
"""Parts that are written anew or can be done without: what they hold is not lost."""


def fix_workbook(data: bytes, patches: Sequence[Patch]) -> bytes:
    """The workbook with the patches made in its cells.

    Raises CannotFixError if openpyxl is not installed, if a cell does not hold the text that was checked, or if saving
    would lose a part of the workbook (openpyxl does not read drawings, pivot tables and macros of every kind).
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise CannotFixError("fixing workbooks needs openpyxl: pip install 'cslint[xlsx]'") from None
    book = load_workbook(io.BytesIO(data), rich_text=True, keep_links=True)
    for patch in patches:
        cell = book[str(patch.unit.sheet)][str(patch.unit.cell)]
        cell.value = _patched(cell, patch)
        cell.data_type = "s"  # also where the new text begins like a formula
    out = io.BytesIO()
    book.save(out)
    lost = _parts(data) - _parts(out.getvalue())
    if lost:
        raise CannotFixError(f"saving it would lose {', '.join(sorted(lost))}; correct the cells by hand")
    return out.getvalue()


def _patched(cell: Any, patch: Patch) -> Any:
    from openpyxl.cell.rich_text import CellRichText

    where = f"{patch.unit.sheet}!{patch.unit.cell}"
    if cell.data_type == "f":
        raise CannotFixError(f"{where} is a formula")
    if isinstance(cell.value, CellRichText):
        raise CannotFixError(f"{where} has letters of several styles; correct it by hand")
    value = str(cell.value)
    at = value.find(patch.unit.text)
    if at < 0:
        raise CannotFixError(f"{where} does not hold the text that was checked")
    return value[:at] + changed(patch.unit.text, patch.changes) + value[at + len(patch.unit.text) :]


def _parts(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name for name in archive.namelist() if not name.startswith(_REMADE) and not name.endswith((".rels", "/"))
        }
