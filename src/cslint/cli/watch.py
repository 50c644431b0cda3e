"""`--watch`: check again whenever a file changes. Files are looked at, not listened to: that works on network drives too."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cslint.baseline import BaselineError
from cslint.cli.console import is_terminal
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.cli.notices import Notices
from cslint.cli.options import CheckOptions
from cslint.config import ConfigError, find_config
from cslint.config.load import load_config
from cslint.readers import discover
from cslint.rulebook.errors import RulebookError
from cslint.suppression.sidecar import FILE as SIDECAR

_SECONDS = 1.0  # between two looks

State = dict[str, tuple[int, int]]


def watch(options: CheckOptions, check: Callable[[CheckOptions, Notices], object]) -> ExitCode:
    """Check, wait for a change, check again, until Ctrl-C. Raises CommandError for standard input."""
    if not options.paths or "-" in options.paths:
        raise CommandError("--watch needs files or folders: standard input cannot change")
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            notices = Notices(options.language, quiet=options.quiet)
            before = _state(options)
            try:
                check(options, notices)
            except (CommandError, ConfigError, RulebookError, BaselineError) as error:
                notices.error(error)
            notices.say("watching")
            while _state(options) == before:
                pause()
            if is_terminal(sys.stdout):
                sys.stdout.write("\x1b[2J\x1b[H")
    return ExitCode.CLEAN


def pause() -> None:
    """Wait between two looks."""
    time.sleep(_SECONDS)


def _state(options: CheckOptions) -> State:
    """Size and time of all that decides what a run says."""
    found = discover(options.paths, options.exclude, options.force_exclude)
    names = {*found.files, *options.wordlist, *filter(None, (options.config, options.baseline))}
    for folder in {Path(name).absolute().parent for name in found.files} | {Path.cwd()}:
        config = None if options.isolated else find_config(folder)
        if config is not None:
            names |= {str(config), *_lists_of(config)}
        names |= {str(above / SIDECAR) for above in (folder, *folder.parents)}
    state: State = {}
    for name in names:
        with contextlib.suppress(OSError):
            facts = Path(name).stat()
            state[name] = facts.st_mtime_ns, facts.st_size
    return state


def _lists_of(config: Path) -> tuple[str, ...]:
    try:
        return load_config(config).words("wordlists")
    except ConfigError:
        return ()
