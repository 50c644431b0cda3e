"""Markdown to the texts that a reader sees, each tied to the source character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Unit
from .html_text import pieces
from .options import ReadOptions
from .pages import unit_of
from .source import Line, Source
from .spans import CLOSED_REFERENCE, Piece, Spans, decode_into

_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
_BLOCK = re.compile(  # what opens a line: quotes, list items, headings, tasks
    r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*(?:#{1,6}(?=[ \t]))?[ \t]*(?:\[[ xX]\][ \t])?"
)
_RULE = re.compile(r"[ \t]*(?:(?:[-*_=][ \t]*){3,}|\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?)[ \t]*$")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]]+\]:[ \t]*\S+(?:[ \t]+(?P<quote>[\"'(])(?P<title>.*)[\"')])?[ \t]*$")
_TARGET = r"\([ \t]*(?:<[^<>]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?:[ \t]+(?:\"(?P<{0}d>[^\"]*)\"|'(?P<{0}s>[^']*)'))?[ \t]*\)"
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|!\[(?P<alt>[^\]]*)\](?:" + _TARGET.format("i") + r"|\[[^\]]*\])"
    r"|\[(?P<label>(?:[^\[\]\\]|\\.|!\[[^\]]*\]\([^)]*\))*)\](?:" + _TARGET.format("l") + r"|\[[^\]]*\])"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>"
    r"|(?P<tag><!--.*?-->|</?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^'\">])*>)"
    r"|(?P<bar>\|)"
)
_EMPHASIS = re.compile(
    r"(?P<open>\*{1,3}|~~|(?<![^\W_])_{1,3})(?=[^\s*_~])(?P<text>(?:(?!(?P=open)).)+?)(?<=[^\s\\])(?P=open)(?!(?<=_)\w)"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT = re.compile(r"---[ \t]*\r?\n.*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Unit]:
    """One ``listing`` unit per line of visible text, and one per alt or title text, named by ``field``.

    Emphasis, links and inline tags do not divide a text (全网**最**低), the addresses of links are none, entities and
    escapes are decoded. Code is text. Comments and the marks of suppressions in them are none.
    """
    for piece in visible(source):
        yield unit_of(source, piece, options)


def visible(source: Source) -> Iterator[Piece]:
    """The visible texts in order."""
    hidden = [found.span() for found in _COMMENT.finditer(source.text)]
    fence = ""
    for line in source.lines():
        text = source.text[line.start : line.end]
        opening = _FENCE.match(text)
        if fence:
            if opening is not None and opening["fence"].startswith(fence) and not text[opening.end() :].strip():
                fence = ""
                continue
            yield from _kept(_verbatim(source, line))
        elif opening is not None:
            fence = opening["fence"]
        elif not _RULE.match(text):
            yield from _line(source, line, hidden)


def _verbatim(source: Source, line: Line) -> Spans:
    spans = Spans(source.text)
    spans.put(source.text[line.start : line.end], line.start, line.end)
    return spans


def _kept(spans: Spans, field: str | None = None) -> Iterator[Piece]:
    piece = spans.piece(field)
    if piece is not None:
        yield piece


def _line(source: Source, line: Line, hidden: list[tuple[int, int]]) -> Iterator[Piece]:
    text = source.text
    defined = _DEFINITION.match(text, line.start, line.end)
    if defined is not None:
        if defined["title"]:
            yield from _kept(_decoded(text, *defined.span("title")), "title")
        return
    block = _BLOCK.match(text, line.start, line.end)
    start = block.end() if block is not None else line.start
    inline = _Inline(text, hidden)
    inline.take(start, line.end)
    inline.end()
    yield from inline.found


def _decoded(text: str, start: int, end: int) -> Spans:
    spans = Spans(text)
    decode_into(spans, start, end, CLOSED_REFERENCE)
    return spans


class _Inline:
    """Takes a line apart: text on one side, marks and addresses on the other."""

    def __init__(self, text: str, hidden: list[tuple[int, int]]) -> None:
        self.text = text
        self.hidden = hidden
        self.found: list[Piece] = []
        self.spans = Spans(text)

    def end(self) -> None:
        """End the present text."""
        self.found.extend(_kept(self.spans))
        self.spans = Spans(self.text)

    def take(self, start: int, end: int) -> None:
        """Take ``start:end``, comments left out."""
        for low, high in self.hidden:
            if high <= start or low >= end:
                continue
            self._tokens(start, max(low, start))
            start = min(high, end)
        self._tokens(start, end)

    def _tokens(self, start: int, end: int) -> None:
        at = start
        for token in _TOKEN.finditer(self.text, start, end):
            if token.start() < at:
                continue
            self._emphasis(at, token.start())
            self._token(token)
            at = token.end()
        self._emphasis(at, end)

    def _token(self, token: re.Match[str]) -> None:
        if token["escape"]:
            self.spans.put(token["escape"][1], token.end() - 1, token.end())
        elif token["code"] is not None:
            self.spans.put(token["code"], *token.span("code"))
        elif token["auto"] is not None:
            self.spans.put(token["auto"], *token.span("auto"))
        elif token["alt"] is not None:
            self._aside("alt", *token.span("alt"))
            self._title(token, "i")
        elif token["label"] is not None:
            self._tokens(*token.span("label"))
            self._title(token, "l")
        elif token["tag"] is not None:
            self._tag(token)
        else:
            self.end()  # a bar divides the cells of a table

    def _title(self, token: re.Match[str], kind: str) -> None:
        for group in (f"{kind}d", f"{kind}s"):
            if token[group]:
                self._aside("title", *token.span(group))

    def _aside(self, field: str, start: int, end: int) -> None:
        self.found.extend(_kept(_decoded(self.text, start, end), field))

    def _tag(self, token: re.Match[str]) -> None:
        """A tag is HTML: its alt and title are texts, and one that is no inline tag ends the present text."""
        ended = len(list(pieces(f"x{token[0]}x"))) != 1
        for piece in pieces(token[0]):
            if piece.field is not None:
                start = token.start() + piece.joints[0].source
                self._aside(piece.field, start, token.start() + piece.end)
        if ended:
            self.end()

    def _emphasis(self, start: int, end: int) -> None:
        """Text with its paired marks of emphasis left out."""
        at = start
        for found in _EMPHASIS.finditer(self.text, start, end):
            decode_into(self.spans, at, found.start(), CLOSED_REFERENCE)
            self._emphasis(*found.span("text"))
            at = found.end()
        decode_into(self.spans, at, end, CLOSED_REFERENCE)
