"""What the reader tests share: reading from memory, and the law that every place must keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cslint.model import Unit
from cslint.readers import ReadNotes, Source, read

Read = Callable[..., list[Unit]]


@pytest.fixture
def notes() -> ReadNotes:
    return ReadNotes()


@pytest.fixture
def read_as(notes: ReadNotes) -> Read:
    """``read_as("chat.txt", text, agents=…)``: the units of a text under a name, each checked for its places."""

    def read_text(name: str, text: str, **options: Any) -> list[Unit]:
        units = list(read(name, data=text.encode("utf-8", "surrogatepass"), notes=notes, **options))
        if not name.endswith((".json", ".jsonl")):
            for unit in units:
                assert_verbatim(unit, text)
        return units

    return read_text


def assert_verbatim(unit: Unit, text: str) -> None:
    """Every character of the unit stands in the source where the unit says."""
    source = Source(text.removeprefix("\ufeff"))
    for offset, character in enumerate(unit.text):
        line, column = unit.position(offset)
        at = source.offset(line, column)
        assert source.text[at] == character, (unit, offset)
        assert source.position(at) == (line, column)
