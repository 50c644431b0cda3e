"""What reading leaves to say: counts for the notices that a run prints once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ..model import Unit, UnitKind


@dataclass
class ReadNotes:
    """Counts over all files read so far; the one mutable thing here, filled by ``read`` as its units are drawn.

    ``guessed`` counts files by the unit kind that ``--unit auto`` chose, ``unknown_speakers`` the messages of each
    speaker whose role is not known, ``untimed`` those of conversations without a time, ``columns_aside`` the cells of
    columns that hold no text to check, ``textless`` the messages without words (pictures, voices), and ``unrecognised``
    the tables and JSON files in which no column is known, so that all their text was checked.
    """

    files: int = 0
    units: int = 0
    unknown_roles: int = 0
    ragged_rows: int = 0
    untimed: int = 0
    textless: int = 0
    guessed: Counter[UnitKind] = field(default_factory=Counter)
    unknown_speakers: Counter[str] = field(default_factory=Counter)
    columns_aside: Counter[str] = field(default_factory=Counter)
    unrecognised: list[str] = field(default_factory=list)

    def count(self, unit: Unit) -> None:
        """Count one unit as it is handed out."""
        self.units += 1
        if unit.role == "unknown":
            self.unknown_roles += 1
            self.unknown_speakers[unit.sender or ""] += 1

    def merge(self, other: ReadNotes) -> None:
        """Add the notes of another process or run."""
        self.files += other.files
        self.units += other.units
        self.unknown_roles += other.unknown_roles
        self.ragged_rows += other.ragged_rows
        self.untimed += other.untimed
        self.textless += other.textless
        self.guessed.update(other.guessed)
        self.unknown_speakers.update(other.unknown_speakers)
        self.columns_aside.update(other.columns_aside)
        self.unrecognised.extend(other.unrecognised)
