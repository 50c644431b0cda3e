"""Which configuration holds for a file: the one named, none, or the nearest in the folders above it."""

from __future__ import annotations

import os
from pathlib import Path

from cslint.config.load import PYPROJECT, Config, has_section, load_config

FILE = "cslint.toml"


def find_config(folder: str | Path) -> Path | None:
    """The nearest cslint.toml, or pyproject.toml with [tool.cslint], in ``folder`` or above; None if there is none."""
    start = Path(os.path.abspath(folder))  # noqa: PTH100
    for above in (start, *start.parents):
        found = _in_folder(above)
        if found is not None:
            return found
    return None


def _in_folder(folder: Path) -> Path | None:
    own, shared = folder / FILE, folder / PYPROJECT
    if own.is_file():
        return own
    return shared if shared.is_file() and has_section(shared) else None


class Configs:
    """The configurations of a run, each read once. ``named`` overrides the search, ``isolated`` leaves it out."""

    def __init__(self, named: str | None = None, *, isolated: bool = False) -> None:
        self._fixed = load_config(named) if named is not None else Config() if isolated else None
        self._by_folder: dict[Path, Path | None] = {}
        self._loaded: dict[Path, Config] = {}
        self._none = Config()

    def here(self) -> Config:
        """The configuration of the run as a whole: that of the working directory. Raises ConfigError."""
        return self._nearest(Path.cwd())

    def for_file(self, path: str | Path | None) -> Config:
        """The configuration for a file; that of the working directory for None and for standard input."""
        if path is None or str(path) == "-":
            return self.here()
        return self._nearest(Path(os.path.abspath(path)).parent)  # noqa: PTH100

    def _nearest(self, folder: Path) -> Config:
        if self._fixed is not None:
            return self._fixed
        found = self._find(folder)
        if found is None:
            return self._none
        if found not in self._loaded:
            self._loaded[found] = load_config(found)
        return self._loaded[found]

    def _find(self, folder: Path) -> Path | None:
        if folder not in self._by_folder:
            own = _in_folder(folder)
            above = folder.parent
            self._by_folder[folder] = own or (self._find(above) if above != folder else None)
        return self._by_folder[folder]
