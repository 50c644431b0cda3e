"""JSON and JSONL to units: chat records, listings, templates, each string with its pointer and exact place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Unit
from .errors import UnreadableError
from .json_text import JsonError, parse_json
from .json_walk import JsonWalk
from .notes import ReadNotes
from .options import ReadOptions
from .source import Source

_SHOWN = 3  # bad lines that an error names one by one


def read_jsonl(source: Source, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a file with one JSON value per line; ``pointer`` is within the line.

    Errors: every line is read first and its units are handed out; then bad lines raise one :class:`UnreadableError`.
    """
    walk = JsonWalk(source, options)
    bad: list[JsonError] = []
    for number, line in enumerate(source.lines(), 1):
        if not source.text[line.start : line.end].strip():
            continue
        try:
            node = parse_json(source, line.start, line.end)
        except JsonError as error:
            if not bad and not walk.found and _is_json(source):
                yield from read_json(source, options, notes)
                return
            bad.append(error)
            continue
        walk.record(node, number)
    yield from walk.finish(notes)
    if bad:
        raise UnreadableError(source.path, _bad_lines(source, bad), "correct these lines; the others were read")


def read_json(source: Source, options: ReadOptions, notes: ReadNotes) -> Iterator[Unit]:
    """The units of a JSON document; ``pointer`` is an RFC 6901 pointer.

    In records (objects in an array) of which a key is known, the known keys are read; elsewhere every string is.
    Errors: :class:`UnreadableError` names line and column of what is not JSON.
    """
    try:
        node = parse_json(source)
    except JsonError as error:
        if _is_json_lines(source):
            yield from read_jsonl(source, options, notes)
            return
        hint = "correct the file, or give it the extension .txt if it is plain text"
        raise UnreadableError(source.path, _problem(source, error), hint) from None
    walk = JsonWalk(source, options)
    walk.document(node)
    yield from walk.finish(notes)


def _is_json(source: Source) -> bool:
    try:
        parse_json(source)
    except JsonError:
        return False
    return True


def _is_json_lines(source: Source) -> bool:
    """Whether the first line that holds anything is an object or array of its own."""
    line = next((line for line in source.lines() if source.text[line.start : line.end].strip()), None)
    if line is None or source.text[line.start : line.end].strip()[0] not in "{[":
        return False
    try:
        parse_json(source, line.start, line.end)
    except JsonError:
        return False
    return True


def is_json(source: Source) -> bool:
    """Whether a file of unknown kind is a JSON object or array, or a file of them, one a line."""
    return source.text.strip()[:1] in ("{", "[") and (_is_json_lines(source) or _is_json(source))


def _problem(source: Source, error: JsonError) -> str:
    line, column = source.position(error.offset)
    found = source.text[error.offset : error.offset + 1]
    what = "the end of the line" if found in ("\r", "\n") else repr(found) if found else "the end of the file"
    return f"line {line}, column {column}: {error.problem}, found {what}"


def _bad_lines(source: Source, bad: Sequence[JsonError]) -> str:
    more = f" (and {len(bad) - _SHOWN} more lines)" if len(bad) > _SHOWN else ""
    return "not JSON: " + "; ".join(_problem(source, error) for error in bad[:_SHOWN]) + more
