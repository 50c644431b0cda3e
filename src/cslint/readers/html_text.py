"""HTML to the texts that a reader of the page sees, each tied to the source character by character."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from .source import Joint

LOOKS_LIKE_HTML = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?|/[A-Za-z][A-Za-z0-9]*\s*|!--.*?--)>|&#?\w{2,10};", re.DOTALL
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
CLOSED_REFERENCE = re.compile(_REFERENCE.pattern.removesuffix("?"))  # Markdown knows none without its semicolon
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "noembed", "noframes"})
_SPOKEN = ("alt", "title", "placeholder", "aria-label")
_META = frozenset({"description", "keywords", "og:title", "og:description", "title", "twitter:title"})
_ATTRIBUTE = re.compile(
    r"""[\s/]+(?P<name>[^\s=>"'/]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"']+)))?"""
)
_BREAKS = re.compile(r"[ \t\f]*(?:\r\n|\r|\n)\s*")


class Piece(NamedTuple):
    """One text: what is seen, the joints that tie it to the source, where it ends there, and the attribute it is."""

    text: str
    joints: tuple[Joint, ...]
    end: int
    field: str | None = None


def pieces(source: str) -> Iterator[Piece]:
    """The visible texts of HTML in order: a paragraph, cell or line each, and the alt and title texts between them.

    Text runs on through inline tags (国家<b>级</b>), entities are decoded, a line end is a space as in a browser. Script,
    style and comments are not text. Any source can be read.
    """
    parser = _Parser(source)
    parser.feed(source)
    parser.close()
    parser.flush()
    return iter(parser.found)


def joined(seen: Sequence[Piece]) -> Piece:
    """Several texts as one, a line each: a chat bubble that was exported as HTML."""
    joints: list[Joint] = []
    length = 0
    for piece in seen:
        joints += [Joint(length + joint.text, joint.source) for joint in piece.joints]
        length += len(piece.text)
        joints.append(Joint(length, piece.end))  # the line break between them stands where the first ends
        length += 1
    return Piece("\n".join(piece.text for piece in seen), tuple(joints[:-1]), seen[-1].end)


class Spans:
    """A text gathered from stretches of a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.joints: list[Joint] = []
        self.length = 0
        self.end = 0
        self._replaced = False

    def put(self, text: str, start: int, end: int) -> None:
        """Add ``text``, which stands for ``start:end`` of the source; of its own length only if they are the same."""
        if not text:
            return
        last = self.joints[-1] if self.joints else None
        if last is None or self._replaced or last.source + self.length - last.text != start:
            if last is not None and self.end != start:
                self.joints.append(Joint(self.length, self.end))  # what ends here ends before the mark-up
            self.joints.append(Joint(self.length, start))
        self.parts.append(text)
        self.length += len(text)
        self.end = end
        self._replaced = text != self.source[start:end]  # a line end that became a space: the next line has its column

    def piece(self, field: str | None = None) -> Piece | None:
        """The text without the blanks round it, or None if there is none."""
        text = "".join(self.parts)
        bare = text.strip()
        if not bare:
            return None
        start = text.index(bare)
        joints = cut(self.joints, start, start + len(bare))
        end = self.end if text.endswith(bare) else source_of(self.joints, start + len(bare))
        return Piece(bare, joints, end, field)


def cut(joints: list[Joint], start: int, end: int) -> tuple[Joint, ...]:
    """The joints of the stretch ``start:end`` of a text."""
    found = [Joint(0, source_of(joints, start))]
    found += [Joint(joint.text - start, joint.source) for joint in joints if start < joint.text < end]
    return tuple(found)


def source_of(joints: list[Joint], at: int) -> int:
    """Where the character ``at`` of a text stands in the source."""
    held = next(joint for joint in reversed(joints) if joint.text <= at)
    return held.source + at - held.text


def decode_into(spans: Spans, start: int, end: int, references: re.Pattern[str] = _REFERENCE) -> None:
    """Put ``start:end`` of the source, its references decoded and each of its line ends as one space."""
    at = start
    for found in references.finditer(spans.source, start, end):
        text = html.unescape(found[0])
        if text == found[0]:
            continue
        _plain(spans, at, found.start())
        spans.put(text.replace("\0", "\ufffd"), found.start(), found.end())
        at = found.end()
    _plain(spans, at, end)


def _plain(spans: Spans, start: int, end: int) -> None:
    at = start
    for found in _BREAKS.finditer(spans.source, start, end):
        spans.put(spans.source[at : found.start()], at, found.start())
        spans.put(" ", found.start(), found.end())
        at = found.end()
    spans.put(spans.source[at:end], at, end)


class _Parser(HTMLParser):
    """Marks stretches of the source; ``html.parser`` tells where its tokens begin."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.found: list[Piece] = []
        self.spans = Spans(source)
        self.unseen = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", source))]
        self._text_from: int | None = None

    def here(self) -> int:
        """The offset at which the present token begins."""
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def flush(self) -> None:
        """End the present text."""
        self._take(len(self.source))
        self._end_text()

    def _take(self, end: int) -> None:
        if self._text_from is not None:
            if not self.unseen:
                decode_into(self.spans, self._text_from, end)
            self._text_from = None

    def _end_text(self) -> None:
        piece = self.spans.piece()
        if piece is not None:
            self.found.append(piece)
        self.spans = Spans(self.source)

    def _text(self) -> None:
        if self._text_from is None:
            self._text_from = self.here()

    def parse_html_declaration(self, i: int) -> int:
        """As HTML 5 has it: an unknown ``<![…`` is a comment up to the next ``>``, where the library gives up."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_data(self, _data: str) -> None:
        self._text()

    def handle_entityref(self, _name: str) -> None:
        self._text()

    def handle_charref(self, _name: str) -> None:
        self._text()

    def handle_comment(self, _data: str) -> None:
        self._take(self.here())

    def handle_decl(self, _decl: str) -> None:
        self._take(self.here())

    def unknown_decl(self, _data: str) -> None:
        self._take(self.here())

    def handle_pi(self, _data: str) -> None:
        self._take(self.here())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag)
        self.unseen += tag in _UNSEEN
        if attrs and not self.unseen:
            self._attributes(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag)
        if attrs and not self.unseen:
            self._attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._tag(tag)
        self.unseen -= tag in _UNSEEN and self.unseen > 0

    def _tag(self, tag: str) -> None:
        self._take(self.here())
        if tag not in _INLINE:
            self._end_text()

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        spoken = set(_SPOKEN) & set(names)
        if tag == "meta" and (names.get("name") or names.get("property") or "").casefold() in _META:
            spoken.add("content")
        if tag in ("input", "button", "option"):
            spoken |= {"value"} & set(names) if names.get("type") in ("button", "submit", "reset") else set()
        if not spoken:
            return
        raw, start = self.get_starttag_text() or "", self.here()
        for found in _ATTRIBUTE.finditer(raw):
            group = found.lastgroup
            if group in ("double", "single", "bare") and found["name"].lower() in spoken:
                spans = Spans(self.source)
                decode_into(spans, start + found.start(group), start + found.end(group))
                piece = spans.piece(found["name"].lower())
                if piece is not None:
                    self.found.append(piece)
