"""Parquet: columns by their names, records by their number, and what is said where pyarrow is not installed."""

from __future__ import annotations

import sys

import pytest
import shop

from cslint.readers import ReadNotes, UnreadableError, read


def test_records_of_a_chat() -> None:
    units = list(read("a.parquet", data=shop.parquet(shop.TABLE)))
    assert [(u.row, u.field, u.role, u.sender, u.conversation, u.moment) for u in units] == [
        (1, "内容", "customer", "tb88**1", "T1", "2024-05-01T09:00:01+08:00"),
        (2, "内容", "agent", "小花家:小美", "T1", "2024-05-01T09:00:20+08:00"),
    ]


def test_columns_that_nobody_knows_are_checked_whole() -> None:
    notes = ReadNotes()
    units = list(read("a.parquet", data=shop.parquet([["甲", "乙"], ["加微信", "5"]]), notes=notes))
    assert [(u.row, u.text, u.unit) for u in units] == [(1, "加微信", "public")]
    assert notes.unrecognised == ["a.parquet"]


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = shop.parquet(shop.TABLE)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UnreadableError, match=r"needs pyarrow; install it with: pip install 'cslint\[parquet\]'"):
        list(read("a.parquet", data=data))
