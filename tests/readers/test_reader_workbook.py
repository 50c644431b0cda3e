"""Workbooks, and what only bears their name: sheets, cells, dates, merged and hidden cells."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
import shop

from cslint.model import Unit
from cslint.readers import ReadNotes, read


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("left", "top"), [(1, 1), (3, 5), (28, 9)])
def test_leading_blank_rows_and_columns_are_kept(left: int, top: int) -> None:
    for name, data in (
        ("a.xlsx", shop.workbook({"商品": [list(row) for row in shop.LISTING]}, left, top)),
        ("a.xls", shop.old_workbook(shop.LISTING, left - 1, top - 1)),
    ):
        units = list(read(name, data=data))
        column = openpyxl.utils.get_column_letter(left + 1)
        assert (units[0].text, units[0].cell, units[0].row) == ("国家级春茶", f"{column}{top + 1}", top + 1)
        assert [(unit.field, unit.part) for unit in units] == [
            ("标题", "title"),
            ("卖点", "selling_point"),
            ("详情", "detail"),
        ]
        assert units[2].text == "全网最低价\xa0包邮"


def test_times_in_cells_are_read_as_they_are_shown() -> None:
    moment = datetime.datetime(2024, 5, 1, 9, 5, 3)
    rows: list[list[object]] = [
        ["时间", "角色", "内容"],
        [moment, "客服", "亲"],
        [datetime.time(9, 5, 3), "客服", "好"],
    ]
    units = list(read("a.xlsx", data=shop.workbook({"一": rows})))
    assert [(u.time, u.moment) for u in units] == [
        ("2024-05-01 09:05:03", "2024-05-01T09:05:03+08:00"),
        ("09:05:03", "09:05:03"),
    ]


def test_numbers_are_read_without_a_needless_fraction() -> None:
    rows: list[list[object]] = [["会话ID", "角色", "内容"], [20240501001, "客服", 5], [1.5, "客服", "好"]]
    units = list(read("a.xlsx", data=shop.workbook({"一": rows})))
    assert [(u.conversation, u.text) for u in units] == [("20240501001", "5"), ("1.5", "好")]


def test_a_conversation_merged_over_its_rows() -> None:
    book = openpyxl.Workbook()
    for row in (["客户名", "角色", "内容"], ["小鱼", "买家", "在吗"], [None, "客服", "在"], ["小虾", "买家", "喂"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    units = list(read("a.xlsx", data=saved(book)))
    assert [(u.conversation, u.cell) for u in units] == [("小鱼", "C2"), ("小鱼", "C3"), ("小虾", "C4")]


def test_a_merged_header_covers_both_columns() -> None:
    book = openpyxl.Workbook()
    for row in (["标题", "详情", None], ["国家级", "最佳", "全网最低"]):
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    assert [u.text for u in read("a.xlsx", data=saved(book))] == ["国家级", "最佳", "全网最低"]


def test_hidden_sheets_are_read_and_sheets_of_instructions_are_the_platforms() -> None:
    book = openpyxl.Workbook()
    book.active.title = "填写说明"
    book.active.append(["标题里不得出现国家级、最佳"])
    for name in ("商品", "隐藏"):
        sheet = book.create_sheet(name)
        sheet.append(["标题"])
        sheet.append(["国家级"])
    book["隐藏"].sheet_state = "hidden"
    notes = ReadNotes()
    units = list(read("a.xlsx", data=saved(book), notes=notes))
    assert [(u.sheet, u.role) for u in units] == [("商品", "agent"), ("隐藏", "agent"), ("填写说明", "system")]
    assert notes.unrecognised == []


def test_a_sheet_in_which_nothing_is_known_is_checked_whole() -> None:
    book = {"商品": [["标题"], ["国家级"]], "其他": [["甲", "乙"], ["加微信", 5]]}
    notes = ReadNotes()
    units = list(read("a.xlsx", data=shop.workbook(book), notes=notes))
    assert [(u.sheet, u.text, u.role, u.unit) for u in units[1:]] == [
        ("其他", "甲", "agent", "public"),
        ("其他", "乙", "agent", "public"),
        ("其他", "加微信", "agent", "public"),
    ]
    assert notes.unrecognised == ["a.xlsx [其他]"]


def test_quick_phrases() -> None:
    rows: list[list[object]] = [["分组", "快捷编码", "快捷短语", "是否加入团队"], ["售前", "zx", "亲{昵称},在的", "是"]]
    (unit,) = read("a.xlsx", data=shop.workbook({"快捷短语": rows}))
    assert (unit.unit, unit.role, unit.cell, unit.text) == ("public", "agent", "C2", "亲{昵称},在的")


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("html.xls", shop.html_table(shop.LISTING), "gbk"),
        ("html.csv", shop.html_table(shop.LISTING), "utf-8"),
        ("xml.xls", shop.xml_spreadsheet(shop.LISTING), "gbk"),
        ("tabs.xls", shop.csv(shop.LISTING, "\t"), "gbk"),
        ("tabs.xlsx", shop.csv(shop.LISTING, "\t"), "utf-16"),
        ("commas.xls", shop.csv(shop.LISTING), "utf-8-sig"),
    ],
)
def test_what_only_bears_the_name_of_a_workbook(name: str, text: str, encoding: str) -> None:
    units = list(read(name, data=text.encode(encoding)))
    assert [(unit.field, unit.text, unit.row) for unit in units] == [
        ("标题", "国家级春茶", 2),
        ("卖点", "最佳口感", 2),
        ("详情", "全网最低价\xa0包邮", 2),
    ]


def test_words_round_the_table_of_a_back_office_are_its_own() -> None:
    page = shop.html_table(shop.LISTING).replace("<body>", "<body><h1>国家级报表</h1>")
    units = list(read("a.xls", data=page.encode("gbk")))
    assert (units[0].text, units[0].role) == ("国家级报表", "system")
    assert {unit.role for unit in units[1:]} == {"agent"}


def test_a_page_without_a_table_is_a_page() -> None:
    (unit,) = read("a.xls", data=b"<html><p>\xe5\x9b\xbd<b>\xe5\xae\xb6</b>\xe7\xba\xa7</p></html>")
    assert (unit.text, unit.unit) == ("国家级", "listing")


def place(unit: Unit) -> tuple[int, int, int, int]:
    found = unit.place(0, len(unit.text))
    return found.line, found.column, found.end_line, found.end_column


def test_html_in_a_cell_is_placed_in_the_cell() -> None:
    rows: list[list[object]] = [["标题", "详情"], ["新款", "<p>甲</p>\n<p>国<b>家</b>级</p>"]]
    units = list(read("a.xlsx", data=shop.workbook({"一": rows})))
    assert [(unit.text, place(unit)) for unit in units[1:]] == [("甲", (1, 4, 1, 5)), ("国家级", (2, 4, 2, 14))]


def test_a_table_inside_a_cell_is_the_cells_text() -> None:
    inner = "<table><tr><td>国家级</td></tr></table>最佳"
    page = f"<table><tr><td>标题</td><td>详情</td></tr><tr><td>新款</td><td>{inner}</td></tr><tr><td>次款<td>好</table>"
    units = list(read("a.xls", data=page.encode()))
    assert [(u.field, u.row, u.text) for u in units] == [
        ("标题", 2, "新款"),
        ("详情", 2, "国家级\n最佳"),
        ("标题", 3, "次款"),
        ("详情", 3, "好"),
    ]
