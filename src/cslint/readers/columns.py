"""Which column holds what: the headers and keys by which chat tables, listings and templates are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar, get_args

from ..model import Part, UnitKind

Column = Literal[
    "conversation", "time", "sender", "role", "agent_flag", "agent", "customer", "recipient", "direction",
    "type", "status", "recalled", "auto", "content", "listing", "text",
]  # fmt: skip
COLUMNS: tuple[Column, ...] = get_args(Column)
PARTS: tuple[Part, ...] = get_args(Part)

_HEADERS: dict[Column, str] = {
    "conversation": """
        会话ID 会话编号 会话号 会话 对话ID 对话编号 咨询ID 聊天ID 群名称 群聊名称
        conversation conversation_id conv_id session session_id sid chat_id roomid room_id talker TalkerId TalkerName""",
    "time": """
        发送时间 时间 消息时间 聊天时间 发送日期 发言时间 会话时间
        time timestamp msgtime msg_time sent_at created_at create_time createdTime createdAt send_time datetime
        StrTime date""",
    "sender": """
        发送人 发送者 发送账号 发送方昵称 发言人 说话人 昵称 发送人昵称 发送者昵称 发送人名称
        sender sender_id sender_name senderName sender_nick from from_id fromId from_nick nickname nick speaker author
        accountName groupNickname""",
    "role": """
        角色 账号类型 发送人类型 发送方 发送方类型 身份 发送者类型 消息来源
        role sender_type sender_role user_type account_type identity""",
    "agent_flag": "是否客服 waiterSend IsSender messageIsMe is_agent is_self isSelf is_me",
    "agent": """
        客服 客服昵称 客服账号 客服名称 客服姓名 客服ID 接待客服 接待人 子账号 员工 员工姓名 服务人员
        waiter waiter_pin agent agent_name staff staff_name servicer seller_nick""",
    "customer": """
        客户名 客户昵称 买家昵称 客户 客户名称 客户账号 客户ID 买家 买家账号 买家ID 买家旺旺 买家会员名 顾客 顾客昵称
        用户昵称 用户名 访客 访客昵称
        customer customer_name customer_nick customer_pin buyer buyer_nick buyer_name external_userid openid""",
    "recipient": "接收人 接收者 接收方 收件账号 接收账号 recipient receiver to to_id toId tolist to_nick",
    "direction": "方向 消息方向 收发 收发方向 direction",
    "type": "消息类型 类型 msgtype msg_type message_type type",
    "status": "消息状态 状态 status action",
    "recalled": "是否撤回 撤回 revokeFlag revoked is_revoke is_revoked recalled is_recalled",
    "auto": "是否自动回复 自动回复标识 回复方式 回复类型 is_auto auto_reply isAutoReply",
    "content": """
        内容 发送内容 消息内容 聊天内容 对话内容 聊天记录 消息
        content text message msg words body utterance StrContent""",
    "listing": """
        标题 商品标题 宝贝标题 宝贝名称 商品名称 产品名称 商品名 短标题 副标题 长标题 导购标题 推荐标题
        卖点 商品卖点 宝贝卖点 核心卖点 产品卖点 详情 商品详情 宝贝详情 详情描述 无线详情 手机详情 详情文案
        描述 宝贝描述 商品描述 产品描述 商品简介 简介 推荐语 推荐理由
        广告语 广告词 促销语 文案 营销文案 主图文案 商品文案
        title subtitle sub_title short_title long_title product_name item_name product_title item_title headline
        description desc product_description wireless_desc detail details item_detail
        selling_point selling_points bullet_points features slogan tagline""",
    "text": """
        文本 话术 话术内容 快捷短语 短语 快捷回复 快捷语 回复 回复内容 回复话术 自动回复 欢迎语 答案 标准答案 回答
        模板 模板内容 短信 短信内容 商家回复 卖家回复 评价回复 脚本 句子 正文 语句
        reply answer response template script phrase sentence sms copy""",
}
_SELLING = re.compile("卖点|推荐|广告|促销|营销|sellingpoint|bullet|feature|slogan|tagline|headline")
_TITLE = re.compile("标题|名称|商品名|title|name")
_NAMES_THE_SENDER = re.compile("^(?:sender|from|account|group)(?:name|nick|nickname)$")
_AMBIGUOUS_NAME = "name"  # a speaker in a chat, nothing elsewhere
_WHO: frozenset[Column] = frozenset(
    {"sender", "role", "agent_flag", "conversation", "agent", "customer", "recipient", "direction"}
)
_KNOWN: dict[str, Column] = {}


@lru_cache(maxsize=4096)
def _normal(header: str) -> str:
    """``*商品标题(必填)``, ``product-title`` and ``ProductTitle`` fold to what the table above says."""
    header = re.sub(r"[(\uff08\[【].*?[)\uff09\]】]\s*$", "", header.strip().strip("*\ufeff").strip())
    return re.sub(r"[\s_*-]", "", header).casefold()


for _column, _words in _HEADERS.items():
    for _word in _words.split():
        _KNOWN[_normal(_word)] = _column


class Layout(NamedTuple):
    """What the columns of a table, or the keys of an object, hold; ``None`` for those left aside."""

    kind: UnitKind
    columns: tuple[Column | None, ...]
    parts: tuple[Part | None, ...]
    sender: int | None  # the index of the column that names the sender best

    def about(self) -> Iterator[tuple[Column, int]]:
        """The columns that tell who says a text, when and where, each with the index of the first of its kind."""
        told = {column for column in self.columns if column not in (None, "content", "listing", "text", "sender")}
        return (
            (column, self.columns.index(column)) for column in self.columns if column in told and column is not None
        )

    def texts(self) -> tuple[int, ...]:
        """The indexes of the columns whose text is checked."""
        kinds = ("content",) if self.kind == "message" else ("content", "listing", "text")
        return tuple(at for at, column in enumerate(self.columns) if column in kinds)


def column_of(header: str) -> Column | None:
    """What a column of this header holds by itself, or None if no table would be known by it."""
    return _KNOWN.get(_normal(header))


def recognise(
    headers: Sequence[str],
    columns: Mapping[str, Sequence[str]] | None = None,
    parts: Mapping[str, Sequence[str]] | None = None,
) -> Layout | None:
    """The layout that the headers tell, or None if none of them holds text to check.

    ``columns`` (the config's map, from a name in :data:`COLUMNS` to headers) and ``parts`` (from a name in
    :data:`PARTS`) override what the words say. With a content column and a speaker, role or conversation it is a chat
    (``message``), else with a listing column a listing. Errors: ``ValueError`` for a name in neither list.
    """
    part_of = {header.strip(): part for part, names in _checked(parts, PARTS).items() for header in names}
    mapped: dict[str, Column] = dict.fromkeys(part_of, "listing")
    mapped |= {header.strip(): column for column, names in _checked(columns, COLUMNS).items() for header in names}
    found = [mapped.get(header.strip()) or column_of(header) for header in headers]
    kind = _kind(found)
    if kind is None:
        return None
    if kind == "message" and "sender" not in found:
        found = ["sender" if _normal(h) == _AMBIGUOUS_NAME else c for h, c in zip(headers, found, strict=True)]
    return Layout(
        kind,
        tuple(found),
        tuple(
            part_of.get(header.strip()) or (_part(header) if column == "listing" else None)
            for header, column in zip(headers, found, strict=True)
        ),
        _sender(headers, found),
    )


def _kind(found: Sequence[Column | None]) -> UnitKind | None:
    if "content" in found and _WHO & set(found):
        return "message"
    if "listing" in found:
        return "listing"
    return "public" if "content" in found or "text" in found else None


def _sender(headers: Sequence[str], found: Sequence[Column | None]) -> int | None:
    """Of several columns the one with the sender's name, then the first."""
    at = [index for index, column in enumerate(found) if column == "sender"]
    named = [index for index in at if _NAMES_THE_SENDER.match(_normal(headers[index]))]
    return next(iter(named or at), None)


def _part(header: str) -> Part:
    header = _normal(header)
    if _SELLING.search(header):
        return "selling_point"
    return "title" if _TITLE.search(header) else "detail"


Name = TypeVar("Name", bound=str)


def _checked(given: Mapping[str, Sequence[str]] | None, known: Sequence[Name]) -> dict[Name, tuple[str, ...]]:
    """A map with its names checked. Errors: ``ValueError`` names one that does not exist."""
    checked: dict[Name, tuple[str, ...]] = {}
    for name, headers in (given or {}).items():
        column = next((one for one in known if one == name), None)
        if column is None:
            raise ValueError(f"unknown column {name!r} in the column map; known are {', '.join(known)}")
        checked[column] = (headers,) if isinstance(headers, str) else tuple(headers)
    return checked
