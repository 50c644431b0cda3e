"""Where the comments of a file are, by its format. Plain text, chats and tables have none: nothing in them is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import PurePath
from typing import NamedTuple

import yaml

from cslint.readers import Source

MARK = "cslint:"


class Comment(NamedTuple):
    """A comment: the half-open span with its signs, and what it says."""

    start: int
    end: int
    body: str


def comments(source: Source) -> Iterator[Comment]:
    """The comments that mention cslint, in the order of the file."""
    scan = _SCANNERS.get(PurePath(source.path).suffix.casefold())
    if scan is not None and MARK in source.text:
        yield from (comment for comment in scan(source) if comment.body.startswith(MARK))


def has_comments(path: str) -> bool:
    """Whether files of this name can carry comments."""
    return PurePath(path).suffix.casefold() in _SCANNERS


_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[`~]*[ \t]*$|\Z)|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_ANGLED = re.compile(r"<!--(.*?)-->", re.DOTALL)


def _in_markdown(source: Source) -> Iterator[Comment]:
    bare = _FENCED.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), source.text)  # code is quoted, not said
    for found in _ANGLED.finditer(bare):
        yield Comment(found.start(), found.end(), found[1].strip())


def _in_html(source: Source) -> Iterator[Comment]:
    reader = _Html(source)
    reader.feed(source.text)
    reader.close()
    yield from reader.found


class _Html(HTMLParser):
    """Collects comments; what looks like one in a script, a style or an attribute is not."""

    def __init__(self, source: Source) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.lines = [0, *(m.end() for m in re.finditer("\n", source.text))]  # as the parser counts them
        self.found: list[Comment] = []

    def handle_comment(self, data: str) -> None:
        line, column = self.getpos()
        start = self.lines[line - 1] + column
        end = start + len("<!--") + len(data) + len("-->")
        if self.source.text[start:end] == f"<!--{data}-->":
            self.found.append(Comment(start, end, data.strip()))


def _in_yaml(source: Source) -> Iterator[Comment]:
    scalars = _scalar_spans(source.text)
    for found in re.finditer(r"(?:(?<=\s)|^)#(.*)$", source.text, re.MULTILINE):
        if not any(start <= found.start() < end for start, end in scalars):
            yield Comment(found.start(), found.end(), found[1].strip())


def _scalar_spans(text: str) -> list[tuple[int, int]]:
    """The spans of scalars that could hold a #: what stands in a value is no comment."""
    spans = []
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if (isinstance(token, yaml.ScalarToken) and not token.plain) or isinstance(token, yaml.ScalarToken):
                spans.append((token.start_mark.index, token.end_mark.index))
    except yaml.YAMLError:
        return [(0, len(text))]  # the reader will say what is wrong; nothing in it is taken for a comment
    return spans


_TOML = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|(#[^\n]*)', re.DOTALL)
_SCRIPT = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`|/\*.*?\*/|(//[^\n]*)', re.DOTALL)


def _by_lexing(expression: re.Pattern[str], sign: str) -> Callable[[Source], Iterator[Comment]]:
    def scan(source: Source) -> Iterator[Comment]:
        for found in expression.finditer(source.text):
            if found[1] is not None:
                body = found[1].rstrip("\r")
                yield Comment(found.start(), found.start() + len(body), body[len(sign) :].strip())

    return scan


_SCANNERS: dict[str, Callable[[Source], Iterator[Comment]]] = {
    **dict.fromkeys((".md", ".markdown"), _in_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xml", ".vue", ".wxml"), _in_html),
    **dict.fromkeys((".yaml", ".yml"), _in_yaml),
    ".toml": _by_lexing(_TOML, "#"),
    **dict.fromkeys((".jsonc", ".json5", ".js", ".ts"), _by_lexing(_SCRIPT, "//")),
}
