"""A JSON tree to units: which strings are messages, listings or templates, and who says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from ..model import Role, Unit, UnitKind
from .columns import Column, Layout, column_of, recognise
from .json_text import JsonArray, JsonNode, JsonObject, JsonScalar, JsonText
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech, role_of_field, role_of_flag, settle
from .source import Source

_NAMES = ("name", "nickname", "nick", "username", "id")  # what names a sender that is an object
_SENDER_ROLES = ("role", "type")


class _Context(NamedTuple):
    """What is known of a value from those above it."""

    pointer: str = ""
    field: str | None = None  # the nearest key
    kind: UnitKind | None = None  # that of the known text key above
    default: UnitKind = "public"  # that of strings under no known key
    conversation: str | None = None
    in_array: bool = False
    known_only: bool = False  # whether strings under unknown keys are left aside


class JsonWalk:
    """Collects the units of one file, a document or record at a time."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self.source = source
        self.options = options
        self.found: list[Speech | Unit] = []
        self._aside: list[str] = []
        self._unrecognised = False
        self._line: int | None = None

    def document(self, node: JsonNode) -> None:
        """Read a JSON document."""
        self._value(node, _Context())

    def record(self, node: JsonNode, line: int) -> None:
        """Read the value on a 1-based line of JSONL; a line with a list of messages is a conversation of its own."""
        self._line = line
        self._value(node, _Context(in_array=True))

    def finish(self, notes: ReadNotes) -> Iterator[Unit]:
        """The units in order, their roles settled over the whole file; the notes are filled."""
        notes.columns_aside.update(self._aside)
        if self._unrecognised:
            notes.unrecognised.append(self.source.path)
        return settle(self.found, self.options.agents)

    def _value(self, node: JsonNode, context: _Context) -> None:
        if isinstance(node, JsonText):
            self._text(node, context)
        elif isinstance(node, JsonArray):
            for at, item in enumerate(node.items):
                pointer = f"{context.pointer}/{at}"
                conversation = context.conversation or (pointer if isinstance(item, JsonArray) else None)
                self._value(item, context._replace(pointer=pointer, conversation=conversation, in_array=True))
        elif isinstance(node, JsonObject):
            layout = self._layout(node)
            if context.kind is None and layout is not None and layout.kind == "message":
                self._message(node, layout, context)
            else:
                self._object(node, layout, context)

    def _text(self, node: JsonText, context: _Context) -> None:
        if not node.value.strip():
            return
        if context.kind is None and context.known_only:
            if context.field is not None and column_of(context.field) is None:
                self._aside.append(context.field)
            return
        self.found.append(self._unit(node, context, context.kind or context.default))

    def _object(self, node: JsonObject, layout: Layout | None, context: _Context) -> None:
        holds_chat = any(self._is_chat(value) for _, value in node.items)
        conversation = context.conversation
        if holds_chat:
            conversation = self._conversation(node) or conversation or self._place_name(context)
        is_record = context.in_array and layout is not None
        if context.in_array and layout is None and not (context.known_only or context.kind or holds_chat):
            self._unrecognised = True
        texts = layout.texts() if layout is not None else ()
        for at, (key, value) in enumerate(node.items):
            below = context._replace(
                pointer=f"{context.pointer}/{_escape(key)}",
                field=key,
                kind=context.kind or (layout.kind if layout is not None and at in texts else None),
                default=layout.kind if layout is not None else context.default,
                conversation=conversation,
                in_array=False,
                known_only=context.known_only or is_record or holds_chat,
            )
            self._value(value, below)

    def _message(self, node: JsonObject, layout: Layout, context: _Context) -> None:
        """A chat record: its content is said by its sender, its other keys are about it."""
        speaker = Speaker.of(node, layout)
        for at, (key, value) in enumerate(node.items):
            if at not in layout.texts():
                if layout.columns[at] is None and _string(value) is not None and isinstance(value, JsonText):
                    self._aside.append(key)
                continue
            before = len(self.found)
            pointer = f"{context.pointer}/{_escape(key)}"
            self._value(value, _Context(pointer, key, kind="message"))
            for index in range(before, len(self.found)):
                said = self.found[index]
                unit = msgspec.structs.replace(
                    said if isinstance(said, Unit) else said.unit,
                    role="unknown",
                    conversation=speaker.conversation or context.conversation,
                    sender=speaker.name,
                    time=speaker.time,
                )
                self.found[index] = Speech(unit, speaker.role)

    def _layout(self, node: JsonObject) -> Layout | None:
        return recognise([key for key, _ in node.items], self.options.columns)

    def _is_chat(self, node: JsonNode) -> bool:
        first = node.items[0] if isinstance(node, JsonArray) and node.items else None
        layout = self._layout(first) if isinstance(first, JsonObject) else None
        return layout is not None and layout.kind == "message"

    def _conversation(self, node: JsonObject) -> str | None:
        named = [value for key, value in node.items if column_of(key) == "conversation"]
        named += [value for key, value in node.items if key == "id"]
        return next(filter(None, map(_string, named)), None)

    def _place_name(self, context: _Context) -> str | None:
        """What names a conversation that has no id: its line or its pointer."""
        return str(self._line) if self._line is not None else context.pointer or None

    def _unit(self, node: JsonText, context: _Context, kind: UnitKind) -> Unit:
        return Unit(
            node.value,
            self.options.kind(kind),
            "agent",
            self.source.path,
            self.source.anchors(node.value, node.joints(self.source), node.end),
            field=context.field,
            pointer=context.pointer,
        )


class Speaker(NamedTuple):
    """Who says a chat record, when and where, as its own keys tell."""

    name: str | None
    role: Role | None
    time: str | None
    conversation: str | None

    @classmethod
    def of(cls, node: JsonObject, layout: Layout) -> Speaker:
        """The speaker of a record; a sender that is an object names itself and may carry its role."""

        def value(column: Column) -> JsonNode | None:
            at = layout.first(column)
            return node.items[at][1] if at is not None else None

        sender, role, flag = value("sender"), _string(value("role")), _string(value("agent_flag"))
        if role is None and isinstance(sender, JsonObject):
            role = next((_string(part) for key, part in sender.items if key in _SENDER_ROLES), None)
        declared = (role_of_field(role) if role else None) or (role_of_flag(flag) if flag else None)
        return cls(_string(sender), declared, _string(value("time")), _string(value("conversation")))


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _string(node: JsonNode | None) -> str | None:
    """A value as the name or id that it is, or None."""
    if isinstance(node, JsonText):
        return node.value.strip() or None
    if isinstance(node, JsonScalar):
        return None if node.raw == "null" else node.raw
    if isinstance(node, JsonObject):
        return _first(node.items)
    return None


def _first(items: Sequence[tuple[str, JsonNode]]) -> str | None:
    parts = dict(items)
    return next((_string(parts[name]) for name in _NAMES if name in parts), None)
