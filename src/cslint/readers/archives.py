"""The zip archive behind an Office file, measured before anything unpacks it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from .errors import UnreadableError
from .input import Input

LARGEST = 4 << 30  # bytes of all parts unpacked: a full sheet of a million rows has a tenth of that
_SUSPECT = 200  # bytes unpacked for one packed; sheets have ten to thirty
_SMALL = 64 << 20  # bytes that do no harm whatever they were packed from
_LOCAL_HEADER = struct.Struct("<4s22x2H")
_PIECE = 1 << 20
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_REFERENCE_SIZE = 20  # bytes of a reference that may be cut in two
_LARGEST_AREA = 64_000_000  # cells, filled or not: a million rows of sixty columns
_AGAIN = "export or save the workbook again"


def check_archive(given: Input) -> set[str]:
    """The names of the parts, once each is known to unpack to what it promises and to no more than is sane.

    Errors: :class:`UnreadableError` for an archive that is cut off, damaged, encrypted or a bomb.
    """
    with given.open() as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                parts = archive.infolist()
            unpacked = 0
            for part in parts:
                unpacked += _measure(given, stream, part, unpacked)
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as error:
            problem = f"found a damaged or cut-off zip archive ({error}), expected a workbook"
            raise UnreadableError(given.path, problem, _AGAIN) from None
    return {part.filename for part in parts}


def _measure(given: Input, stream: BinaryIO, part: zipfile.ZipInfo, before: int) -> int:
    """How many bytes a part unpacks to, counted: what its header says may be a lie."""
    if part.flag_bits & 1:
        raise UnreadableError(given.path, f"the part {part.filename} is encrypted", "save it without a password")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"{part.filename} is packed in an unknown way")
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    stream.seek(part.header_offset)
    magic, name, extra = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
    if magic != b"PK\x03\x04":
        raise zipfile.BadZipFile(f"{part.filename} is not where the directory says")
    stream.seek(name + extra, 1)
    extent = _Extent(given.path, part.filename)
    inflate, left, unpacked, check = zlib.decompressobj(-15), part.compress_size, 0, 0
    while left and not inflate.eof:
        packed = stream.read(min(left, _PIECE))
        if not packed:
            raise zipfile.BadZipFile(f"{part.filename} is cut off")
        left -= len(packed)
        while packed and not inflate.eof:
            piece = inflate.decompress(packed, _PIECE)
            packed = inflate.unconsumed_tail
            unpacked += len(piece)
            check = zlib.crc32(piece, check)
            _refuse_bomb(given, part, unpacked, before)
            extent.take(piece)
    if check != part.CRC:
        raise zipfile.BadZipFile(f"{part.filename} does not match its checksum")
    return unpacked


def _refuse_bomb(given: Input, part: zipfile.ZipInfo, unpacked: int, before: int) -> None:
    too_much = before + unpacked > LARGEST
    if too_much or (unpacked > _SMALL and unpacked > _SUSPECT * max(part.compress_size, 1)):
        problem = (
            f"the part {part.filename} of {part.compress_size:,} bytes unpacks to more than {unpacked:,}: a zip bomb"
        )
        raise UnreadableError(given.path, problem, "do not open it; ask where it comes from")


class _Extent:
    """How far a sheet reaches: the library holds the whole rectangle of its cells, so that two of them may fill memory."""

    def __init__(self, path: str, part: str) -> None:
        self.path, self.part = path, part
        self.is_sheet = part.startswith("xl/worksheets/")
        self.rows = self.columns = 0
        self._tail = b""

    def take(self, piece: bytes) -> None:
        """Take the next piece of the part. Errors: :class:`UnreadableError` if the rectangle is absurd."""
        if not self.is_sheet:
            return
        text = self._tail + piece
        self._tail = text[-_REFERENCE_SIZE:]
        columns = set()
        for letters, row in _REFERENCE.findall(text):
            columns.add(letters)
            self.rows = max(self.rows, int(row))
        self.columns = max([self.columns, *map(_number, columns)])
        if self.rows * self.columns > _LARGEST_AREA:
            problem = f"{self.part} has cells in row {self.rows:,} and column {self.columns:,}, too far apart to hold"
            raise UnreadableError(self.path, problem, "delete the stray cells, or export CSV")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
