"""JSON and JSONL to units: chat records, listings, templates, each string with its pointer and exact place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..model import Unit
from .columns import recognise
from .errors import UnreadableError
from .json_text import JsonError, JsonObject, parse_json
from .json_walk import JsonWalk
from .notes import ReadNotes
from .options import ReadOptions
from .roles import Speech, settle
from .source import Source
from .windows import Document

_TRIED = 20  # records
_SHOWN = 3  # bad lines that an error names one by one


def read_jsonl(document: Document, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a file with one JSON value per line; ``pointer`` is within the line.

    Errors: every line is read first and its units are handed out; then bad lines raise one :class:`UnreadableError`.
    """
    if _is_document(document):
        yield from read_json(document, options, notes)
        return
    walk, bad = JsonWalk(options, is_chat=_opens_as_chat(document.opening(), options)), _BadLines()
    yield from settle(_records(document, walk, bad), options.agents)
    walk.note(document.path, notes)
    if bad.count:
        raise UnreadableError(document.path, str(bad), "correct these lines; the others were read")


def read_json(document: Document, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a JSON document; ``pointer`` is an RFC 6901 pointer.

    In records (objects in an array) of which a key is known, the known keys are read; elsewhere every string is.
    Errors: :class:`UnreadableError` names line and column of what is not JSON.
    """
    opening = document.opening()
    if _is_lines(opening) and (not document.fits or _filled(opening) > 1):
        yield from read_jsonl(document, options, notes)
        return
    source = document.whole()
    try:
        node = parse_json(source)
    except JsonError as error:
        hint = "correct the file, or give it the extension .txt if it is plain text"
        raise UnreadableError(source.path, _problem(source, error), hint) from None
    walk = JsonWalk(options)
    yield from settle(walk.document(node, source), options.agents)
    walk.note(source.path, notes)


def is_json(document: Document) -> bool:
    """Whether a file of unknown kind is a JSON object or array, or a file of them, one a line."""
    opening = document.opening()
    return opening.text.lstrip()[:1] in ("{", "[") and (_is_lines(opening) or _is_document(document))


def _records(document: Document, walk: JsonWalk, bad: _BadLines) -> Iterator[Speech | Unit]:
    for window in document.windows():
        for number, line in enumerate(window.lines(), window.first):
            if not window.text[line.start : line.end].strip():
                continue
            try:
                node = parse_json(window, line.start, line.end)
            except JsonError as error:
                bad.add(window, error)
                continue
            yield from walk.record(node, window, number)


def _opens_as_chat(opening: Source, options: ReadOptions) -> bool:
    """Whether one of the first records is a message: then the others are about the chat."""
    for line in islice(opening.lines(), _TRIED):
        try:
            node = parse_json(opening, line.start, line.end)
        except JsonError:
            continue
        if isinstance(node, JsonObject):
            layout = recognise([key for key, _ in node.items], options.columns, options.parts)
            if layout is not None and layout.kind == "message":
                return True
    return False


def _is_document(document: Document) -> bool:
    """Whether the file is one value over several lines; of a large file its opening decides."""
    opening = document.opening()
    if _is_lines(opening):
        return False
    if not document.fits:
        return opening.text.lstrip()[:2] in ("{\n", "{\r", "[\n", "[\r")
    try:
        parse_json(opening)
    except JsonError:
        return False
    return True


def _filled(source: Source) -> int:
    return sum(1 for line in source.lines() if source.text[line.start : line.end].strip())


def _is_lines(source: Source) -> bool:
    """Whether the first line that holds anything is an object or array of its own."""
    line = next((line for line in source.lines() if source.text[line.start : line.end].strip()), None)
    if line is None or source.text[line.start : line.end].strip()[0] not in "{[":
        return False
    try:
        parse_json(source, line.start, line.end)
    except JsonError:
        return False
    return True


class _BadLines:
    """The lines that are not JSON, the first few in words."""

    def __init__(self) -> None:
        self.count = 0
        self._shown: list[str] = []

    def add(self, source: Source, error: JsonError) -> None:
        self.count += 1
        if len(self._shown) < _SHOWN:
            self._shown.append(_problem(source, error))

    def __str__(self) -> str:
        more = f" (and {self.count - _SHOWN} more lines)" if self.count > _SHOWN else ""
        return "not JSON: " + "; ".join(self._shown) + more


def _problem(source: Source, error: JsonError) -> str:
    line, column = source.position(error.offset)
    found = source.text[error.offset : error.offset + 1]
    what = "the end of the line" if found in ("\r", "\n") else repr(found) if found else "the end of the file"
    return f"line {line}, column {column}: {error.problem}, found {what}"
