"""Chats as platforms, tools and back offices export them: who speaks, when, in which conversation, and what nobody said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import shop

from cslint.model import Unit
from cslint.readers import ReadNotes, ReadOptions, read

Read = Callable[..., list[Unit]]
WM = "wmAAAAAAAAAAAAAAAAAAAAAAAAA"


def said(units: list[Unit]) -> list[tuple[str, str | None, str | None, str]]:
    """Role, sender, the clock and the text of what is no note of the export."""
    return [(u.role, u.sender, u.moment and u.moment[-14:-6], u.text) for u in units if u.sender or u.role != "system"]


def lines(*records: dict[str, Any]) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


@pytest.mark.parametrize(
    "text",
    [
        "tb1**2 2024-5-1 9:05:03\n在吗\n小花家:小美 2024-5-1 9:05:13\n在的\n亲\n",
        "tb1**22024-5-1 9:05:03\n在吗\n\n小花家:小美2024-5-1 9:05:13\n在的\n亲\n\n",
        "tb1**2\n2024-5-1 9:05:03\n在吗\n\n小花家:小美\n2024-5-1 9:05:13\n在的\n亲\n",
        "[tb1**2] 2024-05-01 09:05:03\n在吗\n[小花家:小美] 2024-05-01 09:05:13\n在的\n亲\n",
        "tb1**2 --> 小花家:小美 2024-5-1 9:05:03\n在吗\n小花家:小美 --> tb1**2 2024-5-1 9:05:13\n在的\n亲\n已读\n",
        "2024-05-01\n09:05:03\n在吗\ntb1**2\n09:05:13\n在的\n亲\n小花家:小美\n",
        "2024-05-01 09:05:03 tb1**2(12345)\n在吗\n\n2024-05-01 09:05:13 小花家:小美<a@b.cn>\n在的\n亲\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_clipboard_of_qianniu_and_its_kin(read_as: Read, text: str, end: str) -> None:
    units = read_as("a.txt", text.replace("\n", end))
    assert said(units) == [
        ("customer", "tb1**2", "09:05:03", "在吗"),
        ("agent", "小花家:小美", "09:05:13", f"在的{end}亲"),
    ]
    assert {u.moment[:10] for u in units if u.moment} == {"2024-05-01"}
    assert len({u.conversation for u in units if u.sender}) == 1


def test_who_writes_to_whom_tells_the_conversation(read_as: Read) -> None:
    text = "".join(
        f"{a} --> {b} 2024-05-01 09:05:0{at}\n好\n"
        for at, (a, b) in enumerate([("甲", "小店:美"), ("小店:美", "甲"), ("乙", "小店:美"), ("小店:美", "乙")])
    )
    units = read_as("a.txt", text)
    assert [u.role for u in units] == ["customer", "agent", "customer", "agent"]
    assert [u.conversation for u in units] == ["小店:美 ↔ 甲"] * 2 + ["乙 ↔ 小店:美"] * 2


QQ = """消息记录（此消息记录为文本格式，不支持重新导入）

================================================================
消息分组:我的好友
================================================================
消息对象:小鱼
================================================================

2023-01-01 12:00:00 【活跃】小鱼(12345)
在吗

一、衣服破了
二、拉链坏了

2023-01-01 12:00:30 【管理员】客服小花<xh@qq.com>
在的

2023-01-01 8:43:38 PM 系统消息(10000)
对方撤回了一条消息

================================================================
消息对象:小虾
================================================================

