"""What the exit code says. `2` wins over `1`: a run that could not see everything has not passed and not failed."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """0 clean, 1 findings at or above --fail-on, 2 anything else."""

    CLEAN = 0
    FINDINGS = 1
    ERROR = 2
