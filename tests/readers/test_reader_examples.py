"""The example chats of every platform: read without a guess left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslint.readers import ReadNotes, read

CHATS = Path(__file__).parents[2] / "examples" / "chats"


@pytest.mark.parametrize(
    "name", ["jd.txt", "taobao.txt", "pdd.txt", "douyin.txt", "kuaishou.csv", "xiaohongshu.csv", "tmall.jsonl"]
)
def test_an_example_is_one_chat_of_a_customer_and_an_agent(name: str) -> None:
    notes = ReadNotes()
    units = list(read(CHATS / name, notes=notes))
    roles = [unit.role for unit in units]
    assert len(units) >= 40
    assert min(roles.count("agent"), roles.count("customer")) >= 20
    assert {unit.unit for unit in units} == {"message"}
    assert len({unit.conversation for unit in units}) == 1
    assert (notes.unknown_roles, notes.unrecognised, notes.columns_aside) == (0, [], {})


@pytest.mark.parametrize("name", ["kuaishou.csv", "xiaohongshu.csv", "tmall.jsonl"])
def test_the_tables_have_times_in_order(name: str) -> None:
    times = [unit.time or "" for unit in read(CHATS / name)]
    assert all(times)
    assert times == sorted(times)
