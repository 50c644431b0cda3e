"""`cslint init`: a commented cslint.toml to start from."""

from __future__ import annotations

from pathlib import Path

import typer

from cslint.cli.binding import takes
from cslint.cli.errors import CommandError
from cslint.cli.notices import Notices
from cslint.cli.options import InitOptions
from cslint.config.sources import FILE
from cslint.config.template import template


@takes(InitOptions)
def init(_ctx: typer.Context, options: InitOptions) -> None:
    """Write a commented cslint.toml into the working directory. An existing one is left alone."""
    path = Path(FILE)
    if path.exists():
        raise CommandError(
            f"{FILE} is already there\n  hint: edit it, or remove it first; `cslint config` shows what it says"
        )
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(template(options.language, options.platform))
    except OSError as error:
        raise CommandError(f"{FILE}: cannot be written: {error.strerror}") from None
    Notices(options.language).say("config-written", file=FILE)
