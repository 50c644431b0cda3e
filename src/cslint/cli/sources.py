"""From the paths of the command line to sources, each with its bytes: files, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from cslint.cli.console import is_terminal
from cslint.cli.errors import near_match
from cslint.cli.notices import Notices, some
from cslint.cli.options import FileOptions
from cslint.readers import UnreadableError, discover

STDIN = "-"


class Source(NamedTuple):
    """A thing to check. ``load()`` may raise OSError."""

    name: str  # as it is reported
    load: Callable[[], bytes]


def sources(options: FileOptions, notices: Notices) -> Iterator[Source | UnreadableError]:
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
            yield Source(options.stdin_filename or STDIN, lambda: _standard_input(notices))
        elif output is not None and Path(name).resolve() == output:
            notices.say("own-output", path=name)
        else:
            yield Source(name, Path(name).read_bytes)
    for error in found.errors:
        yield UnreadableError(error.path, error.problem, _did_you_mean(error.path) or error.hint)


def nothing_named(options: FileOptions) -> bool:
    """True if there is neither a path nor anything piped in."""
    return not options.paths and is_terminal(sys.stdin)


def _standard_input(notices: Notices) -> bytes:
    data = sys.stdin.buffer.read()
    if not data:
        notices.say("empty-stdin")
    return data


def _did_you_mean(name: str) -> str:
    path = Path(name)
    if path.exists() or not path.parent.is_dir():
        return ""
    match = near_match(path.name, [entry.name for entry in path.parent.iterdir()], cutoff=0.75)
    return f"did you mean {(path.parent / match).as_posix()}?" if match else ""
