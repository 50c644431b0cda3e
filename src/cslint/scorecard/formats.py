"""The formats of the scorecard, by name."""

from __future__ import annotations

FORMATS = ("table", "json", "csv", "xlsx")
