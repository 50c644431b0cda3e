"""A shop's folder with every format and encoding, written by other programs than the one that is tested."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import xlwt

TABLE = [
    ["会话ID", "发送时间", "发送人", "角色", "内容"],
    ["T1", "2024-05-01 09:00:01", "tb88**1", "买家", "可以加微信吗"],
    ["T1", "2024-05-01 09:00:20", "小花家:小美", "客服", "亲,可以的,加我微信详聊"],
]
LISTING = [["商品ID", "标题", "卖点", "详情"], ["1", "国家级春茶", "最佳口感", "<p>全网<b>最</b>低价&nbsp;包邮</p>"]]


def workbook(sheets: dict[str, list[list[object]]], left: int = 1, top: int = 1) -> bytes:
    """An xlsx whose tables begin in row ``top`` and column ``left``."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, top):
            for column, value in enumerate(values, left):
                sheet.cell(row, column, value)
    return _bytes(book.save)


def old_workbook(rows: list[list[str]], left: int = 0, top: int = 0) -> bytes:
    """An xls of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("商品")
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            sheet.write(row, column, value)
    return _bytes(book.save)


def parquet(rows: list[list[str]]) -> bytes:
    """A Parquet file of several row groups."""
    columns = zip(*rows[1:], strict=True)
    table = pyarrow.table({name: list(values) for name, values in zip(rows[0], columns, strict=True)})
    return _bytes(lambda out: pyarrow.parquet.write_table(table, out, row_group_size=1))


def csv(rows: list[list[str]], mark: str = ",", end: str = "\r\n") -> str:
    """Delimited text in which every cell is quoted."""
    return "".join(mark.join('"' + value.replace('"', '""') + '"' for value in row) + end for row in rows)


def _bytes(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def xml_spreadsheet(rows: list[list[str]]) -> str:
    """The XML spreadsheet of 2003, as back offices write it."""
    from xml.sax.saxutils import escape

    body = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(value)}</Data></Cell>' for value in row) + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0" encoding="gb2312"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="导出"><Table>{body}</Table></Worksheet></Workbook>'
    )


def html_table(rows: list[list[str]]) -> str:
    """A table of HTML, as back offices write it under the name of a workbook."""
    body = "\n".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in rows)
    return f'<html><head><meta charset="gbk"></head><body><table border="1">\n{body}\n</table></body></html>'


QIANNIU = """tb88**1 2024-5-1 9:05:03
可以加微信吗

小花家:小美 2024-5-1 9:05:13
亲,可以的
加我微信详聊
"""
PAGE = """<!DOCTYPE html>
<html><head><title>国家&#32423;春茶</title><style>p { color: red }</style></head>
<body><!-- 最佳 --><p>全网<b>最</b>低价</p><img src="a.png" alt="最佳&quot;口感"></body></html>
"""
MARKDOWN = """# 国家**级**春茶

- [全网最低价](https://example.com/最佳 "最佳口感")
- ![最佳口感](a.png) 包邮
"""
YAML = """# 最佳口感是这里的注释
reply:
  greeting: "亲,加我\\u5fae信详聊"
  price: 全网最低价
  long: >-
    亲,
    加我微信详聊
"""
TOML = """# 最佳口感
greeting = "亲,加我\\u5fae信详聊"
[[reply]]
price = '全网最低价'
long = \"\"\"
亲,加我微信
详聊\"\"\"
"""
CODE = """package reply

// 最佳口感
var greeting = "亲,加我\\u5fae信详聊"
var long = `亲,{昵称}
加我微信详聊`
"""


def write(folder: Path) -> None:
    """Fill a folder with one file of each kind."""
    records = [dict(zip(TABLE[0], row, strict=True)) for row in TABLE[1:]]
    taobao = "version 1.00\r\ntitle\tcid\tdescription\r\n宝贝名称\t宝贝类目\t宝贝描述\r\n"
    timed: list[list[object]] = [
        ["客户名", "消息序号", "发送时间", "发送内容", "发送账号", "账号类型"],
        ["tb88**1", 1, datetime.time(9, 5, 3), "可以加微信吗", "tb88**1", "买家"],
        ["tb88**1", 2, datetime.time(9, 5, 13), "亲,可以的,加我微信详聊", "小花家:小美", "客服"],
    ]
    files: dict[str, bytes] = {
        "chats/qianniu.txt": QIANNIU.encode("gb18030"),
        "chats/turns.txt": "【买家】:可以加微信吗\n【小美】:亲,可以的,加我微信详聊\n".encode("utf-16"),
        "chats/table.csv": csv(TABLE).encode("utf-8-sig"),
        "chats/table.tsv": csv(TABLE, "\t", "\n").encode("utf-16-le"),
        "chats/table.xlsx": workbook({"聊天": TABLE}, left=3, top=5),
        "chats/qianniu.xlsx": workbook({"导出汇总": [["客户", "条数"], ["tb88", 2]], "tb88": timed}),
        "chats/table.parquet": parquet(TABLE),
        "chats/records.json": json.dumps(records, ensure_ascii=False, indent=1).encode(),
        "chats/records.jsonl": "\n".join(map(json.dumps, records)).encode(),
        "listings/page.html": PAGE.encode(),
        "listings/page.md": MARKDOWN.encode(),
        "listings/taobao.csv": (taobao + csv([["国家级春茶", "1", LISTING[1][3]]], "\t")).encode("utf-16"),
        "listings/table.xls": old_workbook(LISTING, left=2, top=4),
        "listings/backoffice-html.xls": html_table(LISTING).encode("gbk"),
        "listings/backoffice-xml.xls": xml_spreadsheet(LISTING).encode("gbk"),
        "listings/backoffice-csv.xls": csv(LISTING, "\t").encode("gbk"),
        "templates/replies.yaml": YAML.encode(),
        "templates/replies.toml": TOML.encode(),
        "templates/replies.go": CODE.encode(),
        "templates/replies.txt": "亲,加我微信详聊\r亲,您好\r\n全网最低价\n".encode("gbk"),
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
