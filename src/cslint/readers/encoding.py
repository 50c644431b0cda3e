"""Bytes to text: which encoding a file is in, or why it is no text. Files of any size pass in pieces."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from .errors import UnreadableError
from .input import Input

_BOMS = (  # the UTF-32 marks first: one of them begins with the UTF-16 mark
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONVERT = "export it as text, CSV (UTF-8) or JSON"
_UNPACK = "unpack it first"
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Office workbook (xlsx, docx)", _UNPACK),
    (b"PK\x05\x06", "an empty zip archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (xls, doc)", _CONVERT),
    (b"PAR1", "a Parquet file", "give it the extension .parquet"),
    (b"%PDF-", "a PDF document", _CONVERT),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _CONVERT),
    (b"\xff\xd8\xff", "a JPEG image", _CONVERT),
    (b"GIF87a", "a GIF image", _CONVERT),
    (b"GIF89a", "a GIF image", _CONVERT),
    (b"\x1f\x8b\x08", "a gzip archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", _CONVERT),
    (b"\x7fELF", "a program", "leave it out with --exclude"),
)
_NAME_ENCODING = "pass --encoding with its name, such as gb18030, big5 or utf-16-le"
_BINARY_HINT = "it looks binary: leave it out with --exclude, or " + _NAME_ENCODING
_PLAUSIBLE = re.compile("[\t\r\n\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_WIDE = re.compile("[\u0800-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_SAMPLE = 8192  # characters; enough to tell text from noise without a second pass over a large export


def decode(data: bytes, encoding: str | None = None, path: str = "-") -> tuple[str, str]:
    """The text of ``data`` without its byte-order mark, and the encoding that it was in; see :func:`detect`."""
    given = Input(path, data)
    found = detect(given, encoding)
    return "".join(decoded(given, found)), found


def detect(given: Input, encoding: str | None = None) -> str:
    """The encoding in which the whole file can be read; it is read once, in pieces.

    Order: byte-order mark, strict UTF-8, UTF-16 by the parity of NUL bytes, strict GB18030. ``encoding`` is that of
    ``--encoding`` and overrides the guess. Errors: :class:`UnreadableError` names the byte (from 0) that is wrong.
    """
    for magic, kind, hint in _BINARY:
        if given.head.startswith(magic):
            raise UnreadableError(given.path, f"found {kind}, expected text", hint)
    return _named(given, encoding) if encoding is not None else _guessed(given)


def decoded(given: Input, encoding: str) -> Iterator[str]:
    """The text in pieces, without its byte-order mark.

    Errors: :class:`UnreadableError` for a NUL character, which no text has, and for bytes that are not ``encoding``.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line, first = 1, True
    for chunk, last in _marked(given):
        try:
            text = decoder.decode(chunk, last)
        except UnicodeError as error:
            raise UnreadableError(given.path, f"the file is not {encoding} ({error})", _NAME_ENCODING) from None
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        nul = text.find("\0")
        if nul >= 0:
            line += text.count("\n", 0, nul)
            problem = f"found a NUL character on line {line} (read as {encoding}), expected text"
            raise UnreadableError(given.path, problem, _NAME_ENCODING)
        line += text.count("\n")
        if text:
            yield text


def _marked(given: Input) -> Iterator[tuple[bytes, bool]]:
    """The chunks, and at last an empty one marked so."""
    yield from ((chunk, False) for chunk in given.chunks())
    yield b"", True


def _named(given: Input, encoding: str) -> str:
    if not _is_text_encoding(encoding):
        raise UnreadableError(given.path, f"--encoding {encoding} is not a known text encoding", _NAME_ENCODING)
    wrong = _first_error(given, encoding)
    if wrong is not None:
        raise UnreadableError(given.path, f"{wrong} is not {encoding}", "leave --encoding out or correct it")
    is_marked = given.head.startswith(codecs.BOM_UTF8) and codecs.lookup(encoding).name.startswith("utf-8")
    return "utf-8-sig" if is_marked else encoding


