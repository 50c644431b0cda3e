"""From a finding back to its unit: the whole text in which the span stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from cslint.model import Finding, Place, Unit

_Key = tuple[object, ...]


class UnitIndex:
    """The units of one file, by place."""

    def __init__(self, units: Iterable[Unit]) -> None:
        groups: dict[_Key, list[tuple[tuple[int, int], Unit]]] = defaultdict(list)
        for unit in units:
            groups[_key(unit)].append((unit.position(0), unit))
        self._groups = {key: sorted(group, key=lambda item: item[0]) for key, group in groups.items()}

    def unit_of(self, finding: Finding) -> Unit | None:
        """The unit that the finding's span stands in; None for one that is about more than a text."""
        group = self._groups.get(_key(finding.place), [])
        position = (finding.place.line, finding.place.column)
        for at in range(bisect_right(group, position, key=lambda item: item[0]) - 1, -1, -1):
            unit = group[at][1]
            if unit.text[finding.start : finding.end] == finding.matched and unit.position(finding.start) == position:
                return unit
            if group[at][0] < position and at + 1 < len(group) and group[at][0] != group[at + 1][0]:
                break  # units do not overlap: no earlier one reaches this far
        return None


def _key(item: Unit | Place) -> _Key:
    return item.row, item.field, item.sheet, item.cell, item.pointer
