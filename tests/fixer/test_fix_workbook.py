"""Workbooks are fixed cell by cell: values change, styles stay, and nothing is lost without a word."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from cslint import Unit
from cslint.fixer.files import CannotFixError
from cslint.fixer.rewrites import Change
from cslint.fixer.spellings import Patch
from cslint.fixer.workbook import fix_workbook


def book(value: object = "绝佳的茶,绝佳") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "话术"
    sheet["B2"] = value
    sheet["B2"].font = Font(bold=True, color="FFFF0000")
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["C2"] = "=1+1"
    sheet["D2"] = 3.5
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["B"].width = 42
    sheet.merge_cells("E1:F1")
    other = made.create_sheet("另一张")
    other["A1"] = "绝佳"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def patch(*changes: Change, cell: str = "B2", text: str = "绝佳的茶,绝佳") -> Patch:
    return Patch(Unit(text, sheet="话术", cell=cell), changes)


def test_only_the_cell_changes_and_styles_stay():
    before, after = (
        openpyxl.load_workbook(io.BytesIO(data))
        for data in (book(), fix_workbook(book(), [patch(Change(0, 2, "很好"), Change(5, 7, "=好"))]))
    )
    cell = after["话术"]["B2"]
    assert cell.value == "很好的茶,=好"
    assert (cell.font.b, cell.font.color.rgb, cell.fill.fgColor.rgb) == (True, "FFFF0000", "FF00FF00")
    assert after["话术"].column_dimensions["B"].width == 42
    assert after["话术"].freeze_panes == "A2"
    assert [str(r) for r in after["话术"].merged_cells.ranges] == ["E1:F1"]
    cell.value = before["话术"]["B2"].value
    values = [[[c.value for c in row] for row in sheet.iter_rows()] for made in (before, after) for sheet in made]
    assert values[:2] == values[2:]


def test_what_begins_like_a_formula_stays_text():
    after = openpyxl.load_workbook(io.BytesIO(fix_workbook(book("绝佳"), [patch(Change(0, 2, "=1+1"), text="绝佳")])))
    assert (after["话术"]["B2"].value, after["话术"]["B2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("data", "made", "message"),
    [
        (book("=1+1"), patch(Change(0, 2, "很好")), "is a formula"),
        (book("别的"), patch(Change(0, 2, "很好")), "does not hold the text"),
        (
            book(CellRichText("绝佳", TextBlock(InlineFont(b=True), "的茶,绝佳"))),
            patch(Change(0, 2, "很好")),
            "letters of several styles",
        ),
    ],
)
def test_what_cannot_be_fixed_is_refused(data, made, message):
    with pytest.raises(CannotFixError, match=message):
        fix_workbook(data, [made])


def test_a_workbook_that_would_lose_a_part_is_refused():
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", "<x/>")
    with pytest.raises(CannotFixError, match=r"would lose xl/drawings/drawing9\.xml"):
        fix_workbook(out.getvalue(), [patch(Change(0, 2, "很好"))])
