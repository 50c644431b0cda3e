"""Generated pages are current, and every row of the specification is served or explained."""

from pathlib import Path

from cslint.conversation.load import load_conversations
from cslint.rulebook.coverage import coverage_markdown, uncovered
from cslint.rulebook.load import load

ROOT = Path(__file__).resolve().parents[1]


def test_every_row_is_served_or_explained() -> None:
    rulebook = load()
    assert len(rulebook.spec) == 103
    assert [
        row.id for row in uncovered({**rulebook.rules, **load_conversations(book=rulebook).rules}, rulebook.spec)
    ] == []


def test_the_coverage_page_is_current() -> None:
    assert (ROOT / "docs/coverage.md").read_text(encoding="utf-8") == coverage_markdown(
        load(), load_conversations().rules
    ), "run `make docs`"
