"""Runs the command line as a process of its own, over the small rulebook of these tests."""

from __future__ import annotations

from pathlib import Path

import cslint.rulebook.find
import cslint.rulebook.load
from cslint.__main__ import main


def small_rulebook() -> Path:
    return Path(__file__).parent / "wordlists"


cslint.rulebook.find.shipped_wordlists = small_rulebook
cslint.rulebook.load.shipped_wordlists = small_rulebook

if __name__ == "__main__":
    main()
