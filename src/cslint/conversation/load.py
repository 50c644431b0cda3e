"""From conversation rule files to rules, and from their cues to a small rulebook that the engine compiles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from cslint.conversation.cues import CUES, shared_cues
from cslint.conversation.resolve import RuleResolver
from cslint.conversation.rule import AUTO_REPLY, ConversationRule
from cslint.rulebook import find
from cslint.rulebook.load import Rulebook, conversation_files, load
from cslint.rulebook.rule import Rule


class Conversations(msgspec.Struct, frozen=True):
    """The conversation rules by id, and the cues they ask for as a rulebook of their own (cue name → rule)."""

    rules: dict[str, ConversationRule]
    cues: Rulebook


def load_conversations(
    extra: Iterable[Path] = (), *, shipped: bool = True, book: Rulebook | None = None
) -> Conversations:
    """Load the shipped conversation rules and those in ``extra``. ``book``: the rules they may refer to.

    Raises RulebookError at the first mistake.
    """
    extra = list(extra)
    if book is None:
        book = load([p for p in extra if not p.resolve().is_relative_to(find.shipped_wordlists())])
    sources = [find.shipped_wordlists(), *extra] if shipped else extra
    files = [path for source in sources for path in conversation_files(source)]
    shared = find.shipped_wordlists() / "conversation" / CUES
    folders = dict.fromkeys([shared, *(path.parent / CUES for path in files)])
    cues: dict[str, Rule] = {}
    for path in folders:
        if path.is_file():
            cues |= shared_cues(path, book)
    names = set(cues)
    rules: dict[str, ConversationRule] = {}
    for path in files:
        resolver = RuleResolver(path, book, names)
        rule = resolver.conversation_rule()
        for other in (*book.rules.values(), *rules.values()):
            for key in ("id", "name"):
                if getattr(other, key) == getattr(rule, key):
                    raise resolver.fail(key, f"{getattr(rule, key)} is already used by {other.path}")
        rules[rule.id] = rule
        cues |= resolver.own_cues
    used = {n for r in rules.values() for n in _cues_of(r)} | {AUTO_REPLY}
    kept = {name: rule for name, rule in cues.items() if name in used}
    return Conversations(dict(sorted(rules.items())), Rulebook(kept, book.classes, ()))


def _cues_of(rule: ConversationRule) -> Iterable[str]:
    for condition in rule.conditions.values():
        yield from (*condition.match.cues, *condition.match.lacks)
    yield from rule.measure.ignore if rule.measure else ()
