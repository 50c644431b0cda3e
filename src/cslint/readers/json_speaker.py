"""Who says a chat record of JSON, when and where, as its own keys tell."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import Column, Layout, column_of
from .json_text import JsonArray, JsonNode, JsonObject, JsonScalar, JsonText
from .speakers import Saying

_NAMES = ("name", "nickname", "nick", "username", "userid", "id")  # what names a sender that is an object
_SENDER_ROLES = ("role", "type")
_WECOM_TYPES = {"1": "agent", "2": "customer", "3": "bot"}  # sender.type of WeCom's conversation archive
_SPEAKER = frozenset({"sender", "agent_flag", "role", "direction"})
_WORDS: frozenset[Column] = frozenset({"content", "listing", "text"})


def saying_of(node: JsonObject, layout: Layout | None, conversation: str | None) -> Saying:
    """The speaker of a record; a sender that is an object names itself and may carry its role."""
    columns: Sequence[Column | None] = (
        layout.columns if layout is not None else [column_of(key) for key, _ in node.items]
    )

    held: dict[Column, JsonNode] = {}
    for (_, node_value), column in zip(node.items, columns, strict=True):
        if column is not None:
            held.setdefault(column, node_value)
    sender = node.items[layout.sender][1] if layout is not None and layout.sender is not None else held.get("sender")
    values = {column: text for column, value in held.items() if column not in _WORDS and (text := string_of(value))}
    if "role" not in values and isinstance(sender, JsonObject):
        kind = next((string_of(part) for key, part in sender.items if key in _SENDER_ROLES), None)
        if kind is not None:
            values["role"] = _WECOM_TYPES.get(kind, kind)
    return Saying.of(values, string_of(sender), conversation)


def is_wordless(node: JsonObject) -> bool:
    """Whether an object is a message of another kind than text: it has a sender, a time and a type, and no words."""
    columns = {column_of(key) for key, _ in node.items}
    listed = any(isinstance(value, JsonArray) and column_of(key) != "recipient" for key, value in node.items)
    return {"type", "time"} <= columns and bool(_SPEAKER & columns) and not _WORDS & columns and not listed


def string_of(node: JsonNode | None) -> str | None:
    """A value as the name or id that it is, several of them with commas, or None."""
    if isinstance(node, JsonText):
        return node.value.strip() or None
    if isinstance(node, JsonScalar):
        return None if node.raw == "null" else node.raw
    if isinstance(node, JsonArray):
        return ",".join(filter(None, map(string_of, node.items))) or None
    return _first(node.items) if isinstance(node, JsonObject) else None


def _first(items: Sequence[tuple[str, JsonNode]]) -> str | None:
    parts = dict(items)
    return next((string_of(parts[name]) for name in _NAMES if name in parts), None)
