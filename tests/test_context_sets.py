"""Sentences judged in context, by a hand that knew neither the rules nor the engine. Honest once; since then they guard.

First look (before any repair) of set 1: offences 109/150 caught, polite look-alikes 12/150 flagged; listing lines:
violations 35/40 caught, exempt 10/60 flagged. Of set 2: 104/150 and 5/150; of set 3: 101/150 and
13/150; of set 4: 117/150 and 12/150 before set 3 was mended and what a message means learnt from 16,000 sentences more, 138/150 and 10/150
after, unread; of set 5: 140/150 and 3/150. Two polite rows of set 4 name another platform than the one they are asked on. The floors below are what holds now; raise them when a mechanism improves, never
add a row's wording to a list. Promises of a carrier or a day are ``info`` by design and count as missed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cslint import Linter

DATA = Path(__file__).with_name("data") / "blind"
OFFENCES_CAUGHT = {1: 146, 2: 136, 3: 141, 4: 135, 5: 139}
POLITE_FLAGGED = {1: 1, 2: 4, 3: 0, 4: 3, 5: 0}
VIOLATIONS_CAUGHT = 39
EXEMPT_FLAGGED = 1


def rows(name: str, number: int = 1) -> Iterator[dict[str, str]]:
    head, *lines = (DATA / f"context-{name}-{number}.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    for line in lines:
        yield dict(zip(head.split("\t"), line.split("\t"), strict=True))


@pytest.fixture(scope="module")
def linters() -> dict[str, Linter]:
    return {platform: Linter(platform) for platform in ("jd", "taobao", "tmall", "pdd", "douyin")}


@pytest.mark.parametrize("number", OFFENCES_CAUGHT)
def test_offences_without_a_listed_word_are_caught(number: int, linters: dict[str, Linter]) -> None:
    missed = []
    for row in rows("offences", number):
        linter = linters["pdd" if row["platform"] == "any" else row["platform"]]
        if all(f.severity == "info" for f in linter.check(row["text"])):
            missed.append(row["text"])
    assert 150 - len(missed) >= OFFENCES_CAUGHT[number], missed


@pytest.mark.parametrize("number", POLITE_FLAGGED)
def test_polite_sentences_with_the_same_words_stay_silent(number: int, linters: dict[str, Linter]) -> None:
    flagged = [
        row["text"]
        for row in rows("polite", number)
        if any(f.severity != "info" for f in linters["pdd"].check(row["text"]))
    ]
    assert len(flagged) <= POLITE_FLAGGED[number], flagged


def test_absolute_words_in_listings_are_judged_in_their_line(linters: dict[str, Linter]) -> None:
    caught, flagged = 0, []
    for row in rows("listings"):
        start = row["text"].index(row["word"])
        hit = any(
            f.group == "absolute" and f.severity != "info" and f.start < start + len(row["word"]) and f.end > start
            for f in linters["jd"].check(row["text"], unit="listing")
        )
        caught += hit and row["label"] == "violation"
        if hit and row["label"] == "exempt":
            flagged.append(row["text"])
    assert caught >= VIOLATIONS_CAUGHT
    assert len(flagged) <= EXEMPT_FLAGGED, flagged
