"""Files that are broken or hostile: each is an error of its own, and the others are still checked."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import shop

from cslint.readers import UnreadableError, read

GOOD = shop.workbook({"聊天": [list(row) for row in shop.TABLE]})


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def with_sheet(sheet: bytes) -> bytes:
    """A workbook whose sheet is replaced."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    (name,) = (name for name in parts if name.startswith("xl/worksheets/sheet"))
    return archive({**parts, name: sheet})


@cache
def bomb() -> bytes:
    return with_sheet(b"<worksheet><sheetData>" + b" " * (70 << 20) + b"</sheetData></worksheet>")


def lying_bomb() -> bytes:
    """The directory promises few bytes; the part unpacks to many."""
    data = bomb()
    size = struct.pack("<I", len(b"<worksheet><sheetData></sheetData></worksheet>") + (70 << 20))
    assert data.count(size) >= 1
    return data.replace(size, struct.pack("<I", 50))


def stray_cells() -> bytes:
    cell = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>亲</t></is></c></row>'
    rows = cell.format(1, "A") + cell.format(1_048_576, "XFD")
    return with_sheet(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>".encode()
    )


def in_wrapper_of_xls(data: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.csv": (lambda: b"", "the file is empty"),
    "empty.xlsx": (lambda: b"", "the file is empty"),
    "cut.xlsx": (lambda: GOOD[: len(GOOD) // 2], "damaged or cut-off zip archive"),
    "flipped.xlsx": (lambda: GOOD[:400] + bytes([GOOD[400] ^ 255]) + GOOD[401:], "damaged or cut-off zip archive"),
    "document.xlsx": (lambda: archive({"word/document.xml": b"<w/>"}), "a zip archive that is no workbook"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n....", "found a PNG image"),
    "bomb.xlsx": (bomb, "a zip bomb"),
    "lying-bomb.xlsx": (lying_bomb, "a zip bomb"),
    "stray.xlsx": (stray_cells, "row 1,048,576 and column 16,384, too far apart to hold"),
    "cut.xls": (lambda: shop.old_workbook(shop.LISTING)[:2000], "no workbook that can be read"),
    "locked.xls": (lambda: in_wrapper_of_xls("EncryptedPackage".encode("utf-16-le")), "protected with a password"),
    "broken-xml.xls": (
        lambda: shop.xml_spreadsheet(shop.LISTING)[:400].encode("gbk"),
        "an XML spreadsheet that cannot",
    ),
    "entities.xls": (
        lambda: (
            shop.xml_spreadsheet(shop.LISTING).replace("?>\n<W", '?>\n<!DOCTYPE x [<!ENTITY a "b">]><W').encode("gbk")
        ),
        "it declares entities",
    ),
    "cut.parquet": (lambda: shop.parquet(shop.TABLE)[:-20], "damaged Parquet file"),
    "text.parquet": ("亲".encode, "no Parquet file"),
    "ragged.csv": ("内容,角色\n亲,您好,客服\n在的,客服\n".encode, "1 row(s) have more cells than the header (2): 2"),
    "unclosed.csv": ('内容\n"亲\n'.encode, "line 2, column 1: the quoted cell that begins here is never closed"),
    "surrogate.txt": (lambda: "您好,".encode() + b"\xed\xa0\x80" + "微信".encode() * 20, "is not UTF-8"),
    "nul.txt": (lambda: b"ok\nbad\x00\x00\x01byte" * 9, "found a NUL byte at byte 6"),
    "line.txt": (lambda: "亲".encode() * 34_000_000, "line 1 has no end within 16,777,216 characters"),
    "line.csv": (lambda: "内容\n".encode() + b'"' + b"a" * 100_000_000, "line 2 has no end within 16,777,216"),
    "text.txt": (lambda: b"a" * 2_000_000, "line 1: found a text of 2,000,000 characters"),
    "text.json": (lambda: json.dumps({"text": "a" * 2_000_000}).encode(), "found a text of 2,000,000 characters"),
    "deep.json": (lambda: b"[" * 1000 + b"]" * 1000, "more than 100 levels of nesting"),
    "deep.jsonl": (lambda: b'{"text":' * 1000 + b"1" + b"}" * 1000, "more than 100 levels of nesting"),
    "deep.yaml": (lambda: b"[" * 1000 + b"]" * 1000, "more than 100 levels of nesting"),
    "deeper.yaml": (lambda: b"[" * 100_000, "more than 100 levels of nesting"),
    "deep.toml": (lambda: b"a = " + b"[" * 1000 + b"]" * 1000, "levels of nesting"),
    "deeper.toml": (lambda: b"a = " + b"[" * 100_000, "levels of nesting"),
    "broken.yaml": (b"a: [1\nb: 2".strip, "line 2, column"),
    "broken.toml": (b"a = \n".strip, "not TOML"),
    "page.json": (b"<html>login</html>".strip, "line 1, column 1: expected a value, found '<'"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bad")
    for name, (make, _) in BAD.items():
        (path / name).write_bytes(make())
    (path / "good.xlsx").write_bytes(GOOD)
    return path


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(folder: Path, name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        list(read(folder / name))
    assert BAD[name][1] in caught.value.problem
    assert caught.value.hint


def test_each_bad_file_is_an_error_and_the_good_one_is_checked(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cslint", "check", "--format", "json", "--platform", "taobao", "."],
        cwd=folder, capture_output=True, check=False, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert {entry["path"] for entry in report["summary"]["unreadable"]} == set(BAD)
    assert "good.xlsx" in {finding["place"]["path"] for finding in report["findings"]}
    assert all(f"error: {name}: " in done.stderr for name in BAD)


def test_what_came_before_a_ragged_row_is_read(folder: Path) -> None:
    units = read(folder / "ragged.csv")
    assert [next(units).text, next(units).text, next(units).text] == ["亲", "客服", "在的"]
    with pytest.raises(UnreadableError):
        next(units)


def test_a_workbook_under_another_name_is_read(tmp_path: Path) -> None:
    for name, data in (("a.csv", GOOD), ("b.txt", GOOD), ("c.xls", GOOD), ("d.xlsx", shop.old_workbook(shop.LISTING))):
        (tmp_path / name).write_bytes(data)
        assert all(unit.sheet for unit in read(tmp_path / name))
        assert list(read(tmp_path / name))


def test_a_panic_of_the_library_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def fail(*_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("cslint.readers.workbook.CalamineWorkbook.from_filelike", fail, raising=False)
    with pytest.raises(UnreadableError, match="index out of bounds"):
        list(read("a.xlsx", data=GOOD))


def test_the_checksum_of_a_part_is_that_of_what_it_unpacks_to() -> None:
    wrong = GOOD.replace(struct.pack("<I", zlib.crc32(part_of(GOOD, "xl/workbook.xml"))), b"\0\0\0\0")
    assert wrong != GOOD
    with pytest.raises(UnreadableError, match=r"xl/workbook\.xml does not match its checksum"):
        list(read("a.xlsx", data=wrong))


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name)
