"""Who says a message, when, to whom and in which conversation, as the export's own columns or keys tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from ..model import Role, Status, Unit
from .columns import Column
from .roles import Speech, role_of_field, role_of_flag
from .status import role_by_status, status_of_fields, status_of_text
from .times import moment_of

_OUT = frozenset(
    {"0", "out", "send", "sent", "发送", "发出", "发", "客服发送"}
)  # 0 as in wangwang.eservice.chatlog.get
_IN = frozenset({"1", "in", "receive", "received", "接收", "收到", "收", "客户发送", "买家发送"})
_LIST = re.compile(r"[\[\]\"'\s]+|,")


class Saying(NamedTuple):
    """What is known of a message beside its text; ``role`` is what the export itself declares."""

    sender: str | None
    role: Role | None
    time: str | None
    conversation: str | None
    status: Status | None

    @classmethod
    def of(cls, values: Mapping[Column, str], sender: str | None, conversation: str | None = None) -> Saying:
        """From the values of columns or keys; ``conversation`` is that of the sheet or list which holds the message."""
        role = _declared(values)
        agent, customer, recipient = values.get("agent"), values.get("customer"), values.get("recipient")
        if role is None and sender is not None and agent != customer:
            role = "agent" if sender == agent else "customer" if sender == customer else None
        if sender is None:
            sender = agent if role in ("agent", "bot") else customer if role == "customer" else None
        named = values.get("conversation") or customer
        if named is None and sender and recipient:
            named = _pair(sender, recipient)
        return cls(sender, role, values.get("time"), named or conversation, status_of_fields(values))


def speech_of(unit: Unit, saying: Saying, day: str | None = None) -> Speech:
    """The message as said: with its sender, time and status; its role is settled with those of its company."""
    told = status_of_text(unit.text)
    status = told or saying.status if saying.status in (None, "system") else saying.status
    role = role_by_status(status, unit.text)
    if role == "bot" and saying.role == "customer":
        role = None  # buyers' automatic replies are the buyers'
    unit = msgspec.structs.replace(
        unit,
        role="unknown",
        conversation=saying.conversation,
        sender=saying.sender,
        time=saying.time,
        moment=moment_of(saying.time, day) if saying.time else None,
        status=status,
    )
    return Speech(unit, role or saying.role, fixed=role is not None)


def _declared(values: Mapping[Column, str]) -> Role | None:
    role, flag, direction = values.get("role"), values.get("agent_flag"), values.get("direction")
    declared = (role_of_field(role) if role else None) or (role_of_flag(flag) if flag else None)
    if declared is None and direction is not None:
        word = direction.strip().casefold()
        return "agent" if word in _OUT else "customer" if word in _IN else None
    return declared


def _pair(sender: str, recipient: str) -> str:
    """The conversation of two parties whose export gives it no name, whoever of them speaks."""
    parties = {sender, *(name for name in _LIST.split(recipient) if name)}
    return " ↔ ".join(sorted(parties))
