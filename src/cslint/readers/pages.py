"""HTML pages to units: what a buyer sees, and the alt and title texts."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Unit
from .html_text import pieces
from .options import ReadOptions
from .source import Source
from .spans import Piece


def read_html(source: Source, options: ReadOptions) -> Iterator[Unit]:
    """One ``listing`` unit per paragraph, heading, table cell or line of the page; ``field`` names an attribute."""
    for piece in pieces(source.text):
        yield unit_of(source, piece, options)


def unit_of(source: Source, piece: Piece, options: ReadOptions) -> Unit:
    """The unit of one visible text."""
    anchors = source.anchors(piece.text, piece.joints, piece.end)
    return Unit(piece.text, options.kind("listing"), "agent", source.path, anchors, field=piece.field)
