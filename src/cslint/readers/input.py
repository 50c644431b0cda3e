"""The bytes of one file: its opening, its chunks as often as they are asked for, and its size."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .errors import UnreadableError

STDIN = "-"
CHUNK = 1 << 20  # bytes
_HEAD = 64 * 1024  # bytes that tell what a file is
_CORRECT = "correct the path or its permissions"


class Input:
    """A file on disk, or bytes that stand in for it. The file is read piece by piece and never held here.

    Errors: :class:`UnreadableError` if it is missing, a folder, or may not be read.
    """

    def __init__(self, path: str, data: bytes | None = None) -> None:
        self.path = path
        if data is None and path == STDIN:
            data = sys.stdin.buffer.read()
        self._data = data
        with self.open() as stream:
            if not stream.seekable():  # a pipe, which can be read once: <(unzip -p …)
                self._data = stream.read()
        with self.open() as stream:
            self.head = stream.read(_HEAD)
            self.size = stream.seek(0, io.SEEK_END)

    @property
    def on_disk(self) -> bool:
        """Whether it is a file, and no bytes that were handed in."""
        return self._data is None

    def open(self) -> BinaryIO:
        """The bytes from the beginning, to be closed by the caller."""
        if self._data is not None:
            return io.BytesIO(self._data)
        try:
            return Path(self.path).open("rb")
        except OSError as error:
            raise UnreadableError(self.path, f"cannot be read ({error.strerror or error})", _CORRECT) from None

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces of :data:`CHUNK`."""
        with self.open() as stream:
            try:
                while chunk := stream.read(CHUNK):
                    yield chunk
            except OSError as error:
                raise UnreadableError(self.path, f"cannot be read ({error.strerror or error})", _CORRECT) from None

    def bytes_between(self, start: int, end: int) -> bytes:
        """The bytes ``start:end``."""
        with self.open() as stream:
            stream.seek(start)
            return stream.read(end - start)

    def whole(self, limit: int) -> bytes:
        """All bytes, of a format that must be seen whole. Errors: more than ``limit``."""
        if self.size > limit:
            problem = f"found {self.size:,} bytes, expected at most {limit:,} in a format that is read whole"
            raise UnreadableError(self.path, problem, "split it, or export it as CSV or JSON Lines")
        with self.open() as stream:
            return stream.read()
