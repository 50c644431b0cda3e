"""Which column holds what: the headers and keys by which chat tables, listings and templates are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ..model import UnitKind

Column = Literal["conversation", "time", "sender", "role", "agent_flag", "content", "listing", "text"]
COLUMNS: tuple[Column, ...] = (
    "conversation", "time", "sender", "role", "agent_flag", "content", "listing", "text",
)  # fmt: skip

_HEADERS: dict[Column, str] = {
    "conversation": """
        会话ID 会话编号 会话号 会话 对话ID 客户名 客户昵称 买家昵称
        conversation conversation_id conv_id session session_id sid chat_id roomid talker""",
    "time": """
        发送时间 时间 消息时间 聊天时间 发送日期
        time timestamp msgtime sent_at created_at create_time createdTime send_time datetime StrTime""",
    "sender": """
        发送人 发送者 发送账号 发送方昵称 发言人 说话人 昵称
        sender sender_name senderName from nickname nick speaker author""",
    "role": """
        角色 账号类型 发送人类型 发送方 发送方类型 身份
        role sender_type sender_role user_type account_type identity""",
    "agent_flag": "是否客服 waiterSend IsSender messageIsMe is_agent is_self",
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
_KNOWN: dict[str, Column] = {}


@lru_cache(maxsize=4096)
def _normal(header: str) -> str:
    """``*商品标题(必填)``, ``product-title`` and ``ProductTitle`` fold to what the table above says."""
    header = re.sub(r"[(\uff08\[【].*?[)\uff09\]】]\s*$", "", header.strip().strip("*\ufeff").strip())
    return re.sub(r"[\s_*-]", "", header).casefold()


for _column, _words in _HEADERS.items():
    for _word in _words.split():
        _KNOWN[_normal(_word)] = _column
_AMBIGUOUS_NAME = "name"  # a speaker in a chat, nothing elsewhere


class Layout(NamedTuple):
    """What the columns of a table, or the keys of an object, hold; ``None`` for those left aside."""

    kind: UnitKind
    columns: tuple[Column | None, ...]

    def first(self, column: Column) -> int | None:
        """The index of the first such column."""
        return self.columns.index(column) if column in self.columns else None

    def texts(self) -> tuple[int, ...]:
        """The indexes of the columns whose text is checked."""
        kinds = ("content",) if self.kind == "message" else ("content", "listing", "text")
        return tuple(at for at, column in enumerate(self.columns) if column in kinds)


def column_of(header: str) -> Column | None:
    """What a column of this header holds by itself, or None if no table would be known by it."""
    return _KNOWN.get(_normal(header))


def recognise(headers: Sequence[str], columns: Mapping[str, Sequence[str]] | None = None) -> Layout | None:
    """The layout that the headers tell, or None if none of them holds text to check.

    ``columns`` (the config's map, from a name in :data:`COLUMNS` to headers) overrides what the words say. With a
    content column and a speaker, role or conversation it is a chat (``message``), else with a listing column a listing.
    """
    mapped = {header.strip(): column for column, names in _checked(columns).items() for header in names}
    found = [mapped.get(header.strip()) or column_of(header) for header in headers]
    who = {"sender", "role", "agent_flag", "conversation"}
    if "content" in found and who & set(found):
        if "sender" not in found:
            found = ["sender" if _normal(h) == _AMBIGUOUS_NAME else c for h, c in zip(headers, found, strict=True)]
        return Layout("message", tuple(found))
    if "listing" in found:
        return Layout("listing", tuple(found))
    if "content" in found or "text" in found:
        return Layout("public", tuple(found))
    return None


def _checked(columns: Mapping[str, Sequence[str]] | None) -> dict[Column, tuple[str, ...]]:
    """The map with its names checked. Errors: ``ValueError`` names a column that does not exist."""
    checked: dict[Column, tuple[str, ...]] = {}
    for name, headers in (columns or {}).items():
        column = next((known for known in COLUMNS if known == name), None)
        if column is None:
            raise ValueError(f"unknown column {name!r} in the column map; known are {', '.join(COLUMNS)}")
        checked[column] = (headers,) if isinstance(headers, str) else tuple(headers)
    return checked
