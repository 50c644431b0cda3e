"""Who speaks where in a chat text: the markers that open a turn, in the shapes that exports and people write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from ..model import Role
from .columns import column_of
from .headings import CLOCK, DATE, WHEN
from .roles import role_of_name
from .source import Source

_OPEN, _CLOSE, _COLON = r"[\[(\uff08]", r"[\])\uff09]", r"[:\uff1a]"  # fullwidth marks as escapes: they look alike
_NUMBER = r"[(\uff08]?(?P<number>\d{1,4})[)\uff09、.\uff0e]"
_BEFORE = rf"(?:{_OPEN}?(?P<before>{WHEN}){_CLOSE}?[ \t]*)?"
_AFTER = rf"(?:{_OPEN}?(?P<after>{WHEN}){_CLOSE}?(?=[ \t]*(?:{_COLON}|\Z)))?[ \t]*"
_BRACKETED = re.compile(
    rf"[ \t\u3000]*(?:(?:{_NUMBER}|(?P<bare>\d{{1,4}})(?=[ \t]*[【\[]))[ \t]*)?"
    rf"{_BEFORE}(?:【(?P<name>[^【】\n]{{1,24}})】|\[(?P<square>[^\[\]\n]{{1,24}})\])[ \t]*{_AFTER}(?P<colon>{_COLON})?"
)
_LABELLED = re.compile(
    rf"[ \t\u3000]*(?:{_NUMBER}[ \t]*)?{_BEFORE}"
    r"(?P<name>[^\s:\uff1a,\uff0c。!\uff01?\uff1f、;\uff1b【】\[\]()\uff08\uff09<>\"'“”=/\\|]{1,20}"
    r"(?: [\w*-]{1,16})?(?:[(\uff08][^\s:\uff1a()\uff08\uff09]{1,20}[)\uff09])?)"
    rf"[ \t]*{_AFTER}(?P<colon>{_COLON})(?!//)"
)
_MOMENT = rf"{DATE}[ T]*{CLOCK}"
_STAMP_NAME = r"[^\s,\uff0c。!\uff01?\uff1f][^\r\n,\uff0c。!\uff01?\uff1f]{0,40}?"
_STAMPED = re.compile(  # 千牛: a line "name 2024-1-2 9:05:03", the text below; QQ: the time first
    rf"[ \t]*\[?(?P<name>{_STAMP_NAME})\]?[ \t]*[(\uff08]?(?P<after>{_MOMENT})[)\uff09]?[ \t]*{_COLON}?[ \t]*\Z"
    rf"|[ \t]*(?P<before>{_MOMENT})[ \t]+(?P<late>{_STAMP_NAME})[ \t]*\Z"
)
_ACCOUNT_ID = re.compile(r"[(<\uff08][\w.@-]+[)>\uff09]$")
_QUESTION = re.compile(r"^(?:问|提问|问题|Q)\d{0,3}$", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:答|答复|回答|回复|A)\d{0,3}$", re.IGNORECASE)
_LABEL = re.compile(  # what stands in brackets or before a colon, but speaks to nobody
    "(?:提[示醒]|须知|说明|[公通]告|通知|活动|福利|优惠|声明|保[障证]|承诺|政策|地址|电话|手机号?|号码|尺码|尺寸|颜色|规格|材质"
    "|面料|款式|型号|时间|日期|订单号?|单号|编号|快递|物流|[发退换]货|退款|运费|包邮|赠品|链接|价格|金额|备注|^注|注意|重要|标题|卖点|详情"
    "|原因|方案|步骤|流程|要点|[好评差]评|评价|口碑|买家秀|必读|反馈|权益|姓名|收件人|微信|QQ|场景\\d*|话术|示例|案例\\d*|正确|错误|[正反]例"
    "|推荐|新品|爆款|正品|限时|秒杀|时效|服务态度|类型|名称|状态|结果|数量|人群|产地|品牌|保质期)$"
)
_PERSONAL = re.compile(r"^[小阿老]|[\dA-Za-z]|[号姐哥妹弟]$|老师|先生|女士")
_NO_NAME_ENDS = ("于", "至", "到", "截止", ":", "\uff1a")  # 订单创建于 2024-1-2 9:05:03 is no name
_MANY = 2  # turns of an unknown name before it counts as a party


class Marker(NamedTuple):
    """One turn's opening at ``start``; its text begins at ``end`` (offsets in code points)."""

    start: int
    end: int
    name: str
    number: str | None = None
    time: str | None = None
    colon: bool = False


def find_markers(source: Source, agents: Sequence[str] = ()) -> list[Marker]:
    """The markers of a chat text in order; none if the text is not clearly a chat."""
    for parties_of in (_bracketed_parties, _stamped_parties, _labelled_parties):
        parties, markers = parties_of(source, agents)
        if parties:
            turns = [marker for marker in markers if marker.name in parties]
            return sorted([*turns, *_glued(source, turns, parties)])
    return []


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


