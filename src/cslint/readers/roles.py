"""Who is speaking: agent, customer, bot or system, by name, by the export's own field and by the company kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import msgspec

from ..model import Role, Unit
from .errors import UnreadableError

_BOT = re.compile(
    "机器人|智能客服|智能助[手理]|智能应答|自动回复|虚拟客服|小蜜|京小智|AI客服|AI助[手理]"
    "|(?<![a-z])(?:bot|robot|chatbot|assistant)(?![a-z])|^wb[A-Za-z0-9_-]{20,}$",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    "^系统|^平台(?:消息|通知|提示|客服|小二|介入)?$|^官方(?:小二|客服|通知)$|^(?:消息)?(?:通知|提示)$"
    "|^(?:system|notice|platform)(?![a-z])",
    re.IGNORECASE,
)
_AGENT = re.compile(
    "客服|商家|卖家|店铺|店家|店主|店长|店员|掌柜|商户|导购|售前|售后|客户(?:服务|经理)|旗舰店|专营店|专卖店"
    "|^人工(?:服务)?$|^[主子]账号$|^我$|^本店$"
    "|(?<![a-z])(?:agent|seller|merchant|shop|store|service|staff|waiter|cs|kf|support)(?![a-z])",
    re.IGNORECASE,
)
_PERSON = (
    "[小阿老][\u4e00-\u9fff]{1,2}$|[甲乙丙丁戊一二三四五]$|[\u4e00-\u9fff]{1,3}(?:女士|先生|小姐)$|(?:提?问|说|咨询)$"
)
_CUSTOMER = re.compile(
    f"(?:买家|客户|顾客|用户|消费者|会员|访客|粉丝|客人)(?:(?![\u4e00-\u9fff])|(?={_PERSON}))"  # not 会员日, 用户协议
    "|(?<![a-z])(?:customer|buyer|user|client|visitor|guest|consumer)(?![a-z])"
    r"|^w[mo][\w-]{20,}$"  # an outside contact of WeCom; staff have plain ids
    r"|^(?:tb|jd_|t_)\d{3,}|\*{2,}|^\S\*+\S$",  # platforms mask and number buyers, never the shop's accounts
    re.IGNORECASE,
)
_CUSTOMER_FIELD = re.compile("买家|客户|顾客|用户|消费者|会员|访客|粉丝")
_SUB_ACCOUNT = re.compile(r"^[^:\uff1a\s]{2,}[:\uff1a][^:\uff1a\s]+$")  # 店铺名:子账号, as 千牛 writes it
WINDOW = 50_000  # speeches: more than a shop's day, so that most files are settled as a whole
_CARRIED = 2_000  # conversations
_REMEMBERED = 100_000  # names
_TRUE = frozenset({"true", "1", "是", "yes", "y"})
_FALSE = frozenset({"false", "0", "否", "no", "n"})


def role_of_name(name: str, agents: Sequence[str] = ()) -> Role | None:
    """The role that a speaker's name tells, or None. ``agents`` are glob patterns and decide first."""
    if agents and any(fnmatchcase(name, pattern) for pattern in agents):
        return "agent"
    return _role_of_plain_name(name)


@lru_cache(maxsize=4096)
def _role_of_plain_name(name: str) -> Role | None:
    if _BOT.search(name):
        return "bot"
    if _SYSTEM.search(name):
        return "system"
    if _AGENT.search(name) or _SUB_ACCOUNT.match(name):
        return "agent"
    if _CUSTOMER.search(name):
        return "customer"
    return None


def role_of_field(value: str) -> Role | None:
    """The role that a cell of a role column (客服, mall_cs, 买家, user, 机器人…) tells, or None."""
    word = value.strip()
    return (role_of_name(word) or ("customer" if _CUSTOMER_FIELD.match(word) else None)) if word else None


