"""What a caller may ask of every reader, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import UnitKind


@dataclass(frozen=True)
class ReadOptions:
    """``unit`` is None for auto; ``agents`` are glob patterns of agents' names; ``columns`` maps a field to headers."""

    unit: UnitKind | None = None
    agents: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kind(self, guess: UnitKind) -> UnitKind:
        """The kind that was asked for, else the guess."""
        return self.unit or guess
