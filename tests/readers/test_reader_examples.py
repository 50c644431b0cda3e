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


EXAMPLES = CHATS.parent


@pytest.mark.parametrize(
    ("name", "agents", "customers", "statuses"),
    [
        ("qianniu.txt", 3, 3, {"recalled"}),
        ("qianniu.xlsx", 3, 3, {"missing"}),
        ("qq.txt", 2, 2, set()),
        ("wecom.jsonl", 2, 1, set()),
        ("jd-interface.json", 2, 2, set()),
        ("wechat.csv", 1, 2, {"recalled"}),
    ],
)
def test_chats_in_the_shape_of_their_export(name: str, agents: int, customers: int, statuses: set[str]) -> None:
    notes = ReadNotes()
    units = list(read(CHATS / name, notes=notes))
    roles = [unit.role for unit in units]
    assert (roles.count("agent"), roles.count("customer"), notes.unknown_roles) == (agents, customers, 0)
    assert {unit.status for unit in units} - {None} == statuses
    assert all(unit.moment for unit in units if unit.role in ("agent", "customer"))
    assert (notes.unrecognised, notes.columns_aside, notes.ragged_rows) == ([], {}, 0)


@pytest.mark.parametrize(
    ("name", "kind", "texts"),
    [
        ("listings/detail.html", "listing", 7),
        ("listings/taobao-assistant.csv", "listing", 7),
        ("listings/back-office.xls", "listing", 4),
        ("templates/quick-phrases.xlsx", "public", 3),
        ("templates/replies.yaml", "public", 4),
    ],
)
def test_listings_and_templates(name: str, kind: str, texts: int) -> None:
    units = list(read(EXAMPLES / name))
    assert len(units) == texts
    assert {(unit.unit, unit.role) for unit in units} == {(kind, "agent")}
