"""Speed as ratios in one run: checking against a bare automaton pass over the same texts.

Run `make bench`. Absolute times depend on the machine; the ratios are what to compare between versions.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import ahocorasick

from cslint import Linter

ROOT = Path(__file__).resolve().parents[1]
TEXTS = 20_000
ROUNDS = 5


def chat_lines() -> list[str]:
    """Chat lines made from the examples, shuffled so that no two runs of lines are alike."""
    lines = [
        line.split("：", 1)[-1].strip()
        for path in sorted((ROOT / "examples/chats").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    chooser = random.Random(7)
    return [chooser.choice(lines) + str(chooser.randrange(10)) for _ in range(TEXTS)]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    linter = Linter("jd")
    bare = ahocorasick.Automaton()
    for number, term in enumerate(t.text for r in linter.rules.values() for t in r.terms if t.kind == "literal"):
        bare.add_word(term, number)
    bare.make_automaton()
    texts = chat_lines()
    one = "亲您好,这款是有现货的,今天下单明天为您安排发出哦,请放心选购呢"
    list(linter.check_many(texts[:2000]))
    linter.check(one)
    many, single = [], []
    for _ in range(ROUNDS):
        floor = seconds(lambda: [list(bare.iter(text)) for text in texts])
        many.append(seconds(lambda: list(linter.check_many(texts))) / floor)
        floor = seconds(lambda: [list(bare.iter(one)) for _ in range(2000)])
        single.append(seconds(lambda: [linter.check(one) for _ in range(2000)]) / floor)
    print(f"check_many over {TEXTS} chat lines / bare automaton pass: {statistics.median(many):.2f}")
    print(f"check of one message / bare automaton pass over it:     {statistics.median(single):.2f}")


if __name__ == "__main__":
    main()
