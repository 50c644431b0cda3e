"""Linters that the tests of conversations share."""

import pytest

from cslint import Linter


@pytest.fixture(scope="session")
def linter_of():
    """Linters by platform, made once."""
    made: dict[str | None, Linter] = {}

    def linter(platform: str | None = None) -> Linter:
        if platform not in made:
            made[platform] = Linter(platform, select=["conversation"])
        return made[platform]

    return linter
