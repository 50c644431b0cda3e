"""The conversation rules ready for use, cached on disk beside the plan of the message rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from cslint.compiler.cache import name_of, stored
from cslint.compiler.plan import Plan
from cslint.conversation.rule import ConversationRule
from cslint.rulebook.load import source_files


class ConversationPlan(msgspec.Struct, frozen=True):
    """Conversation rules by id, and their cues compiled: what people say, by name."""

    rules: dict[str, ConversationRule] = {}
    cues: msgspec.Raw = msgspec.Raw(b"")  # a Plan, read when the first conversation is seen

    def cue_plan(self) -> Plan:
        """The compiled cues."""
        return msgspec.msgpack.decode(self.cues, type=Plan)


NOTHING = ConversationPlan()


def conversation_plan(extra: Iterable[Path] = (), *, cached: bool = True) -> ConversationPlan:
    """The shipped conversation rules and those in ``extra``; from the cache where nothing has changed.

    Raises RulebookError.
    """
    extra = [path for path in map(Path, extra) if path.is_dir() or path.suffix == ".yaml"]  # plain lists have none
    name = f"{name_of(source_files(extra), 'conversation')}.talk" if cached else None
    return stored(name, ConversationPlan, lambda: compiled(extra))


def compiled(extra: list[Path], *, shipped: bool = True) -> ConversationPlan:
    """Load and compile. Raises RulebookError."""
    from cslint.compiler.build import build
    from cslint.conversation.load import load_conversations

    found = load_conversations(extra, shipped=shipped)
    return ConversationPlan(found.rules, msgspec.Raw(msgspec.msgpack.encode(build(found.cues))))