def _scan(source: Source, shape: re.Pattern[str]) -> list[Marker]:
    markers = []
    for line in source.lines():
        found = shape.match(source.text, line.start, line.end)
        if found is None:
            continue
        parts = found.groupdict()
        name = (parts.get("name") or parts.get("square") or parts.get("late") or "").strip()
        if parts.get("square") and not (parts["colon"] or parts["after"]):
            continue  # [微笑] is a sticker
        time = parts.get("before") or parts.get("after")
        number = parts.get("number") or parts.get("bare")
        markers.append(Marker(line.start, found.end(), name, number, time, bool(parts.get("colon"))))
    return markers


def _bracketed_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    markers = [marker for marker in _scan(source, _BRACKETED) if not _is_label(marker.name, agents)]
    counts = Counter(marker.name for marker in markers)
    coloned = Counter(marker.name for marker in markers if marker.colon)
    roles = {name: role_of_marker(name, agents) for name in counts}
    if not _is_chat(source, markers, counts, coloned, roles):
        return set(), []
    plain = sum(coloned.values()) * 2 <= len(markers)  # 【name】text, without colons
    known = {name for name in counts if roles[name]}
    unknown = set(counts) - known
    if not plain:  # then 【name】 without one is mostly a label; unless one side is written so throughout
        unknown = {name for name in unknown if coloned[name]} or unknown
    return known | _regulars(known, unknown, counts), markers


def _is_chat(
    source: Source,
    markers: Sequence[Marker],
    counts: Counter[str],
    coloned: Counter[str],
    roles: dict[str, Role | None],
) -> bool:
    """【name】 also opens the signature of an SMS and the headings of a notice, so a chat must show its two sides."""
    if "customer" in roles.values():
        return len(counts) > 1 or bool(coloned)
    if "agent" in roles.values() and any(roles[name] in ("agent", "bot") and coloned[name] for name in counts):
        return len(coloned) > 1
    often = len(coloned) == len(counts) and all(count >= _MANY for count in coloned.values())
    return 2 <= len(counts) <= 4 and often and len(markers) * 2 > _filled(source)


def _regulars(known: set[str], unknown: set[str], counts: Counter[str]) -> set[str]:
    """The unknown names that are people: those who speak often, sound so, or are needed to make two."""
    if len(known) + len(unknown) <= 2:
        return unknown
    return {name for name in unknown if counts[name] >= _MANY or _PERSONAL.search(name)}


def _labelled_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    """``name:`` is a chat only if a buyer or a named agent speaks with another, on a good part of the lines."""
    markers = [
        marker
        for marker in _scan(source, _LABELLED)
        if not marker.name.isdigit() and not _is_label(marker.name, agents)
    ]
    counts = Counter(marker.name for marker in markers)
    roles = {name: role_of_marker(name, agents) for name in counts}
    known = {name for name in counts if roles[name]}
    parties = known | _regulars(known, set(counts) - known, counts)
    sure = "customer" in roles.values() or any(_is_named(name, agents) for name in parties)
    if not sure:
        sure = "agent" in roles.values() and all(counts[name] >= _MANY for name in parties)
    turns = sum(counts[name] for name in parties)
    return (parties, markers) if sure and len(parties) > 1 and turns * 3 >= _filled(source) else (set(), [])


def _stamped_parties(source: Source, agents: Sequence[str]) -> tuple[set[str], list[Marker]]:
    markers = [
        marker._replace(name=_ACCOUNT_ID.sub("", marker.name).strip() or marker.name)
        for marker in _scan(source, _STAMPED)
        if not _is_label(marker.name, agents) and not marker.name.endswith(_NO_NAME_ENDS)
    ]
    counts = Counter(marker.name for marker in markers)
    if len(markers) < _MANY:
        return set(), []
    known = {name for name in counts if role_of_name(name, agents)}
    return known | _regulars(known, set(counts) - known, counts), markers


def _is_label(name: str, agents: Sequence[str]) -> bool:
    return not _is_named(name, agents) and (bool(_LABEL.search(name)) or column_of(name) is not None)


def _is_named(name: str, agents: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in agents)


def _filled(source: Source) -> int:
    """How many lines hold anything."""
    return sum(1 for line in source.lines() if source.text[line.start : line.end].strip())


def _glued(source: Source, markers: Sequence[Marker], parties: set[str]) -> list[Marker]:
    """The turns glued to the end of another's line, for parties already known: …好的【买家】:那退款呢."""
    names = "|".join(sorted(map(re.escape, parties), key=len, reverse=True))
    shape = re.compile(rf"(?:(?<=[^\d\s])(?P<number>\d{{1,4}})[、.\uff0e][ \t]*)?【(?P<name>{names})】[ \t]*{_COLON}")
    seen = {marker.end for marker in markers}
    return [
        Marker(found.start(), found.end(), found["name"], found["number"], None, True)
        for found in shape.finditer(source.text)
        if found.end() not in seen
    ]
