"""What a caller may ask of every reader, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import UnitKind


@dataclass(frozen=True)
class ReadOptions:
    """How files are to be read; every field may come from a config file.

    ``unit`` is None for auto. ``agents`` are glob patterns of agents' names. ``columns`` maps a column of
    ``columns.COLUMNS`` to the headers or keys that hold it, ``parts`` one of ``columns.PARTS`` (title, selling_point,
    detail) to the headers of a listing; both override what is known by itself. ``header_row`` is the 1-based row of the
    header where it cannot be found. ``code`` reads only the string literals of source code.
    """

    unit: UnitKind | None = None
    agents: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    header_row: int | None = None
    code: bool = False

    def kind(self, guess: UnitKind) -> UnitKind:
        """The kind that was asked for, else the guess."""
        return self.unit or guess
