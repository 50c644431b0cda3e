"""From the paths of the command line to sources, each with its bytes: files, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cslint.cli.console import is_terminal
from cslint.cli.errors import near_match
from cslint.cli.notices import Notices, some
from cslint.cli.options import CheckOptions
from cslint.readers import Input, UnreadableError, discover

STDIN = "-"


class Source(NamedTuple):
    """A thing to check. ``load()`` holds no file in memory; it may raise UnreadableError."""

    name: str  # as it is reported
    load: Callable[[], Input]


def sources(options: CheckOptions, notices: Notices) -> Iterator[Source | UnreadableError]:
    """Everything to check, in the order it was named, then what was named and cannot be had."""
    found = discover(options.paths or [STDIN], options.exclude, options.force_exclude)
    if found.left_aside:
        which = [f"{count} {reason}" for reason, count in found.left_aside.most_common()]
        notices.say("left-aside", count=found.left_aside.total(), which=some(which))
    if not found.files and not found.errors:
        notices.say("nothing-to-check")
    output = Path(options.output).resolve() if options.output else None
    for name in found.files:
        if name == STDIN:
            given = options.stdin_filename or STDIN
            yield Source(given, partial(_standard_input, given, notices))
        elif output is not None and Path(name).resolve() == output:
            notices.say("own-output", path=name)
        else:
            yield Source(name, partial(Input, name))
    for error in found.errors:
        yield UnreadableError(error.path, error.problem, _did_you_mean(error.path) or error.hint)


def nothing_named(options: CheckOptions) -> bool:
    """True if there is neither a path nor anything piped in."""
    return not options.paths and is_terminal(sys.stdin)


def _standard_input(name: str, notices: Notices) -> Input:
    given = Input(name, sys.stdin.buffer.read())
    if not given.size:
        notices.say("empty-stdin")
    return given


def _did_you_mean(name: str) -> str:
    path = Path(name)
    if path.exists() or not path.parent.is_dir():
        return ""
    match = near_match(path.name, [entry.name for entry in path.parent.iterdir()], cutoff=0.75)
    return f"did you mean {(path.parent / match).as_posix()}?" if match else ""
