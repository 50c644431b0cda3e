"""The three streams: which encoding and colours they bear, and how they end quietly."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

from cslint.reporters.labels import Lang
from cslint.reporters.run import Style

_REDIRECTED_WIDTH = 120


def prepare() -> None:
    """Let no character stop the output: what a GBK console cannot show is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def is_terminal(stream: TextIO) -> bool:
    """True for a terminal; false for a file, a pipe and a closed stream."""
    return not stream.closed and stream.isatty()


def style_for(out: TextIO, lang: Lang, *, footer: bool = True) -> Style:
    """Colours on a terminal, unless NO_COLOR is set (no-color.org) or it is a dumb one."""
    terminal = is_terminal(out)
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = terminal and wanted and _understands_colours()
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
    return Style(
        lang=lang,
        colour=colour,
        width=shutil.get_terminal_size().columns if terminal else _REDIRECTED_WIDTH,
        ascii_only=encoding not in ("utf8", "utf8sig"),
        footer=footer,
    )


def _understands_colours() -> bool:
    """A Windows console has to be asked to read colours; an old one cannot."""
    if sys.platform == "win32":
        import ctypes

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        handle = kernel.GetStdHandle(-11)  # the standard output
        return bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)) and kernel.SetConsoleMode(handle, mode.value | 4))
    return True


def abandon_output() -> None:
    """The reader of our output is gone: send what is left nowhere, so that closing the stream says nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    finally:
        os.close(nowhere)
