"""How new text is spelled in a format: as it is, with JSON escapes, with CSV quotes, with HTML or YAML escapes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cslint.fixer.rewrites import Change, changed
from cslint.model import Unit
from cslint.readers import Source


class Patch(NamedTuple):
    """The changes of one unit, in its text, in order."""

    unit: Unit
    changes: tuple[Change, ...]

    @property
    def text(self) -> str:
        """The text of the unit afterwards."""
        return changed(self.unit.text, self.changes)


class Edit(NamedTuple):
    """New characters in place of a half-open span of the file's text."""

    start: int
    end: int
    text: str


Spelling = Callable[[Patch, Source], "list[Edit] | None"]


def _in_place(spell: Callable[[str, str], str]) -> Spelling:
    """Each change where it stands; ``spell`` is given the new text and the old characters of the file."""

    def spelled(patch: Patch, source: Source) -> list[Edit] | None:
        edits = []
        for change in patch.changes:
            start, end = (source.offset(*patch.unit.position(at)) for at in (change.start, change.end))
            old, said = source.text[start:end], patch.unit.text[change.start : change.end]
            if start > end or ("<" in old and "<" not in said):
                return None  # there is markup inside the span, which a rewrite would swallow
            edits.append(Edit(start, end, spell(change.text, old)))
        return edits

    return spelled


def _csv(patch: Patch, source: Source) -> list[Edit] | None:
    """In a quoted cell quotes are doubled; a bare cell that needs quotes now is written anew in quotes."""
    start, end = (source.offset(*patch.unit.position(at)) for at in (0, len(patch.unit.text)))
    if source.text[start - 1 : start] == '"':
        return _in_place(lambda new, _old: new.replace('"', '""'))(patch, source)
    if _NEEDS_QUOTES.isdisjoint("".join(change.text for change in patch.changes)):
        return _as_it_is(patch, source)
    return [Edit(start, end, '"' + patch.text.replace('"', '""') + '"')]


_NEEDS_QUOTES = frozenset('",;\t\r\n')  # whichever delimiter the table has
_as_it_is = _in_place(lambda new, _old: new)
_as_json = _in_place(lambda new, old: json.dumps(new, ensure_ascii=old.isascii() and not new.isascii())[1:-1])
_as_html = _in_place(lambda new, _old: html.escape(new, quote=False))
_as_attribute = _in_place(lambda new, _old: html.escape(new))
_as_single_quoted = _in_place(lambda new, _old: new.replace("'", "''"))


def spellings(unit: Unit) -> Sequence[Spelling]:
    """The ways of writing in the format that a unit comes from, likeliest first; what reads back as it should is right."""
    if unit.pointer is not None:
        return _as_json, _as_it_is, _as_single_quoted
    if unit.row is not None:
        return (_csv,)
    return _as_it_is, _as_html, _as_attribute


def edited(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with the edits made. They do not overlap."""
    return changed(text, [Change(*edit) for edit in sorted(edits)])
