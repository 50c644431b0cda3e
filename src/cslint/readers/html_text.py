"""HTML to the texts that a reader of the page sees, each tied to the source character by character."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from .spans import CLOSED_REFERENCE, Piece, Spans, decode_into

_TAG = re.compile(r"<(?:[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?|/[A-Za-z][A-Za-z0-9]*\s*|!--.*?--)>", re.DOTALL)
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


def looks_like_html(text: str) -> bool:
    """Whether there is a tag in a text, or a reference that stands for a character: `&nbsp;`, not `&11;`."""
    if _TAG.search(text):
        return True
    return "&" in text and any(html.unescape(found[0]) != found[0] for found in CLOSED_REFERENCE.finditer(text))


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
