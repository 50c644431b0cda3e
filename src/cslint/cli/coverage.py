"""`cslint coverage`: the rows of the specification, each with the rule that serves it or the reason why none does."""

from __future__ import annotations

import typer

from cslint.cli.binding import takes
from cslint.cli.linting import load_rulebook
from cslint.cli.options import RulebookOptions


@takes(RulebookOptions)
def coverage(_ctx: typer.Context, options: RulebookOptions) -> None:
    """Print, as Markdown, which rule serves which row of the specification."""
    from cslint.conversation.load import load_conversations
    from cslint.rulebook.coverage import coverage_markdown

    book = load_rulebook(options)
    print(coverage_markdown(book, load_conversations(book=book).rules), end="")
