"""Findings of files that have not changed, kept between runs: by content, settings, rulebook and program.

Chats are personal data, so a result is only written where masking would change nothing in it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec

from cslint.compiler.cache import cache_folder, write_cache
from cslint.model import Finding
from cslint.readers import ReadNotes
from cslint.reporters.masking import mask_file
from cslint.reporters.run import FileReport
from cslint.rulebook.load import digest, source_files

MOST = 4096  # results kept; the oldest half goes when there are more


class Result(msgspec.Struct, frozen=True):
    """What a run of the linter over one file gave. ``notes`` are the fields of ReadNotes."""

    findings: list[Finding]
    texts: int
    notes: dict[str, Any]

    def read_notes(self) -> ReadNotes:
        """The notes that reading left."""
        plain = {field.name: getattr(ReadNotes(), field.name) for field in fields(ReadNotes)}
        known = {name: value for name, value in self.notes.items() if name in plain}
        values: dict[str, Any] = {n: Counter(v) if isinstance(plain[n], Counter) else v for n, v in known.items()}
        return ReadNotes(**values)


class ResultCache:
    """Results on disk. ``wordlists`` are those that the run uses besides the shipped ones."""

    def __init__(self, wordlists: Iterable[str] = ()) -> None:
        package = Path(__file__).resolve().parent
        self._salt = digest([*source_files(map(Path, wordlists)), *sorted(package.rglob("*.py"))])
        self._folder = cache_folder() / "results"
        self._counted = False

    def key(self, path: str, chunks: Iterable[bytes], settings: object) -> str:
        """The key of a file: all that its findings depend on."""
        state = hashlib.blake2b(
            f"{self._salt}\0{path}\0{settings!r}\0".encode("utf-8", "surrogatepass"), digest_size=20
        )
        for chunk in chunks:
            state.update(chunk)
        return state.hexdigest()

    def get(self, key: str) -> Result | None:
        """The result, or None. What cannot be read is as good as not there."""
        with contextlib.suppress(OSError, msgspec.DecodeError, TypeError, ValueError):
            return msgspec.msgpack.decode((self._folder / key).read_bytes(), type=Result)
        return None

    def put(self, key: str, findings: Sequence[Finding], texts: int, notes: ReadNotes) -> None:
        """Keep a result, unless there is personal data in it. A folder that cannot be written is done without."""
        if notes.unknown_speakers or _is_personal(findings):
            return
        result = Result(list(findings), texts, {f.name: getattr(notes, f.name) for f in fields(notes)})
        with contextlib.suppress(OSError, TypeError):
            data = msgspec.msgpack.encode(result)
            self._make_room()
            write_cache(self._folder / key, data)

    def _make_room(self) -> None:
        if self._counted:
            return
        self._counted = True
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = list(self._folder.iterdir())
        if len(entries) > MOST:
            for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime)[: len(entries) // 2]:
                entry.unlink(missing_ok=True)


def _is_personal(findings: Sequence[Finding]) -> bool:
    return mask_file(FileReport(path="", findings=tuple(findings))).findings != tuple(findings)