def role_of_flag(value: str) -> Role | None:
    """The role that a yes/no column such as ``waiterSend`` or ``IsSender`` tells: yes is the shop's side."""
    word = value.strip().casefold()
    return "agent" if word in _TRUE else "customer" if word in _FALSE else None


class Speech(NamedTuple):
    """A message whose speaker is to be settled.

    ``declared`` is what the export's own field says; ``fixed`` if it holds whoever the sender is, as for a note of the
    system under an agent's name.
    """

    unit: Unit
    declared: Role | None = None
    fixed: bool = False


def settle(speeches: Iterable[Speech | Unit], agents: Sequence[str] = ()) -> Iterator[Unit]:
    """Give every speech its role, in order; what is already a unit (text without a speaker) passes through.

    ``agents`` decide first, then the export's field, then the name, then the company: of two parties of whom one is
    known, the other is the other side. A name settled so in one conversation keeps its role. At most :data:`WINDOW`
    speeches are held at a time; names and unfinished conversations are carried from one window to the next.
    """
    company = _Company(agents)
    waiting = iter(speeches)
    broken: UnreadableError | None = None
    while broken is None:
        window: list[Speech | Unit] = []
        try:
            for speech in islice(waiting, WINDOW):
                window.append(speech)
        except UnreadableError as error:  # what came before is good
            broken = error
        if not window and broken is None:
            return
        company.meet([speech for speech in window if isinstance(speech, Speech)])
        for speech in window:
            if isinstance(speech, Unit):
                yield speech
            else:
                yield msgspec.structs.replace(speech.unit, role=company.role_of(speech))
    raise broken


class _Company:
    """Roles by name, and who takes part in which conversation."""

    def __init__(self, agents: Sequence[str]) -> None:
        self.agents = agents
        self.named: dict[str, Role] = {}
        self.parties: dict[str | None, dict[str, Role | None]] = {}

    def role_of(self, speech: Speech) -> Role:
        """The role of one who was met."""
        return self._declared(speech) or self.named.get(speech.unit.sender or "") or "unknown"

    def meet(self, speeches: Sequence[Speech]) -> None:
        """Learn from the speeches of a window: first what names tell, then what conversations tell."""
        for conversation in list(self.parties)[:-_CARRIED]:
            del self.parties[conversation]
        for name in list(self.named)[:-_REMEMBERED]:
            del self.named[name]
        for speech in speeches:
            if not speech.fixed:
                self._meet(speech)
        while _settle_strangers(self.parties.values(), self.named):
            pass

    def _meet(self, speech: Speech) -> None:
        sender, conversation = speech.unit.sender or "", speech.unit.conversation
        role = self._declared(speech) or (role_of_name(sender, self.agents) if sender else None)
        if role is None and sender and sender == conversation:
            role = "customer"  # exports that keep one conversation per customer name it after them
        if role is not None and sender:
            self.named.setdefault(sender, role)
        party = self.parties.pop(conversation, {})
        party[sender or f"\0{role}"] = role
        self.parties[conversation] = party  # the latest last

    def _declared(self, speech: Speech) -> Role | None:
        sender = speech.unit.sender or ""
        if self.agents and not speech.fixed and any(fnmatchcase(sender, pattern) for pattern in self.agents if sender):
            return "agent"
        return speech.declared


def _settle_strangers(parties: Iterable[dict[str, Role | None]], named: dict[str, Role]) -> bool:
    """Name the other side where one of two parties is known; whether that told anything new."""
    before = len(named)
    for party in parties:
        people = {name: named.get(name, role) for name, role in party.items()}
        people = {name: role for name, role in people.items() if role not in ("bot", "system")}
        strangers = [name for name, role in people.items() if role is None and not name.startswith("\0")]
        if len(people) == 2 and len(strangers) == 1:
            (other,) = (role for name, role in people.items() if name != strangers[0])
            if other is not None:
                named[strangers[0]] = "agent" if other == "customer" else "customer"
    return len(named) > before
