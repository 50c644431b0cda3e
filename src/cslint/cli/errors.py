"""What stops a command: a message ready to print, and the nearest known word for a mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


class CommandError(Exception):
    """A command that cannot go on; exit code 2. ``str()`` is ready to print, the next step included."""


def near_match(
    word: str, choices: Iterable[str], also: Mapping[str, str] | None = None, *, cutoff: float = 0.55
) -> str:
    """What may have been meant: ``also`` maps other names to a choice (京东 → jd). Empty if nothing is near."""
    known = {choice.casefold(): choice for choice in choices}
    synonyms = {name.casefold(): choice for name, choice in (also or {}).items()}
    found = difflib.get_close_matches(word.casefold(), [*known, *synonyms], n=1, cutoff=cutoff)
    return (known | synonyms)[found[0]] if found else ""


def unknown(what: str, word: str, choices: Iterable[str], also: Mapping[str, str] | None = None) -> str:
    """`unknown platform 'pd': did you mean 'pdd'?`, or the choices when none is near and they are few."""
    choices = list(choices)
    match = near_match(word, choices, also)
    if match:
        return f"unknown {what} {word!r}: did you mean {match!r}?"
    if 0 < len(choices) <= 16:
        return f"unknown {what} {word!r}: expected one of {', '.join(choices)}"
    return f"unknown {what} {word!r}"
