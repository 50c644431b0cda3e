"""Sets written by hands that knew neither the rules nor the engine. Each was honest once; since then it guards.

First look (before any repair): set 1 157/200 caught, 12/200 flagged; set 2 169/200, 8/200; set 3 173/200, 5/200;
set 4 129/200, 7/200; set 5 132/200, 5/200; set 6 158/200, 7/200. Sets 4 and 5 ask for dialects, descriptions and names
that were in no rule file. Set 7 170/200, 7/200. Set 8 172/200, 8/200 before set 7 was mended and 188/200, 11/200 after, unread; set 9 then
182/200, 5/200; set 10 then 183/200, 9/200.
The floors below are what holds now; raise them when a mechanism improves, never add a row's spelling to a list.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cslint import Linter

DATA = Path(__file__).with_name("data") / "blind"
GROUPS = {
    "third_party": {"third-party", "contact"},
    "contact": {"contact", "third-party", "privacy"},
    "uncivil": {"uncivil"},
    "absolute": {"absolute"},
}
FOREIGN = {"支付宝": "pdd", "淘宝": "jd", "天猫": "pdd", "闲鱼": "jd", "京东": "taobao", "拼多多": "taobao"}
CAUGHT = {1: 193, 2: 198, 3: 195, 4: 198, 5: 197, 6: 197, 7: 198, 8: 191, 9: 189, 10: 188}
FLAGGED = {1: 0, 2: 0, 3: 1, 4: 1, 5: 0, 6: 1, 7: 1, 8: 2, 9: 3, 10: 3}


def rows(name: str) -> Iterator[dict[str, str]]:
    head, *lines = (DATA / name).read_text(encoding="utf-8").rstrip("\n").split("\n")
    for line in lines:
        yield dict(zip(head.split("\t"), line.split("\t"), strict=True))


@pytest.fixture(scope="module")
def linters() -> dict[str, Linter]:
    return {platform: Linter(platform) for platform in ("jd", "taobao", "tmall", "pdd")}


@pytest.mark.parametrize("number", CAUGHT)
def test_disguised_words_are_caught(number: int, linters: dict[str, Linter]) -> None:
    caught = 0
    for row in rows(f"evasions-{number}.tsv"):
        linter = linters[FOREIGN.get(row["canonical"], "pdd")]
        start = row["text"].index(row["evasive_span"])
        end = start + len(row["evasive_span"])
        found = linter.check(row["text"], unit="listing" if row["category"] == "absolute" else "message")
        caught += any(
            f.start < end and f.end > start and f.group in GROUPS[row["category"]] and f.severity != "info"
            for f in found
        )
    assert caught >= CAUGHT[number]


@pytest.mark.parametrize("number", FLAGGED)
def test_innocent_sentences_stay_silent(number: int, linters: dict[str, Linter]) -> None:
    flagged = []
    for row in rows(f"innocent-{number}.tsv"):
        unit = "listing" if row["role"] == "listing" else "message"
        role = "customer" if row["role"] == "customer" else "agent"
        for platform in linters if row["platform"] == "any" else (row["platform"],):
            if any(f.severity != "info" for f in linters[platform].check(row["text"], unit=unit, role=role)):
                flagged.append(row["text"])
                break
    assert len(flagged) <= FLAGGED[number], flagged
