"""The parties of a chat text: what opens a turn, which names are people, which are mere labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from ..model import Role
from .columns import column_of
from .roles import role_of_name
from .source import Line, Source

_QUESTION = re.compile(r"^(?:问|提问|问题|Q)\d{0,3}$", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:答|答复|回答|回复|A)\d{0,3}$", re.IGNORECASE)
_LABEL = re.compile(  # what stands in brackets or before a colon, but speaks to nobody
    "(?:提[示醒]|须知|说明|[公通]告|通知|活动|福利|优惠|声明|保[障证]|承诺|政策|地址|电话|手机号?|号码|尺码|尺寸|颜色|规格|材质"
    "|面料|款式|型号|时间|日期|订单号?|单号|编号|快递|物流|[发退换]货|退款|运费|包邮|赠品|链接|价格|金额|备注|^注|注意|重要|标题|卖点|详情"
    "|原因|方案|步骤|流程|要点|[好评差]评|评价|口碑|买家秀|必读|反馈|权益|姓名|收件人|微信|QQ|场景\\d*|话术|示例|案例\\d*|正确|错误|[正反]例"
    "|推荐|新品|爆款|正品|限时|秒杀|时效|服务态度|类型|名称|状态|结果|数量|人群|产地|品牌|保质期)$"
)
_PERSONAL = re.compile(r"^[小阿老]|[\dA-Za-z]|[号姐哥妹弟]$|老师|先生|女士")
MANY = 2  # turns of an unknown name before it counts as a party
_NEAR = 80  # code points of a line in which its marker stands


class Marker(NamedTuple):
    """One turn's opening at ``start``; its text begins at ``end`` (offsets in code points).

    ``exact`` if all up to the next marker is the turn's, as in exports. ``stop`` is where the text ends if the name
    stands below it, ``recipient`` whom it names.
    """

    start: int
    end: int
    name: str
    number: str | None = None
    time: str | None = None
    colon: bool = False
    exact: bool = False
    stop: int | None = None
    recipient: str | None = None


def role_of_marker(name: str, agents: Sequence[str] = ()) -> Role | None:
    """The role that a marker's name tells: 问 and Q ask, 答 and A answer, the rest as any name."""
    if _QUESTION.match(name):
        return "customer"
    if _ANSWER.match(name):
        return "agent"
    return role_of_name(name, agents)


def is_question_and_answer(markers: Sequence[Marker]) -> bool:
    """Whether the turns are those of a list of answers (问/答, Q/A), which is sent to many, not a chat."""
    return all(_QUESTION.match(marker.name) or _ANSWER.match(marker.name) for marker in markers)


def regulars(known: set[str], unknown: set[str], counts: Mapping[str, int]) -> set[str]:
    """The unknown names that are people: those who speak often, sound so, or are needed to make two."""
    if len(known) + len(unknown) <= 2:
        return unknown
    return {name for name in unknown if counts[name] >= MANY or _PERSONAL.search(name)}


def is_label(name: str, agents: Sequence[str]) -> bool:
    """Whether what stands before a colon or in brackets is a label, not a name."""
    return not is_named(name, agents) and _is_plain_label(name)


@lru_cache(maxsize=4096)
def _is_plain_label(name: str) -> bool:
    return bool(_LABEL.search(name)) or column_of(name) not in (None, "agent", "customer")


def is_named(name: str, agents: Sequence[str]) -> bool:
    """Whether the name is one of the agents that were named."""
    return bool(agents) and any(fnmatchcase(name, pattern) for pattern in agents)


def likely_lines(source: Source, signs: str) -> Iterator[Line]:
    """The lines that have one of ``signs`` near their start."""
    text, starts = source.text, source.starts
    sign = re.compile(f"[{re.escape(signs)}]")
    for start, after in zip(starts, [*starts[1:], len(text) + 1], strict=True):
        if sign.search(text, start, min(start + _NEAR, after)):
            end = after - 1 if after <= len(text) else len(text)
            yield Line(start, end - 1 if text[end - 1 : end + 1] == "\r\n" else end)
