"""Bytes to text: which encoding a file is in, or why it is no text."""

from __future__ import annotations

import re

from .errors import UnreadableError

_BOMS = (  # the UTF-32 marks first: one of them begins with the UTF-16 mark
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONVERT = "export it as text, CSV (UTF-8) or JSON"
_SAVE_AS_CSV = "save the sheet as CSV (UTF-8) and check that"
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Office workbook (xlsx, docx)", _SAVE_AS_CSV),
    (b"PK\x05\x06", "an empty zip archive", _CONVERT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (xls, doc)", _SAVE_AS_CSV),
    (b"%PDF-", "a PDF document", _CONVERT),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _CONVERT),
    (b"\xff\xd8\xff", "a JPEG image", _CONVERT),
    (b"GIF87a", "a GIF image", _CONVERT),
    (b"GIF89a", "a GIF image", _CONVERT),
    (b"\x1f\x8b\x08", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database", _CONVERT),
    (b"\x7fELF", "a program", "leave it out with --exclude"),
)
_NAME_ENCODING = "pass --encoding with its name, such as gb18030, big5 or utf-16-le"
_PLAUSIBLE = re.compile("[\t\r\n\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_WIDE = re.compile("[\u0800-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_SAMPLE = 8192  # characters; enough to tell text from noise without a second pass over a large export


def decode(data: bytes, encoding: str | None = None, path: str = "-") -> tuple[str, str]:
    """The text of ``data`` without its byte-order mark, and the encoding that it was in.

    Order: byte-order mark, strict UTF-8, UTF-16 by the parity of NUL bytes, strict GB18030. ``encoding`` is that of
    ``--encoding`` and overrides the guess. Errors: :class:`UnreadableError` names the byte (from 0) that is wrong.
    """
    for magic, kind, hint in _BINARY:
        if data.startswith(magic):
            raise UnreadableError(path, f"found {kind}, expected text", hint)
    if encoding is not None:
        text, found = _named(data, encoding, path)
    else:
        text, found = _guessed(data, path)
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise UnreadableError(
            path, f"found a NUL character on line {line} (read as {found}), expected text", _NAME_ENCODING
        )
    return text, found


def _named(data: bytes, encoding: str, path: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise UnreadableError(path, f"--encoding {encoding} is not a known text encoding", _NAME_ENCODING) from None
    except UnicodeError as error:
        problem = f"{_where(data, error)} is not {encoding}"
        raise UnreadableError(path, problem, "leave --encoding out or correct it") from None
    if text.startswith("\ufeff"):
        return text[1:], "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else encoding
    return text, encoding


def _guessed(data: bytes, path: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeError as error:
                problem = f"{_where(data, error)} is not {name}, which its byte-order mark promises"
                raise UnreadableError(path, problem, "export the file again, or pass --encoding") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong: UnicodeDecodeError | None = error
    else:
        wrong = None
        if "\0" not in text:
            return text, "utf-8"
    if b"\0" in data:
        return _utf16(data, path)
    assert wrong is not None
    return _gb18030(data, wrong, path)


def _utf16(data: bytes, path: str) -> tuple[str, str]:
    """UTF-16 without a mark: line ends, digits and Latin letters leave a NUL at one parity.

    U+4E00 (一) leaves one at the other parity, so both readings are tried and the plausible one wins.
    """
    best, score = ("", ""), 0.7
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        plausible = len(_PLAUSIBLE.findall(sample)) / len(sample)
        if "\0" not in text and plausible > score:
            best, score = (text, name), plausible
    if not best[1]:
        problem = f"found a NUL byte at byte {data.index(0)}, expected text (neither UTF-8 nor UTF-16)"
        raise UnreadableError(path, problem, "it looks binary: leave it out with --exclude, or " + _NAME_ENCODING)
    return best


def _gb18030(data: bytes, wrong: UnicodeDecodeError, path: str) -> tuple[str, str]:
    """GB18030 decodes almost anything, so text that is UTF-8 but for a damaged byte is caught first."""
    around = max(0, wrong.start - 2 * _SAMPLE)
    lenient = data[around : around + 4 * _SAMPLE].decode("utf-8", "replace")
    if len(_WIDE.findall(lenient)) > 2 * lenient.count("\ufffd"):
        problem = f"{_where(data, wrong)} is not UTF-8, though the text around it is: the file is damaged"
        raise UnreadableError(path, problem, "repair or export it again, or pass --encoding")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        problem = f"{_where(data, error)} is not GB18030, and byte {wrong.start} is not UTF-8"
        raise UnreadableError(path, problem, _NAME_ENCODING) from None
    head = text[:_SAMPLE]
    if len(_CONTROL.findall(head)) > len(head) // 50:
        problem = f"{_where(data, wrong)} is not UTF-8, and read as GB18030 the file is full of control characters"
        raise UnreadableError(path, problem, "it looks binary: leave it out with --exclude, or " + _NAME_ENCODING)
    return text, "gb18030"


def _where(data: bytes, error: UnicodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} (0x{data[error.start]:02X})"
    return f"the file ({error})"
