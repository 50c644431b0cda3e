"""Readers: files to units with exact places. They know formats, not rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Literal

from ..model import UNITS, Unit, UnitKind
from .discover import Discovery, discover
from .encoding import decode
from .errors import UnreadableError
from .formats import EXTENSIONS, units_of
from .notes import ReadNotes
from .options import ReadOptions
from .source import Source

__all__ = [
    "EXTENSIONS",
    "Discovery",
    "ReadNotes",
    "Source",
    "UnreadableError",
    "decode",
    "discover",
    "read",
]

STDIN = "-"


def read(
    path: str | PathLike[str],
    *,
    unit: UnitKind | Literal["auto"] = "auto",
    agents: Sequence[str] = (),
    encoding: str | None = None,
    data: bytes | None = None,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    notes: ReadNotes | None = None,
) -> Iterator[Unit]:
    """The units of one file, in the order of the file, lazily.

    The reader is chosen by extension and content. ``unit`` overrides the kind that ``auto`` would choose; ``agents``
    are glob patterns of agents' names; ``data`` stands in for the file's bytes (stdin, an editor's buffer) and the path
    then only names them; ``columns`` maps ``content``, ``sender``, ``role``, ``time``, ``conversation``, ``listing`` or
    ``text`` to headers; ``notes`` is filled as units are drawn. Places count code points, 1-based.

    Errors, raised while units are drawn: :class:`UnreadableError` if the file is missing, undecodable or malformed;
    units that came before it are good, the file as a whole is not clean. ``ValueError`` for an unknown kind or column.
    """
    if unit != "auto" and unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}; expected auto, {', '.join(UNITS)}")
    mapped = {name: (header,) if isinstance(header, str) else tuple(header) for name, header in (columns or {}).items()}
    options = ReadOptions(None if unit == "auto" else unit, tuple(agents), mapped)
    name = fspath(path).replace("\\", "/") if sys.platform == "win32" else fspath(path)
    return _read(name, options, encoding, data, ReadNotes() if notes is None else notes)


def _read(
    path: str, options: ReadOptions, encoding: str | None, data: bytes | None, notes: ReadNotes
) -> Iterator[Unit]:
    text, _ = decode(_load(path) if data is None else data, encoding, path)
    kinds: set[UnitKind] = set()
    for unit in units_of(Source(text, path), options, notes):
        kinds.add(unit.unit)
        notes.count(unit)
        yield unit
    notes.files += 1
    if options.unit is None:
        notes.guessed.update(kinds)


def _load(path: str) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise UnreadableError(path, problem, "correct the path or its permissions") from None