def _is_text_encoding(name: str) -> bool:
    """Whether there is such an encoding; ``hex`` and its like turn bytes into bytes."""
    try:
        b"a".decode(name)
    except LookupError:
        return False
    except UnicodeError:
        return True
    return True


def _guessed(given: Input) -> str:
    for mark, name in _BOMS:
        if given.head.startswith(mark):
            wrong = _first_error(given, name)
            if wrong is not None:
                problem = f"{wrong} is not {name}, which its byte-order mark promises"
                raise UnreadableError(given.path, problem, "export the file again, or pass --encoding")
            return name
    wrong = _first_error(given, "utf-8")
    nul = _first_nul(given)
    if nul is not None:
        return _utf16(given, nul)
    return "utf-8" if wrong is None else _gb18030(given, wrong)


def _utf16(given: Input, nul: int) -> str:
    """UTF-16 without a mark: line ends, digits and Latin letters leave a NUL at one parity.

    U+4E00 (一) leaves one at the other parity, so both readings are tried and the plausible one wins.
    """
    best, score = "", 0.7
    for name in ("utf-16-le", "utf-16-be"):
        sample = given.head[: 2 * _SAMPLE].decode(name, "replace")[:_SAMPLE]
        plausible = len(_PLAUSIBLE.findall(sample)) / len(sample)
        if "\0" not in sample and plausible > score and _first_error(given, name) is None:
            best, score = name, plausible
    if not best:
        problem = f"found a NUL byte at byte {nul}, expected text (neither UTF-8 nor UTF-16)"
        raise UnreadableError(given.path, problem, _BINARY_HINT)
    return best


def _gb18030(given: Input, wrong: _Wrong) -> str:
    """GB18030 decodes almost anything, so text that is UTF-8 but for a damaged byte is caught first."""
    around = max(0, wrong.start - 2 * _SAMPLE)
    lenient = given.bytes_between(around, around + 4 * _SAMPLE).decode("utf-8", "replace")
    if len(_WIDE.findall(lenient)) > 2 * lenient.count("\ufffd"):
        problem = f"{wrong} is not UTF-8, though the text around it is: the file is damaged"
        raise UnreadableError(given.path, problem, "repair or export it again, or pass --encoding")
    worse = _first_error(given, "gb18030")
    if worse is not None:
        problem = f"{worse} is not GB18030, and byte {wrong.start} is not UTF-8"
        raise UnreadableError(given.path, problem, _NAME_ENCODING)
    head = given.head.decode("gb18030", "ignore")[:_SAMPLE]
    if len(_CONTROL.findall(head)) > len(head) // 50:
        problem = f"{wrong} is not UTF-8, and read as GB18030 the file is full of control characters"
        raise UnreadableError(given.path, problem, _BINARY_HINT)
    return "gb18030"


class _Wrong:
    """The byte that an encoding cannot read; ``start`` is its offset in the file, from 0."""

    def __init__(self, start: int, byte: int | None, problem: str) -> None:
        self.start = start
        self._byte = byte
        self._problem = problem

    def __str__(self) -> str:
        return f"the file ({self._problem})" if self._byte is None else f"byte {self.start} (0x{self._byte:02X})"


def _first_error(given: Input, encoding: str) -> _Wrong | None:
    """Where the file first is not ``encoding``; None if it is throughout."""
    decoder = codecs.getincrementaldecoder(encoding)()
    fed = 0
    for chunk, last in _marked(given):
        pending = decoder.getstate()[0]  # bytes of a character that the last chunk cut in two
        held = len(pending) if isinstance(pending, bytes) else 0
        try:
            decoder.decode(chunk, last)
        except UnicodeDecodeError as error:
            start = fed - held + error.start
            return _Wrong(start, given.bytes_between(start, start + 1)[0], str(error))
        except UnicodeError as error:  # UTF-16 and UTF-32 say it without a place when the mark is missing
            return _Wrong(fed, None, str(error))
        fed += len(chunk)
    return None


def _first_nul(given: Input) -> int | None:
    fed = 0
    for chunk in given.chunks():
        at = chunk.find(0)
        if at >= 0:
            return fed + at
        fed += len(chunk)
    return None
