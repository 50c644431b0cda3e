"""The baseline: old findings, known by rule, path and a hash of the masked sentence, so that only new ones count."""

from __future__ import annotations

from cslint.baseline.known import Baseline, Sighting, key_of
from cslint.baseline.store import FILE, BaselineError, read_baseline, written

__all__ = ["FILE", "Baseline", "BaselineError", "Sighting", "key_of", "read_baseline", "written"]
