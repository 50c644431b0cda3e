"""Carets stand under what they mean, whatever the characters; what hides or moves the cursor is spelled out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cslint.reporters.display import excerpt
from cslint.reporters.escapes import visible

FAMILY = "👨‍👩‍👧"


def under(line: str, span: str, width: int = 100) -> tuple[str, str]:
    start = line.index(span)
    return tuple(excerpt(line, start, start + len(span), width))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("line", "span", "carets"),
    [
        ("add wx now", "wx", "    ^^"),
        ("加我微信聊", "微信", "    ^^^^"),
        ("ａｂc微信", "微信", "     ^^^^"),  # full-width letters
        ("👍加微信", "微信", "    ^^^^"),
        (f"{FAMILY}加微信", "微信", "    ^^^^"),  # one emoji made of five code points
        ("❤️加微信", "微信", "    ^^^^"),  # VS16 makes the heart wide
        ("❤加微信", "微信", "   ^^^^"),
        ("👍🏽加微信", "微信", "    ^^^^"),  # skin tone
        ("1️⃣加微信", "微信", "    ^^^^"),  # keycap
        ("🇨🇳加微信", "微信", "    ^^^^"),
        ("e\u0301加微信", "微信", "   ^^^^"),  # combining accent
        ("𠮷加微信", "微信", "    ^^^^"),  # beyond the BMP
        ("微❤️信", "微❤️信", "^^^^^^"),
        ("\t加微信", "微信", "      ^^^^"),
        ("a\u3000微信", "微信", "   ^^^^"),
    ],
)
def test_carets_by_display_width(line, span, carets):
    assert under(line, span)[1] == carets


@pytest.mark.parametrize(
    ("line", "span", "shown", "carets"),
    [
        ("微\u200b信", "微\u200b信", "微<U+200B>信", "^^^^^^^^^^^^"),
        ("\x1b[31m微信", "微信", "\\x1b[31m微信", "        ^^^^"),
        ("\u202e微信", "微信", "<U+202E>微信", "        ^^^^"),
        ("微\u200d信", "\u200d", "微<U+200D>信", "  ^^^^^^^^"),
        ("\ufeff微信", "微信", "<U+FEFF>微信", "        ^^^^"),
        ("微\x00信", "\x00", "微\\x00信", "  ^^^^"),
        ("\ud800微", "微", "<U+D800>微", "        ^^"),
    ],
)
def test_what_hides_is_spelled_out_and_counted(line, span, shown, carets):
    assert under(line, span) == (shown, carets)


def test_a_joiner_inside_an_emoji_stays():
    assert visible(f"谢谢{FAMILY}🏳️‍🌈") == f"谢谢{FAMILY}🏳️‍🌈"


def test_a_joiner_between_hanzi_does_not():
    assert visible("𠮷\u200d𠮷") == "𠮷<U+200D>𠮷"


@pytest.mark.parametrize("at", [0, 700, 1395])
def test_a_long_line_is_a_window_round_the_span(at):
    line = "好" * at + "微信聊天室" + "好" * (1395 - at)
    text, carets = excerpt(line, at, at + 5, 60)
    assert cell_len(text) <= 60
    assert "微信聊天室" in text
    assert cell_len(text[: text.index("微")]) == len(carets) - len(carets.lstrip())
    assert carets.strip() == "^" * 10
    assert text.startswith("…") == (at > 0)
    assert text.endswith("…") == (at < 1395)


def test_a_span_longer_than_the_window_shows_its_beginning():
    text, carets = excerpt("前" + "最" * 300, 1, 301, 40)
    assert text == "…" + "最" * 19 + "…"
    assert carets == " " + "^" * 38


def test_a_span_past_the_end_of_the_line_points_behind_it():
    assert excerpt("微信", 5, 9, 40) == ("微信", "    ^")


def test_an_empty_span_still_has_a_caret():
    assert excerpt("微信", 1, 1, 40) == ("微信", "  ^^")


ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("微信加a1 \t\x1b\u200b\u200d\ufe0f\u202e\u0301❤👍👩🏽🇨1\u20e3")),
    max_size=60,
)


@given(ANY_TEXT, st.integers(0, 60), st.integers(0, 60), st.integers(8, 80))
def test_an_excerpt_fits_is_printable_and_points_at_its_line(line, start, length, width):
    text, carets = excerpt(line, start, start + length, width)
    assert cell_len(text) <= max(width, 4)
    assert not any(ord(c) < 32 or c in "\x7f\u200b\u202e\u2028" for c in text)
    assert set(carets) <= {" ", "^"}
    assert carets.endswith("^")
    assert len(carets) <= max(cell_len(text), 1) + 1


@given(ANY_TEXT)
def test_what_is_visible_is_so_for_good(text):
    assert visible(visible(text)) == visible(text).replace("\t", "    ")
