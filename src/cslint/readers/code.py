"""Source code to units: its string literals, for shops that keep their replies in programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_for_filename
from pygments.token import String
from pygments.util import ClassNotFound

from ..model import Unit
from .options import ReadOptions
from .source import Source
from .spans import Spans

EXTENSIONS = frozenset(
    [
        ".c",
        ".cc",
        ".cpp",
        ".cs",
        ".dart",
        ".go",
        ".java",
        ".js",
        ".jsx",
        ".kt",
        ".lua",
        ".m",
        ".mjs",
        ".php",
        ".pl",
        ".py",
        ".rb",
        ".rs",
        ".scala",
        ".sh",
        ".sql",
        ".swift",
        ".ts",
        ".tsx",
        ".vue",
    ]
)
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<braced>[0-9a-fA-F]{1,6})\}|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})"
    r"|x(?P<two>[0-9a-fA-F]{2})|(?P<one>.)|(?P<line>\r\n|\n|\r))",
    re.DOTALL,
)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_OPENING = re.compile(r"[A-Za-z]{0,3}#*(?P<quote>\"{3}|'{3}|\"|'|`)|@\"|<<-?['\"]?\w+['\"]?")
_LETTER = re.compile(r"[^\W\d_]")
_ASIDE = (String.Doc, String.Regex)
_QUOTES = ('"', "'", "`")
_RAW_PREFIX = re.compile(r"[rR]")


def is_code(path: str) -> bool:
    """Whether a path names source code."""
    return any(path.casefold().endswith(extension) for extension in EXTENSIONS)


def read_code(source: Source, options: ReadOptions) -> Iterator[Unit]:
    """One ``public`` unit per string literal with letters, its escapes decoded; comments and documentation are none."""
    lexer = _lexer(source)
    for literal in _literals(source, lexer):
        piece = literal.piece()
        if piece is not None and _LETTER.search(piece.text):
            anchors = source.anchors(piece.text, piece.joints, piece.end)
            yield Unit(piece.text, options.kind("public"), "agent", source.path, anchors)


def _lexer(source: Source) -> Lexer:
    try:
        return get_lexer_for_filename(source.path, source.text[:1000], stripnl=False, ensurenl=False)
    except ClassNotFound:
        from pygments.lexers.c_cpp import CppLexer

        return CppLexer(stripnl=False, ensurenl=False)  # type: ignore[no-untyped-call]


def _literals(source: Source, lexer: Lexer) -> Iterator[Spans]:
    """The literals, each put together from the tokens between its quotes."""
    held: list[tuple[int, Any, str]] = []
    inside = 0  # how many slots such as {name} or ${name} are open: what stands in them belongs to the literal
    tokens: Iterator[tuple[int, Any, str]] = lexer.get_tokens_unprocessed(source.text)
    for at, kind, value in tokens:
        is_string = inside > 0 or (kind in String and not any(kind in aside for aside in _ASIDE))
        if kind in String.Interpol and held:
            inside = max(0, inside + value.count("{") - value.count("}"))
        if held and (not is_string or _is_closed(held)):
            yield _literal(source, held)
            held = []
        if is_string:
            held.append((at, kind, value))
    if held:
        yield _literal(source, held)


def _text(held: Sequence[tuple[int, Any, str]]) -> str:
    return "".join(value for _, _, value in held)


def _is_closed(held: Sequence[tuple[int, Any, str]]) -> bool:
    """Whether the literal that is held has ended, so that what follows is the next: "甲" "乙"."""
    if not held[-1][2].endswith(_QUOTES):
        return False
    text = _text(held)
    opening = _OPENING.match(text)
    if opening is None or not opening["quote"]:
        return False
    quote = opening["quote"]
    escaped = held[-1][1] in String.Escape
    return not escaped and len(text) >= opening.end() + len(quote) and text.endswith(quote)


def _literal(source: Source, held: Sequence[tuple[int, Any, str]]) -> Spans:
    """The text of a literal without its quotes."""
    text, start = _text(held), held[0][0]
    opening = _OPENING.match(text)
    begin, end = start, start + len(text)
    raw = False
    if opening is not None:
        begin += opening.end()
        quote = opening["quote"]
        raw = (quote == "`" and source.path.endswith(".go")) or bool(_RAW_PREFIX.search(text[: opening.end()]))
        if quote and text.endswith(quote) and len(text) >= opening.end() + len(quote):
            end -= len(quote)
    spans = Spans(source.text)
    at = begin
    for escape in () if raw else _ESCAPE.finditer(source.text, begin, end):
        spans.put(source.text[at : escape.start()], at, escape.start())
        spans.put(_decoded(escape), escape.start(), escape.end())
        at = escape.end()
    spans.put(source.text[at:end], at, end)
    return spans


def _decoded(escape: re.Match[str]) -> str:
    digits = escape["braced"] or escape["four"] or escape["eight"] or escape["two"]
    if digits:
        number = int(digits, 16)
        return chr(number) if number <= 0x10FFFF else ""
    sign = escape["one"]
    return _PLAIN.get(sign, sign) if sign else ""
