"""Readers: files to units with exact places. They know formats, not rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike, fspath
from typing import Literal

from ..model import UNITS, Unit, UnitKind
from .discover import Discovery, discover
from .encoding import decode
from .errors import UnreadableError
from .formats import EXTENSIONS, units_of
from .input import Input
from .notes import ReadNotes
from .options import ReadOptions
from .source import Source
from .windows import LARGEST_WHOLE, Document

__all__ = [
    "EXTENSIONS",
    "LARGEST_WHOLE",
    "Discovery",
    "Document",
    "Input",
    "ReadNotes",
    "ReadOptions",
    "Source",
    "UnreadableError",
    "decode",
    "discover",
    "read",
]

LONGEST_TEXT = 1_000_000  # code points; a long detail page has a tenth of that


def read(
    path: str | PathLike[str],
    *,
    unit: UnitKind | Literal["auto"] = "auto",
    agents: Sequence[str] = (),
    encoding: str | None = None,
    data: bytes | Input | None = None,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    notes: ReadNotes | None = None,
    options: ReadOptions | None = None,
) -> Iterator[Unit]:
    """The units of one file, in the order of the file, lazily and in bounded memory.

    The reader is chosen by extension and content. ``unit`` overrides the kind that ``auto`` would choose; ``agents``
    are glob patterns of agents' names; ``data`` stands in for the file (stdin, an editor's buffer) and the path then only
    names it; ``columns`` maps ``content``, ``sender``, ``role``, ``time``, ``conversation``, ``listing``,
    ``text`` and the others of ``columns.COLUMNS`` to headers; ``options`` holds all these and more (parts of listings,
    header row, source code), and what is given beside it overrides it; ``notes`` is filled as units are drawn. Places
    count code points, 1-based.

    Errors, raised while units are drawn: :class:`UnreadableError` if the file is missing, empty, undecodable or
    malformed; units that came before it are good, the file as a whole is not clean. ``ValueError`` for an unknown kind or
    column.
    """
    if unit != "auto" and unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}; expected auto, {', '.join(UNITS)}")
    options = options or ReadOptions()
    if unit != "auto":
        options = replace(options, unit=unit)
    if agents:
        options = replace(options, agents=tuple(agents))
    if columns:
        mapped = {name: (header,) if isinstance(header, str) else tuple(header) for name, header in columns.items()}
        options = replace(options, columns=mapped)
    name = fspath(path).replace("\\", "/") if sys.platform == "win32" else fspath(path)
    return _read(name, options, encoding, data, ReadNotes() if notes is None else notes)


def _read(
    path: str, options: ReadOptions, encoding: str | None, data: bytes | Input | None, notes: ReadNotes
) -> Iterator[Unit]:
    given = data if isinstance(data, Input) else Input(path, data)
    if not given.size and given.on_disk:
        raise UnreadableError(path, "the file is empty, expected text", "export it again, or --exclude it")
    kinds: set[UnitKind] = set()
    for unit in units_of(given, options, encoding, notes):
        if len(unit.text) > LONGEST_TEXT:
            problem = f"line {unit.position(0)[0]}: found a text of {len(unit.text):,} characters, expected {LONGEST_TEXT:,} at most"
            raise UnreadableError(path, problem, "no shop sends such a text: correct the file or --exclude it")
        kinds.add(unit.unit)
        notes.count(unit)
        yield unit
    notes.files += 1
    if options.unit is None:
        notes.guessed.update(kinds)
