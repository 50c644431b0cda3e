"""Messages that nobody typed or that nobody may read any more: recalled, automatic, of the system, missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import Role, Status
from .columns import Column

_RECALL_NOTE = re.compile(
    r"^\W{0,2}(?:.{1,40}?\s?)?(?:已?撤回了?一条(?:成员)?消息|撤回了?(?:该|此|这条)消息|recalled a message)"
    r"|^\W{0,2}(?:此|该|这条|本条)?消息已(?:被(?:对方|成员|管理员)?)?撤回",
    re.IGNORECASE,
)
_AUTO_NOTE = re.compile(r"^[\[【(\uff08]?\s*(?:系统)?自动(?:回复|应答|发送)\s*[\])\uff09】:\uff1a]")
_MISSING = re.compile(
    r"^\W{0,2}请(?:在|到|使用)?.{0,8}客户端查看.{0,6}(?:聊天)?记录|^\[?(?:不支持的消息类型|该消息类型暂不支持)"
)
_SYSTEM_NOTE = re.compile(
    r"^\W{0,2}(?:系统(?:消息|提示|通知)\s*[:\uff1a\]】]"
    r"|(?:会话|对话|本次服务|服务)已?(?:结束|关闭|超时|转接|转交)\W{0,2}$"
    r"|由\s?.{1,30}\s?(?:转交|转接)给\s?.{1,30}$"
    r"|.{1,30}(?:已?(?:进入|离开|结束|接入)了?(?:会话|咨询|店铺|本次会话))\W{0,2}$"
    r"|以上是历史(?:消息|记录)|以下是(?:新消息|未读消息))"
)
_NOTED = re.compile(  # one of these words is in each of the notes above
    "撤回|recalled|自动|客户端|支持|系统|会话|对话|服务|由|咨询|店铺|以上|以下", re.IGNORECASE
)
_FIELDS: frozenset[Column] = frozenset({"type", "status", "recalled", "auto"})
_RECALL_WORDS = re.compile("撤回|撤销|revoke|recall", re.IGNORECASE)
_AUTO_WORDS = re.compile(r"自动|机器|(?<![a-z])(?:auto|bot)", re.IGNORECASE)
_SYSTEM_WORDS = re.compile(r"^系统|(?<![a-z])system|(?<![a-z])notice|^(?:通知|提示)", re.IGNORECASE)
_SYSTEM_TYPES = frozenset({"80", "10000"})  # ChatLab, WeChat
_RECALL_TYPES = frozenset({"81", "10002"})
_FALSE = frozenset({"", "0", "false", "否", "no", "n", "正常", "null", "none"})


def status_of_text(text: str) -> Status | None:
    """What the words of a message tell: a note of the export instead of what was said."""
    opening = text[:80]
    if not _NOTED.search(opening):
        return None
    if _RECALL_NOTE.match(opening):
        return "recalled"
    if _AUTO_NOTE.match(opening):
        return "auto"
    if _MISSING.match(opening):
        return "missing"
    return "system" if _SYSTEM_NOTE.match(opening) and len(text) <= 80 else None


def status_of_fields(values: Mapping[Column, str]) -> Status | None:
    """What the export's own fields tell: message type, state, a flag of recall, a flag of automatic reply."""
    if _FIELDS.isdisjoint(values):
        return None
    kind, told = values.get("type", ""), (values.get("type", ""), values.get("status", ""))
    if any(map(_RECALL_WORDS.search, told)) or kind in _RECALL_TYPES or _is_yes(values.get("recalled")):
        return "recalled"
    if any(map(_AUTO_WORDS.search, told)) or _is_yes(values.get("auto")):
        return "auto"
    return "system" if kind in _SYSTEM_TYPES or _SYSTEM_WORDS.search(kind) else None


def role_by_status(status: Status | None, text: str) -> Role | None:
    """The role that a status settles: notes are the system's, automatic replies the bot's."""
    if status == "auto":
        return "bot"
    if status == "system" or (status == "recalled" and _RECALL_NOTE.match(text[:80])):
        return "system"
    return None


def _is_yes(value: str | None) -> bool:
    return value is not None and value.strip().casefold() not in _FALSE and not value.strip().startswith("未")
