"""From the paths of the command line to sources, each with its bytes: files, folders, standard input."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cslint.baseline import FILE as BASELINE
from cslint.cli.configured import Judging
from cslint.cli.console import is_terminal
from cslint.cli.errors import near_match
from cslint.cli.notices import Notices, some
from cslint.cli.options import FileOptions
from cslint.readers import Discovery, Input, UnreadableError, discover

STDIN = "-"


class Source(NamedTuple):
    """A thing to check. ``load()`` holds no file in memory; it may raise UnreadableError."""

    name: str  # as it is reported
    load: Callable[[], Input]
    is_file: bool = True


def sources(options: FileOptions, notices: Notices, judging: Judging) -> Iterator[Source | UnreadableError]:
    """Everything to check, in the order it was named, then what was named and cannot be had."""
    found = _without_excluded(
        discover(options.paths or [STDIN], options.exclude, options.force_exclude), options, judging
    )
    if found.left_aside:
        which = [f"{count} {reason}" for reason, count in found.left_aside.most_common()]
        notices.say("left-aside", count=found.left_aside.total(), which=some(which))
    if not found.files and not found.errors:
        notices.say("nothing-to-check")
    output = Path(options.output).resolve() if options.output else None
    own = {Path(words).resolve() for words in judging.all_wordlists()}
    for name in found.files:
        if name == STDIN:
            given = options.stdin_filename or STDIN
            yield Source(given, partial(_standard_input, given, notices), is_file=False)
        elif Path(name).resolve() in own:
            continue  # a word list of this run holds what must not be said
        elif output is not None and Path(name).resolve() == output:
            notices.say("own-output", path=name)
        elif Path(name).name == BASELINE or (
            (baseline := getattr(options, "baseline", None)) and Path(name).resolve() == Path(baseline).resolve()
        ):
            continue  # it holds no texts
        else:
            yield Source(name, partial(Input, name))
    for error in found.errors:
        yield UnreadableError(error.path, error.problem, _did_you_mean(error.path) or error.hint)


def _without_excluded(found: Discovery, options: FileOptions, judging: Judging) -> Discovery:
    """What is left when each file's own configuration has had its say; it says it here, before anything is checked."""
    named = set() if options.force_exclude else {Path(path).as_posix() for path in options.paths}
    kept = tuple(name for name in found.files if name in named or not judging.excludes(name))
    for name in kept:
        judging.linter(options.stdin_filename or STDIN if name == STDIN else name)
    left_aside = found.left_aside + Counter({"excluded": len(found.files) - len(kept)})
    return replace(found, files=kept, left_aside=left_aside)


def nothing_named(options: FileOptions) -> bool:
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