2023-01-02 12:00:00 小虾(555)
你好
"""


def test_the_record_of_qq(read_as: Read) -> None:
    units = read_as("a.txt", QQ)
    assert said(units) == [
        ("customer", "小鱼", "12:00:00", "在吗\n\n一、衣服破了\n二、拉链坏了"),
        ("agent", "客服小花", "12:00:30", "在的"),
        ("system", "系统消息", "20:43:38", "对方撤回了一条消息"),
        ("customer", "小虾", "12:00:00", "你好"),
    ]
    assert [u.conversation for u in units if u.sender] == ["小鱼", "小鱼", "小鱼", "小虾"]
    assert {u.role for u in units if not u.sender} == {"system"}


def test_the_conversation_archive_of_wecom(read_as: Read, notes: ReadNotes) -> None:
    head = {"action": "send", "tolist": [WM], "roomid": "", "from": "zhangsan"}
    text = lines(
        {**head, "msgid": "1", "msgtime": 1714525503000, "msgtype": "text", "text": {"content": "您好,加我微信"}},
        {
            **head,
            "from": WM,
            "tolist": ["zhangsan"],
            "msgtime": 1714525513000,
            "msgtype": "text",
            "text": {"content": "好"},
        },
        {**head, "msgtime": 1714525523000, "msgtype": "image", "image": {"md5sum": "50de", "filesize": 70961}},
        {
            **head,
            "msgtime": 1714525533000,
            "msgtype": "link",
            "link": {"title": "全网最低价", "link_url": "https://x.cn"},
        },
        {"msgid": "6", "action": "switch", "time": 1714525543000, "user": "lisi"},
    )
    units = read_as("a.jsonl", text)
    assert said(units) == [
        ("agent", "zhangsan", "09:05:03", "您好,加我微信"),
        ("customer", WM, "09:05:13", "好"),
        ("agent", "zhangsan", "09:05:33", "全网最低价"),
    ]
    assert {u.conversation for u in units if u.sender} == {f"{WM} ↔ zhangsan"}
    assert [u.pointer for u in units if u.sender] == ["/text/content", "/text/content", "/link/title"]
    assert (notes.textless, notes.columns_aside, notes.unrecognised) == (1, {}, [])
    kinds = {1: "agent", 2: "customer", 3: "bot"}
    text = lines(*({"sender": {"type": kind, "id": "x"}, "msgtime": 1, "text": {"content": "好"}} for kind in kinds))
    assert [u.role for u in read_as("a.jsonl", text)] == list(kinds.values())


def test_the_interface_of_taobao(read_as: Read) -> None:
    messages = [
        {"direction": 1, "time": "2024-05-01 09:05:03", "content": "在吗"},
        {"direction": 0, "time": "2024-05-01 09:05:13", "content": "在的"},
    ]
    answer = {"count": 2, "is_more": False, "msgs": {"msg": messages}}
    document = {"from_id": "cntaobao店:美", "to_id": "cntaobaotb1", "wangwang_eservice_chatlog_get_response": answer}
    units = read_as("a.json", json.dumps(document))
    assert [(u.role, u.text, u.conversation) for u in units] == [
        ("customer", "在吗", "cntaobaotb1 ↔ cntaobao店:美"),
        ("agent", "在的", "cntaobaotb1 ↔ cntaobao店:美"),
    ]
    assert units[1].pointer == "/wangwang_eservice_chatlog_get_response/msgs/msg/1/content"


def test_the_interface_of_jd(read_as: Read) -> None:
    head = {"customer": "jd_1", "waiter": "小花", "sid": "S1", "skuId": 7}
    messages = [
        {**head, "content": "在吗", "time": 1714525503000, "waiterSend": False},
        {**head, "content": "在的", "time": 1714525513000, "waiterSend": True},
        {**head, "content": "错了", "time": 1714525523000, "waiterSend": True, "revokeFlag": 1},
    ]
    units = read_as("a.json", json.dumps({"jingdong_im_pop_chatlog_get_responce": {"ChatLog": messages}}))
    assert said(units) == [
        ("customer", "jd_1", "09:05:03", "在吗"),
        ("agent", "小花", "09:05:13", "在的"),
        ("agent", "小花", "09:05:23", "错了"),
    ]
    assert [(u.conversation, u.status) for u in units] == [("S1", None), ("S1", None), ("S1", "recalled")]


def test_the_page_of_pdd(read_as: Read) -> None:
    messages = [
        {"time": "2024-05-01 09:05:03", "role": "user", "name": "小*鱼", "type": "text", "content": "在吗"},
        {"time": "2024-05-01 09:05:13", "role": "mall_cs", "name": "小花", "type": "text", "content": "在的"},
        {
            "time": "2024-05-01 09:05:23",
            "role": "system-message",
            "name": "",
            "type": "system",
            "content": "会话已转接",
        },
    ]
    units = read_as("a.json", json.dumps(messages))
    assert [(u.role, u.sender, u.status) for u in units] == [
        ("customer", "小*鱼", None),
        ("agent", "小花", None),
        ("system", None, "system"),
    ]


def test_chatlab(read_as: Read, notes: ReadNotes) -> None:
    head = {"chatlab": {"version": "0.0.2"}, "meta": {"name": "小花家", "platform": "wechat", "type": "private"}}
    members = [{"platformId": "1", "accountName": "小鱼"}, {"platformId": "2", "accountName": "客服小花"}]
    messages = [
        {"sender": "1", "accountName": "小鱼", "timestamp": 1714525503, "type": 0, "content": "在吗"},
        {"sender": "2", "accountName": "客服小花", "timestamp": 1714525513, "type": 0, "content": "在的"},
        {"sender": "2", "accountName": "客服小花", "timestamp": 1714525523, "type": 81, "content": "撤回"},
        {"sender": "2", "accountName": "客服小花", "timestamp": 1714525533, "type": 1, "content": None},
    ]
    expected = [
        ("customer", "小鱼", "09:05:03", "在吗"),
        ("agent", "客服小花", "09:05:13", "在的"),
        ("agent", "客服小花", "09:05:23", "撤回"),
    ]
    units = read_as("a.json", json.dumps({**head, "members": members, "messages": messages}, ensure_ascii=False))
    assert said(units) == expected
    assert units[-1].status == "recalled"
    rows = [{"_type": "header", **head}, *({"_type": "member", **m} for m in members)]
    units = read_as("a.jsonl", lines(*rows, *({"_type": "message", **m} for m in messages)))
    assert said(units) == expected
    assert notes.unrecognised == []


OLD_WECHAT = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime\n"
    "1,5,1,0,0,1714525503,2,在吗,2024-05-01 09:05:03,wxid_a\n"
    '2,5,1,0,1,1714525513,2,"在的,亲",2024-05-01 09:05:13,wxid_b\n'
    '3,5,3,0,1,1714525523,2,"<msg><img aeskey=""x""/></msg>",2024-05-01 09:05:23,wxid_b\n'
    "4,5,10000,0,1,1714525533,2,你撤回了一条消息,2024-05-01 09:05:33,wxid_b\n"
)


def test_wechat_in_both_shapes(read_as: Read, notes: ReadNotes) -> None:
    units = read_as("a.csv", OLD_WECHAT)
    assert [(u.role, u.status, u.text) for u in units] == [
        ("customer", None, "在吗"),
        ("agent", None, "在的,亲"),
        ("system", "recalled", "你撤回了一条消息"),
    ]
    assert {u.conversation for u in units} == {"5"}
    assert (notes.ragged_rows, notes.textless) == (0, 1)
    text = (
        "\ufeff消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n"
        "1,文本,小鱼,2024-05-01 09:05:03,在吗,,小鱼,\n2,文本,我,2024-05-01 09:05:13,在的,,小鱼,\n"
    )
    assert said(read_as("a.csv", text)) == [
        ("customer", "小鱼", "09:05:03", "在吗"),
        ("agent", "我", "09:05:13", "在的"),
    ]


@pytest.mark.parametrize(
    ("header", "buyer", "agent"),
    [
        ("Time,SenderName,Sender,TalkerName,Talker,Content", "T1,小鱼,w1,小鱼,w1,在吗", "T2,客服小花,w2,小鱼,w1,在的"),
        ("用户昵称,客服昵称,发送方,消息内容,时间", "小鱼,客服小花,用户,在吗,T1", "小鱼,客服小花,客服,在的,T2"),
        ("买家昵称,客服昵称,发送人,消息内容,时间", "小鱼,客服小花,小鱼,在吗,T1", "小鱼,客服小花,客服小花,在的,T2"),
        (
            "发送者,接收人,内容,消息类型,发送时间,消息状态",
            "小鱼,客服小花,在吗,文本,T1,已发送",
            "客服小花,小鱼,在的,文本,T2,已发送",
        ),
    ],
)
def test_tables_of_tools(read_as: Read, header: str, buyer: str, agent: str) -> None:
    text = f"{header}\n{buyer}\n{agent}\n".replace("T1", "2024/5/1 9:05:03").replace("T2", "2024/5/1 9:05:13")
    units = read_as("a.csv", text)
    assert said(units) == [("customer", "小鱼", "09:05:03", "在吗"), ("agent", "客服小花", "09:05:13", "在的")]
    assert len({u.conversation for u in units}) == 1


def test_agents_by_the_pattern_of_a_shop(read_as: Read, notes: ReadNotes) -> None:
    text = "发送者,接收人,内容\n张三,王五,亲\n王五,张三,好\n李四,王五,亲\n"
    assert {u.role for u in read_as("a.csv", text)} == {"unknown"}
    assert notes.unknown_roles == 3
    assert [u.role for u in read_as("a.csv", text, agents=["张*"])] == ["agent", "customer", "unknown"]


@pytest.mark.parametrize(
    ("text", "status", "role"),
    [
        ("小花撤回了一条消息", "recalled", "system"),
        ("你撤回了一条消息", "recalled", "system"),
        ("该消息已被撤回", "recalled", "system"),
        ("[自动回复] 亲,您好", "auto", "bot"),
        ("【自动回复】亲,您好", "auto", "bot"),
        ("由 服务助手 转交给 小花家:小美", "system", "system"),
        ("会话已结束", "system", "system"),
        ("系统提示:买家已下单", "system", "system"),
        ("请在客户端查看原始聊天记录", "missing", "agent"),
        ("亲,我撤回刚才的话", None, "agent"),
        ("系统自动回复您的", None, "agent"),
        ("本次服务结束后请给五星好评返现", None, "agent"),
    ],
)
def test_what_nobody_typed(read_as: Read, text: str, status: str | None, role: str) -> None:
    (unit,) = [u for u in read_as("a.csv", f'角色,内容\n买家,在吗\n客服,"{text}"\n') if u.text == text]
    assert (unit.status, unit.role) == (status, role)
    (unit,) = [u for u in read_as("a.txt", f"【买家】:在吗\n【小花】:{text}\n") if u.text == text]
    assert (unit.status, unit.role) == (status, role)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-01 09:05:03", "2024-05-01T09:05:03+08:00"),
        ("2024/5/1 9:05", "2024-05-01T09:05:00+08:00"),
        ("2024年5月1日 21时05分", "2024-05-01T21:05:00+08:00"),
        ("2024-05-01 下午9:05:03", "2024-05-01T21:05:03+08:00"),
        ("2024-05-01 9:05:03 PM", "2024-05-01T21:05:03+08:00"),
        ("2024-05-01T01:05:03Z", "2024-05-01T09:05:03+08:00"),
        ("2024-05-01T09:05:03.120+08:00", "2024-05-01T09:05:03+08:00"),
        ("1714525503", "2024-05-01T09:05:03+08:00"),
        ("1714525503000", "2024-05-01T09:05:03+08:00"),
        ("20240501090503", "2024-05-01T09:05:03+08:00"),
        ("09:05:03", "09:05:03"),
        ("昨天 9:05", "09:05:00"),
        ("2024-02-30 09:05:03", None),
        ("2024-05-01 25:05:03", None),
        ("刚刚", None),
    ],
)
def test_times_as_they_are_written(read_as: Read, written: str, moment: str | None) -> None:
    (unit,) = read_as("a.csv", f"时间,角色,内容\n{written},客服,亲\n")
    assert (unit.time, unit.moment) == (written, moment)


def test_the_workbook_of_qianniu(notes: ReadNotes) -> None:
    header = ["客户名", "消息序号", "发送时间", "发送内容", "发送账号", "账号类型"]
    rows: list[list[object]] = [
        header,
        ["tb1**2", 1, "09:05:03", "在吗", "tb1**2", "买家"],
        ["tb1**2", 2, "09:05:13", "在的", "店:小美", "客服"],
    ]
    book = {"导出汇总": [["客户", "条数"], ["tb1**2", 2]], "一": rows, "二": [[*row] for row in rows[:2]]}
    units = list(read("a.xlsx", data=shop.workbook(book), notes=notes))
    assert [(u.sheet, u.cell, u.role, u.sender, u.conversation, u.moment) for u in units if u.sender] == [
        ("一", "D2", "customer", "tb1**2", "tb1**2", "09:05:03"),
        ("一", "D3", "agent", "店:小美", "tb1**2", "09:05:13"),
        ("二", "D2", "customer", "tb1**2", "tb1**2", "09:05:03"),
    ]
    assert [(u.sheet, u.role) for u in units if not u.sender] == [("导出汇总", "system")] * 3
    assert notes.unrecognised == []


def test_a_sheet_per_customer_is_a_conversation_each() -> None:
    rows: list[list[object]] = [["角色", "内容"], ["买家", "在吗"]]
    units = list(read("a.xlsx", data=shop.workbook({"小鱼": rows, "小虾": rows})))
    assert [u.conversation for u in units] == ["小鱼", "小虾"]
    (unit,) = read("a.xlsx", data=shop.workbook({"小鱼": rows}))
    assert unit.conversation is None


def test_the_tables_of_other_shops_through_the_column_map() -> None:
    columns = {"sender": ("接待人员",), "content": ("会话明细",), "customer": ("微信用户",)}
    text = "微信用户,接待人员,会话明细\n小鱼,小花,加微信\n"
    (unit,) = read("weixin.csv", data=text.encode(), options=ReadOptions(columns=columns, agents=("小花",)))
    assert (unit.unit, unit.role, unit.conversation, unit.text) == ("message", "agent", "小鱼", "加微信")
    parts = {"title": ("货品",), "selling_point": ("一句话",)}
    text = "编号,货品,一句话\n1,国家级,最佳\n"
    units = list(read("youzan.csv", data=text.encode(), options=ReadOptions(parts=parts)))
    assert [(u.unit, u.part, u.text) for u in units] == [
        ("listing", "title", "国家级"),
        ("listing", "selling_point", "最佳"),
    ]
    with pytest.raises(ValueError, match="unknown column 'body' in the column map; known are title"):
        list(read("a.csv", data=text.encode(), options=ReadOptions(parts={"body": ("货品",)})))


def test_a_header_far_down_is_named() -> None:
    text = "\n".join(["说明,第几行", *["填写,说明"] * 15, "标题,卖点", "国家级,最佳"])
    units = list(read("a.csv", data=text.encode(), options=ReadOptions(header_row=17)))
    assert [(u.row, u.part, u.text) for u in units if u.role == "agent"] == [
        (18, "title", "国家级"),
        (18, "selling_point", "最佳"),
    ]
