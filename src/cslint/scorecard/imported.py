"""The points that no chat shows (refund rate, attendance …), from a CSV file that the shop keeps."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec

from cslint.readers import UnreadableError, decode

_AGENT = ("客服", "姓名", "账号", "agent", "name")
_ITEM = ("项目", "事项", "考核项", "item")
_POINTS = ("得分", "分数", "points", "score")


class Imported(msgspec.Struct, frozen=True):
    """The points of one agent by item; extra points and deductions are items with a positive or negative number."""

    items: dict[str, float]


class ImportedError(Exception):
    """A file that cannot be used. ``str()`` is ready to print."""


def read_imported(path: Path) -> dict[str, Imported]:
    """Agent → points by item. The file has the columns 客服, 项目 and 得分 (agent, item, points). Raises ImportedError."""
    try:
        text, _ = decode(path.read_bytes(), None, str(path))
    except OSError as error:
        raise ImportedError(f"{path}: cannot be read: {error.strerror}") from None
    except UnreadableError as error:
        raise ImportedError(f"{path}: {error.problem}\n  hint: {error.hint}") from None
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    header = [cell.strip().casefold() for cell in next(rows, [])]
    columns = [_column(path, header, names) for names in (_AGENT, _ITEM, _POINTS)]
    found: dict[str, dict[str, float]] = {}
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        agent, item, points = (row[at].strip() if at < len(row) else "" for at in columns)
        try:
            value = float(points)
        except ValueError:
            raise ImportedError(f"{path}:{number}: {points!r} is not a number of points") from None
        if not agent or not item:
            raise ImportedError(f"{path}:{number}: an agent and an item are wanted")
        items = found.setdefault(agent, {})
        items[item] = items.get(item, 0.0) + value
    return {agent: Imported(items) for agent, items in found.items()}


def _column(path: Path, header: list[str], names: tuple[str, ...]) -> int:
    for at, name in enumerate(header):
        if name in names:
            return at
    raise ImportedError(f"{path}:1: no column {names[0]} ({names[-2]}); found {', '.join(header) or 'nothing'}")
