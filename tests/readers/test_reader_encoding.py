"""Bytes to text: the guesses that are safe, and the errors that name the byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslint.readers import UnreadableError, decode
from cslint.readers.source import Source

CHAT = "【买家】:在吗\r\n【小花】:亲,在的,一共2件哦\r\n"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (CHAT.encode(), "utf-8"),
        (CHAT.encode("utf-8-sig"), "utf-8-sig"),
        (CHAT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CHAT.encode("utf-16-be"), "utf-16"),
        (CHAT.encode("utf-16-le"), "utf-16-le"),
        (CHAT.encode("utf-16-be"), "utf-16-be"),
        (CHAT.encode("utf-32"), "utf-32"),
        (CHAT.encode("gbk"), "gb18030"),
        ((CHAT + "𠮷€").encode("gb18030"), "gb18030"),
    ],
)
def test_the_encodings_that_exports_come_in(data: bytes, found: str) -> None:
    text, encoding = decode(data)
    assert encoding == found
    assert text.startswith(CHAT)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == ("", "utf-8")
    assert decode(b"\xef\xbb\xbf") == ("", "utf-8-sig")
    assert decode(b"\xff\xfe") == ("", "utf-16")


def test_utf16_full_of_the_character_one_whose_low_byte_is_nul() -> None:
    text = "一一一\n一件一元\n"
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")
    assert decode(text.encode("utf-16-be")) == (text, "utf-16-be")


def test_a_named_encoding_overrides_the_guess() -> None:
    assert decode("優惠".encode("big5"), "big5") == ("優惠", "big5")
    assert decode("亲".encode("utf-8-sig"), "utf-8") == ("亲", "utf-8-sig")
    assert decode("亲".encode("utf-16"), "utf-16") == ("亲", "utf-16")


@pytest.mark.parametrize(
    ("data", "encoding", "problem"),
    [
        ("您好,欢迎光临小花家".encode()[:-1], None, "byte 25 (0xE5) is not UTF-8, though the text around it is"),
        (b"\xef\xbb\xbf" + "您好".encode("gbk"), None, "is not utf-8-sig, which its byte-order mark promises"),
        ("欢迎光临".encode("gbk")[:-1] + b"\xff\xff", None, "is not GB18030, and byte 0 is not UTF-8"),
        (b"abc\x00\x01\x02\xff", None, "found a NUL byte at byte 3"),
        (b"ok\nbad\x00byte", "utf-8", "found a NUL character on line 2 (read as utf-8)"),
        ("欢迎".encode("gbk"), "utf-8", "byte 0 (0xBB) is not utf-8"),
        (b"abc", "gbk18030", "--encoding gbk18030 is not a known text encoding"),
        (b"abc", "hex", "--encoding hex is not a known text encoding"),
        (b"\xc4\xe3\x01\x02\x03\x04\x05\x06\x07", None, "is full of control characters"),
        (b"\x89PNG\r\n\x1a\n....", None, "found a PNG image, expected text"),
        (b"PK\x03\x04....", None, "found a zip archive or an Office workbook (xlsx, docx), expected text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, "found an old Office file (xls, doc), expected text"),
        (b"%PDF-1.7\n", None, "found a PDF document, expected text"),
    ],
)
def test_what_cannot_be_read_says_what_was_found(data: bytes, encoding: str | None, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data, encoding, "昨天.txt")
    assert problem in caught.value.problem
    assert str(caught.value).startswith("昨天.txt: ")
    assert caught.value.hint


def test_an_undecodable_byte_points_to_the_option() -> None:
    with pytest.raises(UnreadableError, match="--encoding"):
        decode("欢迎".encode("gbk") + b"\xff\xff")


def test_an_error_survives_the_way_between_processes() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(UnreadableError("a.txt", "found x", "do y")))
    assert str(error) == "a.txt: found x; do y"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_text_is_never_mistaken(text: str) -> None:
    assert decode(text.encode())[0] == text


@given(st.text(st.sampled_from("亲您好欢迎光临本店的一二三,。!0123 ab\n")))
def test_chinese_text_survives_every_export(text: str) -> None:
    text = "亲," + text  # a character or two alone may be valid in several encodings
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert decode(text.encode(encoding))[0] == text
    if "\n" in text or "1" in text:
        for encoding in ("utf-16-le", "utf-16-be"):
            assert decode(text.encode(encoding))[0] == text


@given(st.text(st.sampled_from("亲好\r\n\t ")))
def test_offsets_and_places_are_inverse(text: str) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        assert source.offset(*source.position(offset)) == offset
    lines = [text[line.start : line.end] for line in source.lines()]
    assert lines == text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")[: len(lines)]
