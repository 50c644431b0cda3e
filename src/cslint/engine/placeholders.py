"""Slots of templates, such as {微信昵称} and ${wechat_id}: what stands in them is the name of a variable, nobody's words.

They are masked, not deleted: the text stays as it is and offsets hold; what is found inside a slot is passed.
"""

from __future__ import annotations

import re

_SLOT = re.compile(
    r"\$?\{{1,2}\s*(?P<braced>[^{}\s]{1,40}?)\s*\}{1,2}"
    r"|%\((?P<percent>\w{1,40})\)[sd]"
    r"|<%=?\s*(?P<tag>[^%<>]{1,40}?)\s*%>"
)
_VARIABLE = re.compile(  # an identifier, or a Chinese noun of what a system fills in; 加{微信}号 is neither
    r"[A-Za-z_][\w.$-]*|\w{0,12}(?:[名称号码价额址]|编号|昵称|姓名|时间|日期|链接|标题|内容|ID|id|人|员)"
)


def inside_slot(text: str, start: int, end: int) -> bool:
    """Whether the span ``start:end`` lies within the name in a slot."""
    if "{" not in text and "%" not in text:
        return False
    for slot in _SLOT.finditer(text):
        group = str(slot.lastgroup)
        low, high = slot.span(group)
        if low <= start and end <= high:
            return _VARIABLE.fullmatch(slot[group]) is not None
        if low > start:
            return False
    return False
