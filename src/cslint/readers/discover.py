"""Paths to files: folders walked by known extensions, ignore files and excludes honoured, nothing lost unseen."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from pathspec import GitIgnoreSpec

from .errors import UnreadableError
from .formats import EXTENSIONS, extension

_NEVER = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox"})
_OWN = frozenset({"cslint.toml", "cslint-ignore.toml", "cslint-baseline.json"})  # they quote what is forbidden
_STDIN = "-"


@dataclass(frozen=True)
class Discovery:
    """What the paths hold: files in order, what was left aside, and what could not be read.

    ``left_aside`` counts by extension (``.png``, or ``no extension``) or by reason: ``.gitignore``, ``excluded``,
    ``hidden``, ``linked folder``, ``special file``; the folders that are never walked, and the linter's own files, by
    their names.
    """

    files: tuple[str, ...] = ()
    left_aside: Counter[str] = field(default_factory=Counter)
    errors: tuple[UnreadableError, ...] = ()


def discover(
    paths: Sequence[str | os.PathLike[str]],
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    *,
    root: str | os.PathLike[str] | None = None,
) -> Discovery:
    """The files to read, each once, in the order of the paths and sorted within a folder.

    A named file is always taken, whatever its extension, unless ``force_exclude`` and a pattern in ``exclude`` match
    it. ``exclude`` are patterns as in .gitignore, relative to ``root`` (the working directory by default). ``-`` is
    stdin. Paths have ``/`` on every system. Links to folders inside a folder are not followed, so a loop cannot occur.
    """
    walk = _Walk(GitIgnoreSpec.from_lines(exclude), Path.cwd() if root is None else Path(root))
    for path in paths:
        walk.take(os.fspath(path), force_exclude)
    return Discovery(tuple(walk.files), walk.left_aside, tuple(walk.errors))


class _Walk:
    def __init__(self, exclude: GitIgnoreSpec, root: Path) -> None:
        self.exclude = exclude
        self.root = root.absolute()
        self.files: dict[str, None] = {}
        self.seen: set[str] = set()
        self.left_aside: Counter[str] = Counter()
        self.errors: list[UnreadableError] = []

    def take(self, path: str, force_exclude: bool) -> None:
        """Take one path of the command line."""
        if path == _STDIN:
            self.files[path] = None
        elif Path(path).is_dir():
            self._folder(Path(path), _ignores_above(Path(path)))
        elif Path(path).exists():
            if force_exclude and self._is_excluded(Path(path), folder=False):
                self.left_aside["excluded"] += 1
            else:
                self._add(Path(path))
        else:
            matches = _expanded(path)
            for match in matches:
                self.take(match, force_exclude)
            if not matches:
                hint = "correct the path; it is relative to the working directory"
                self.errors.append(UnreadableError(path, "no such file or folder", hint))

    def _add(self, path: Path) -> None:
        real = os.path.normcase(_absolute(path))
        if real not in self.seen:
            self.seen.add(real)
            self.files[path.as_posix()] = None

    def _folder(self, folder: Path, ignores: Sequence[_Ignore]) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            problem = f"the folder cannot be read ({error.strerror or error})"
            self.errors.append(UnreadableError(folder.as_posix(), problem, "correct its permissions or --exclude it"))
            return
        ignores = (*ignores, *_ignore_of(folder))
        folders = []
        for entry in entries:
            path = folder / entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            reason = self._reason(entry, path, ignores)
            if reason is not None:
                self.left_aside[reason] += 1
            elif is_folder:
                folders.append(path)
            else:
                self._add(path)
        for path in folders:
            self._folder(path, ignores)

    def _reason(self, entry: os.DirEntry[str], path: Path, ignores: Sequence[_Ignore]) -> str | None:
        """Why an entry of a folder is left aside, or None."""
        is_folder = entry.is_dir()
        if entry.name in _NEVER or entry.name in _OWN:
            return entry.name
        if entry.name.startswith("."):
            return "hidden"
        if is_folder and entry.is_symlink():
            return "linked folder"
        if self._is_excluded(path, is_folder):
            return "excluded"
        if _is_ignored(path, is_folder, ignores):
            return ".gitignore"
        if is_folder:
            return None
        if not entry.is_file():
            return "special file"
        suffix = extension(entry.name)
        return None if suffix in EXTENSIONS else suffix or "no extension"

    def _is_excluded(self, path: Path, folder: bool) -> bool:
        absolute = _absolute(path)
        inside = absolute.relative_to(self.root) if absolute.is_relative_to(self.root) else PurePath(path.name)
        return self.exclude.match_file(inside.as_posix() + ("/" if folder else ""))


def _absolute(path: Path) -> Path:
    """Without ``..``, but with links as they are named: a pattern speaks of names."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _expanded(pattern: str) -> list[str]:
    """What a pattern matches that the shell left as it is: cmd.exe expands none."""
    return sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207


@dataclass(frozen=True)
class _Ignore:
    folder: Path  # absolute
    spec: GitIgnoreSpec


def _ignore_of(folder: Path) -> Iterator[_Ignore]:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    yield _Ignore(_absolute(folder), GitIgnoreSpec.from_lines(lines))


def _ignores_above(folder: Path) -> list[_Ignore]:
    """The ignore files of the folders above, up to the root of the repository; none outside a repository."""
    absolute = _absolute(folder)
    found: list[_Ignore] = []
    for above in (absolute, *absolute.parents):
        if above != absolute:
            found[:0] = _ignore_of(above)
        if (above / ".git").exists():
            return found
    return []


def _is_ignored(path: Path, folder: bool, ignores: Sequence[_Ignore]) -> bool:
    """The nearest ignore file that has a word on the path decides."""
    absolute = _absolute(path)
    for ignore in reversed(ignores):
        name = absolute.relative_to(ignore.folder).as_posix() + ("/" if folder else "")
        verdict = ignore.spec.check_file(name).include
        if verdict is not None:
            return verdict
    return False
