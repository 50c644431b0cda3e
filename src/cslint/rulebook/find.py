"""Where the shipped word lists are: inside an installed wheel, or beside `src/` in an editable checkout."""

from __future__ import annotations

from pathlib import Path

from cslint.rulebook.errors import RulebookError


def shipped_wordlists() -> Path:
    """The folder of the shipped rulebook. Raises RulebookError if the installation is incomplete."""
    package = Path(__file__).resolve().parents[1]
    candidates = (package / "wordlists", package.parents[1] / "wordlists")
    for folder in candidates:
        if (folder / "lexicon").is_dir():
            return folder
    raise RulebookError(
        str(candidates[0]),
        None,
        "",
        "the shipped word lists are missing",
        "install cslint again: pipx reinstall cslint",
    )
