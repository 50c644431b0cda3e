"""A scorecard as it may travel: conversations and findings without personal data. Agents' names stay."""

from __future__ import annotations

import msgspec

from cslint.masking import mask
from cslint.scorecard.card import Scorecard


def masked(card: Scorecard) -> Scorecard:
    """The card with the names of conversations, which are often the buyer's, and texts starred out."""
    worst = [
        msgspec.structs.replace(entry, conversation=None if entry.conversation is None else _name(entry.conversation))
        for entry in card.worst
    ]
    return msgspec.structs.replace(card, worst=worst, shop_findings=[mask(f) for f in card.shop_findings], masked=True)


def _name(conversation: str) -> str:
    """A conversation's id stays, a buyer's name does not."""
    if conversation.isascii() and any(c.isdigit() for c in conversation):
        return mask(conversation)
    return conversation[:1] + "*" * (len(conversation) - 1)
