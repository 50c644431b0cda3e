"""CSV and TSV: chat exports, listings, 淘宝助理 and tables of templates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cslint.model import Unit
from cslint.readers import ReadNotes, UnreadableError, read

Read = Callable[..., list[Unit]]

CHAT = """会话ID,发送时间,发送人,角色,内容
T1,2024-05-01 09:00:01,tb**01,买家,"你们说""包邮"",怎么收钱"
T1,2024-05-01 09:00:20,小花,客服,"亲,
满99""包邮""哦"
T1,2024-05-01 09:00:21,店小蜜,机器人,请评价
T1,2024-05-01 09:00:22,,系统,会话结束
"""


def test_a_chat_table(read_as: Read) -> None:
    units = read_as("a.csv", CHAT)
    assert [(u.row, u.role, u.sender, u.text) for u in units] == [
        (2, "customer", "tb**01", '你们说"包邮",怎么收钱'),
        (3, "agent", "小花", '亲,\n满99"包邮"哦'),
        (4, "bot", "店小蜜", "请评价"),
        (5, "system", None, "会话结束"),
    ]
    assert {(u.unit, u.conversation, u.field) for u in units} == {("message", "T1", "内容")}
    assert units[1].time == "2024-05-01 09:00:20"
    assert units[1].position(units[1].text.index("包")) == (4, 6)
    assert units[2].position(0) == (5, 32)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("conversation,time,sender,role,content", "c,1,x,mall_cs,亲"),
        ("会话编号,时间,发送者,账号类型,发送内容", "c,1,x,店铺,亲"),
        ("客户名,消息序号,发送时间,发送内容,发送账号,账号类型", "c,1,1,亲,x,客服"),
        ("Conversation ID,Sent At,Sender Name,Sender Type,Text", "c,1,x,agent,亲"),
        ("sid,createdTime,waiterSend,content,sender", "c,1,true,亲,x"),
        ("*会话ID\uff08必填\uff09,时间,发送人,角色,内容", "c,1,x,商家,亲"),
    ],
)
def test_the_headers_of_chat_tables(read_as: Read, header: str, line: str) -> None:
    (unit,) = read_as("a.csv", f"{header}\n{line}\n")
    assert (unit.unit, unit.role, unit.conversation, unit.time, unit.sender, unit.text) == (
        "message", "agent", "c", "1", "x", "亲",
    )  # fmt: skip


def test_a_chat_table_without_roles_settles_them_by_company(read_as: Read, notes: ReadNotes) -> None:
    text = "会话ID,发送人,内容\n1,tb**1,在吗\n1,小花,在的\n2,甲,在吗\n2,乙,在的\n3,丙,在\n3,小花,好\n"
    roles = ["customer", "agent", "unknown", "unknown", "customer", "agent"]
    assert [u.role for u in read_as("a.csv", text)] == roles
    assert notes.unknown_roles == 2
    text = "客户名,发送人,内容\n小鱼儿,小鱼儿,在吗\n小鱼儿,小花,在的\n"
    assert [u.role for u in read_as("a.csv", text)] == ["customer", "agent"]
    text = "会话ID,发送人,内容\n1,甲,在吗\n1,乙,在的\n"
    assert [u.role for u in read_as("a.csv", text, agents=["乙"])] == ["customer", "agent"]


def test_agents_by_pattern_outrank_the_role_column(read_as: Read) -> None:
    text = "发送人,角色,内容\n小花,其他,亲\n小美,买家,亲\n小丽,买家,亲\n"
    assert [u.role for u in read_as("a.csv", text, agents=["小美"])] == ["unknown", "agent", "customer"]


def test_a_listing_table_gives_a_unit_a_text_cell(read_as: Read, notes: ReadNotes) -> None:
    text = "商品ID,标题,卖点,价格,详情,备注\n1,春季新款,,99,纯棉,老板要求\n2,夏季新款,不起球,59,<p>透气</p>,\n"
    units = read_as("a.csv", text)
    assert [(u.row, u.field, u.text) for u in units] == [
        (2, "标题", "春季新款"),
        (2, "详情", "纯棉"),
        (3, "标题", "夏季新款"),
        (3, "卖点", "不起球"),
        (3, "详情", "透气"),
    ]
    assert {(u.unit, u.role, u.sender) for u in units} == {("listing", "agent", None)}
    assert notes.columns_aside == {"备注": 1}
    assert notes.guessed == {"listing": 1}


@pytest.mark.parametrize("header", ["话术", "文本", "text", "内容", "content", "Reply", "快捷短语"])
def test_a_table_of_templates(read_as: Read, header: str) -> None:
    units = read_as("a.csv", f"分组,{header}\n售前,亲您好\n")
    assert [(u.unit, u.role, u.field, u.text) for u in units] == [("public", "agent", header, "亲您好")]


def test_a_table_of_one_column(read_as: Read) -> None:
    units = read_as("a.csv", "话术\n亲,您好,在的\n\n好的\n")
    assert [(u.row, u.text, u.position(0)) for u in units] == [(2, "亲,您好,在的", (2, 1)), (4, "好的", (4, 1))]


def test_a_table_in_which_nothing_is_known_is_checked_whole(read_as: Read, notes: ReadNotes) -> None:
    units = read_as("a.csv", "编码,甲,乙\n001,加微信,5\n002,,全网最低\n")
    assert [(u.row, u.text, u.unit) for u in units] == [
        (1, "编码", "public"),
        (1, "甲", "public"),
        (1, "乙", "public"),
        (2, "加微信", "public"),
        (3, "全网最低", "public"),
    ]
    assert notes.unrecognised == ["a.csv"]


def test_rows_with_too_many_cells_lose_nothing(read_as: Read, notes: ReadNotes) -> None:
    units = read_as("a.csv", "角色,内容\n客服,亲,您好,在的\n客服,亲,加微信\n")
    assert [u.text for u in units] == ["亲,您好,在的", "亲,加微信"]
    assert notes.ragged_rows == 2
    units = read("a.csv", data="内容,角色\n亲,客服,加微信\n".encode())
    assert [next(units).text, next(units).text] == ["亲", "加微信"]
    with pytest.raises(UnreadableError, match=r"1 row\(s\) have more cells than the header \(2\): 2"):
        next(units)


def test_lines_above_the_header_are_the_exports(read_as: Read) -> None:
    units = read_as("a.csv", "小花家聊天记录导出\n\n时间,发送人,角色,内容\n1,小花,客服,亲\n")
    assert [(u.row, u.role) for u in units] == [(1, "system"), (4, "agent")]


def test_the_column_map_overrides(read_as: Read) -> None:
    text = "谁,类,说了什么,内容\n小花,客服,加微信,编号1\n"
    columns = {"sender": "谁", "role": ["类"], "content": "说了什么", "text": "内容"}
    assert [(u.role, u.text) for u in read_as("a.csv", text, columns=columns)] == [("agent", "加微信")]
    with pytest.raises(ValueError, match="unknown column 'body' in the column map; known are conversation, time"):
        read_as("a.csv", text, columns={"body": "内容"})


TAOBAO = (
    "version 1.00\r\ntitle\tcid\tdescription\tsubtitle\r\n宝贝名称\t宝贝类目\t宝贝描述\t宝贝卖点\r\n"
    '最好的连衣裙\t162\t"<p>国家级""面料""</p>"\t\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-16", "gbk", "utf-8"])
@pytest.mark.parametrize("lines", [TAOBAO, TAOBAO.split("\r\n", 1)[1]])
def test_taobao_assistant(encoding: str, lines: str) -> None:
    units = list(read("宝贝.csv", data=lines.encode(encoding)))
    above = lines.index("最好的") and lines[: lines.index("最好的")].count("\n")
    assert [(u.row, u.field, u.text, u.unit) for u in units] == [
        (above + 1, "宝贝名称", "最好的连衣裙", "listing"),
        (above + 1, "宝贝描述", '国家级"面料"', "listing"),
    ]
    assert units[1].position(4) == (above + 1, 21)


def test_tabs_and_semicolons(read_as: Read) -> None:
    assert [u.role for u in read_as("a.tsv", "角色\t内容\n客服\t亲,您好\n")] == ["agent"]
    assert [u.role for u in read_as("a.csv", "角色;内容\n客服;亲\n")] == ["agent"]


def test_a_table_is_known_without_its_extension(read_as: Read) -> None:
    for name in ("a.txt", "-"):
        assert next(iter(read_as(name, CHAT.replace('"', "")))).role == "customer"
        assert [(u.field, u.text) for u in read_as(name, "标题\t价格\n新款\t9\n")] == [("标题", "新款")]
        assert [u.text for u in read_as(name, "标题,详情\n新款,好\n")] == ["标题,详情", "新款,好"]


def test_a_file_that_breaks_off_inside_quotes_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match=r"a\.csv: line 2, column 1: the quoted cell"):
        list(read("a.csv", data='内容\n"亲\n您好\n'.encode()))
