"""A tree of JSON, YAML or TOML to units: which strings are messages, listings or templates, and who says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ..model import Part, Unit, UnitKind
from .columns import Layout, column_of, recognise
from .html_text import looks_like_html, pieces
from .json_speaker import is_wordless, saying_of, string_of
from .json_text import JsonArray, JsonNode, JsonObject, JsonText
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech
from .source import Joint, Source, through
from .spans import joined
from .speakers import speech_of

_LETTER = re.compile(r"[^\W\d_]")
_LAYOUTS = 256  # sets of keys of which the layout is remembered: records repeat theirs
_TRIED = 20  # records of a list that are looked at: the first may be a picture
_WRAPPED = 6  # keys of an object that does no more than wrap a list


class _Context(NamedTuple):
    """What is known of a value from those above it."""

    pointer: str = ""
    field: str | None = None  # the nearest key
    kind: UnitKind | None = None  # that of the known text key above
    default: UnitKind = "public"  # that of strings under no known key
    conversation: str | None = None
    in_array: bool = False
    known_only: bool = False  # whether strings under unknown keys are left aside
    part: Part | None = None


class JsonWalk:
    """Finds the texts of one file, a document or record at a time."""

    def __init__(self, options: ReadOptions, *, is_chat: bool = False) -> None:
        self.options = options
        self.is_chat = is_chat
        self.aside: Counter[str] = Counter()
        self.textless = 0
        self.unrecognised = False
        self._source = Source("")
        self._found: list[Speech | Unit] = []
        self._line: int | None = None
        self._layouts: dict[tuple[str, ...], Layout | None] = {}

    def document(self, node: JsonNode, source: Source) -> list[Speech | Unit]:
        """The texts of a document of JSON, YAML or TOML."""
        return self._texts(node, source, _Context())

    def record(self, node: JsonNode, source: Source, line: int) -> list[Speech | Unit]:
        """The texts of a 1-based line of JSONL; a line with a list of messages is a conversation of its own."""
        self._line = line
        return self._texts(node, source, _Context(in_array=True))

    def note(self, path: str, notes: ReadNotes) -> None:
        """Fill the notes, once all is read."""
        notes.columns_aside.update(self.aside)
        notes.textless += self.textless
        if self.unrecognised:
            notes.unrecognised.append(path)

    def _texts(self, node: JsonNode, source: Source, context: _Context) -> list[Speech | Unit]:
        self._source, self._found = source, []
        self._value(node, context)
        return [self._about(one) if self.is_chat and isinstance(one, Unit) else one for one in self._found]

    def _about(self, unit: Unit) -> Unit:
        """What a line of a chat export says that is no message: its heads, its members, its changes of shift."""
        return msgspec.structs.replace(unit, unit=self.options.kind("message"), role="system")

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
                self._message(node, layout.texts(), layout, context)
            elif context.kind is None and is_wordless(node):
                self._wordless(node, context)
            else:
                self._object(node, layout, context)

    def _text(self, node: JsonText, context: _Context) -> None:
        if not node.value.strip():
            return
        if context.kind is None and context.known_only:
            if context.field is not None and column_of(context.field) is None:
                self.aside[context.field] += 1
            return
        kind = context.kind or context.default
        if kind == "public" or not looks_like_html(node.value):
            self._found.append(self._unit(node, context, kind))
            return
        seen = list(pieces(node.value))
        if kind == "message" and seen:
            seen = [joined(seen)]
        self.textless += kind == "message" and not seen
        unit, outer = self._unit(node, context, kind), node.joints(self._source)
        for text, joints, end, _ in seen:
            (last,) = through((Joint(0, end),), 0, outer)
            anchors = self._source.anchors(text, through(joints, len(text), outer), last.source)
            self._found.append(msgspec.structs.replace(unit, text=text, anchors=anchors))

    def _object(self, node: JsonObject, layout: Layout | None, context: _Context) -> None:
        holds_chat = any(self._is_chat(value) for _, value in node.items)
        conversation = context.conversation
        if holds_chat:
            conversation = self._conversation(node) or conversation or self._place_name(context)
        is_record = context.in_array and layout is not None
        known = context.known_only or context.kind or holds_chat or self.is_chat
        if context.in_array and layout is None and not known:
            self.unrecognised = True
        texts = layout.texts() if layout is not None else ()
        for at, (key, value) in enumerate(node.items):
            below = context._replace(
                pointer=f"{context.pointer}/{_escape(key)}",
                field=key,
                kind=context.kind
                or (layout.kind if layout is not None and at in texts and not _is_list(value) else None),
                default=layout.kind if layout is not None else context.default,
                part=layout.parts[at] if layout is not None else context.part,
                conversation=conversation,
                in_array=False,
                known_only=context.known_only or is_record or holds_chat,
            )
            self._value(value, below)

    def _message(self, node: JsonObject, texts: Sequence[int], layout: Layout | None, context: _Context) -> None:
        """A chat record: its content is said by its sender, its other keys are about it."""
        saying = saying_of(node, layout, context.conversation)
        for at, (key, value) in enumerate(node.items):
            if at not in texts:
                known = layout.columns[at] if layout is not None else column_of(key)
                if known is None and isinstance(value, JsonText) and _LETTER.search(value.value):
                    self.aside[key] += 1
                continue
            before = len(self._found)
            below = _Context(f"{context.pointer}/{_escape(key)}", key, kind="message")
            if not isinstance(value, JsonText):  # the known texts of a link or a card; its ids and addresses are not
                below = below._replace(kind=None, default="message", known_only=True)
            self._value(value, below)
            for index in range(before, len(self._found)):
                said = self._found[index]
                unit = said if isinstance(said, Unit) else said.unit
                unit = msgspec.structs.replace(unit, unit=self.options.kind("message"), part=None)
                self._found[index] = speech_of(unit, saying)

    def _wordless(self, node: JsonObject, context: _Context) -> None:
        """A message that is no text; the title and description of a link are said all the same."""
        held = [at for at, (_, value) in enumerate(node.items) if isinstance(value, JsonObject | JsonArray)]
        before, aside = len(self._found), self.aside.copy()
        self._message(node, held, None, context)
        self.aside = aside  # sums and sizes of pictures
        self.textless += len(self._found) == before

    def _layout(self, node: JsonObject) -> Layout | None:
        keys = tuple(key for key, _ in node.items)
        if keys not in self._layouts:
            if len(self._layouts) >= _LAYOUTS:
                self._layouts.clear()
            self._layouts[keys] = recognise(keys, self.options.columns, self.options.parts)
        return self._layouts[keys]

    def _is_chat(self, node: JsonNode) -> bool:
        if isinstance(node, JsonObject):  # msgs: {msg: […]}, as the platforms' interfaces wrap their lists
            return len(node.items) <= _WRAPPED and any(self._is_chat(value) for _, value in node.items)
        if not isinstance(node, JsonArray):
            return False
        for item in node.items[:_TRIED]:
            layout = self._layout(item) if isinstance(item, JsonObject) else None
            if layout is not None and layout.kind == "message":
                return True
        return False

    def _conversation(self, node: JsonObject) -> str | None:
        named = [value for key, value in node.items if column_of(key) == "conversation"]
        named += [value for key, value in node.items if column_of(key) == "customer" or key == "id"]
        found = next(filter(None, map(string_of, named)), None)
        return found or saying_of(node, None, None).conversation

    def _place_name(self, context: _Context) -> str | None:
        """What names a conversation that has no id: its line or its pointer."""
        return str(self._line) if self._line is not None else context.pointer or None

    def _unit(self, node: JsonText, context: _Context, kind: UnitKind) -> Unit:
        return Unit(
            node.value,
            self.options.kind(kind),
            "agent",
            self._source.path,
            self._source.anchors(node.value, node.joints(self._source), node.end),
            field=context.field,
            pointer=context.pointer,
            part=context.part,
        )


def _is_list(node: JsonNode) -> bool:
    """Whether a value is a list of objects, whatever its key: msgs: {msg: [{…}, {…}]}."""
    return isinstance(node, JsonArray) and bool(node.items) and isinstance(node.items[0], JsonObject)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
