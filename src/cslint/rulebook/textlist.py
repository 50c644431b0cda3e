"""A shop's own words as a plain list: `term`, `term => rewrite`, `# comment`."""

from __future__ import annotations

import re
from pathlib import Path

from cslint.model import Basis
from cslint.rulebook.errors import RulebookError
from cslint.rulebook.rule import Rewrite, Rule, Spelling, Term

UNITS = ("message", "listing", "public")


def read_text_list(path: Path, number: int) -> Rule:
    """One rule of group ``own`` for the whole list. Raises RulebookError for a line that says nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise RulebookError(str(path), None, "", f"byte {error.start} is not UTF-8", "save the list as UTF-8") from None
    except OSError as error:
        raise RulebookError(str(path), None, "", f"cannot be read: {error.strerror}") from None
    terms: dict[str, Term] = {}
    for at, line in enumerate(lines, 1):
        text = re.sub(r"(^|\s)#.*$", "", line).strip()
        if not text:
            continue
        term, arrow, rewrite = (part.strip() for part in text.partition("=>"))
        if not term or (arrow and not rewrite):
            raise RulebookError(str(path), at, "", f"{text!r} is not `term` or `term => rewrite`")
        if term in terms:
            raise RulebookError(str(path), at, "", f"{term!r} stands in the list twice")
        terms[term] = Term(
            kind="literal",
            text=term,
            label=term,
            rewrites=(rewrite,) if rewrite else (),
            spelling=Spelling(noise=len(term) > 1),
        )
    if not terms:
        raise RulebookError(str(path), None, "", "the list has no terms", "write one term a line")
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "words"
    return Rule(
        id=f"OWN{number:03d}",
        name=f"own-{stem}",
        group="own",
        severity="error",
        severities=dict.fromkeys(UNITS, "error"),
        title={"zh": f"本店词表:{path.name}", "en": f"the shop's own list {path.name}"},
        why={"zh": "本店自己规定不说的词。", "en": "A word that the shop itself has ruled out."},
        basis=(Basis(source=path.name, grade="house"),),
        units=UNITS,
        roles=("agent", "bot"),
        terms=tuple(terms.values()),
        rewrites=(Rewrite("请换一种说法。"),),
        path=str(path),
    )
