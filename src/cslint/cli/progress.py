"""A progress bar on stderr for long work: on a terminal, and only while the findings go somewhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from cslint.cli.console import is_terminal
from cslint.cli.options import CheckOptions

Item = TypeVar("Item")
_FEWEST = 20  # files; less is over before a bar could be read


def tracked(items: Sequence[Item], options: CheckOptions) -> Iterable[Item]:
    """The items, counted on stderr as they are taken where somebody is there to see it."""
    aside = options.output is not None or options.diff or not is_terminal(sys.stdout)
    if options.quiet or not aside or len(items) < _FEWEST or not is_terminal(sys.stderr):
        return items
    return _tracked(items, "检查" if options.lang == "zh" else "Checking")


def _tracked(items: Sequence[Item], words: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import track

    yield from track(items, words, console=Console(stderr=True), transient=True)
