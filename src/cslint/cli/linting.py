"""From options to a Linter and a rulebook. What cannot be had is a CommandError that says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cslint.cli.errors import CommandError, unknown
from cslint.cli.options import FileOptions, JudgeOptions, RulebookOptions
from cslint.suppression.rules import RULES as SUPPRESSION_RULES

if TYPE_CHECKING:
    from cslint.linter import Linter
    from cslint.rulebook.load import Rulebook
    from cslint.rulebook.rule import Rule
    from cslint.scorecard.review import Review


def build_linter(options: JudgeOptions) -> Linter:
    """The linter that options and configuration ask for, for no file in particular.

    Raises CommandError or ConfigError for a profile, a selector or a word list that does not exist.
    """
    from cslint.cli.configured import Judging

    return Judging(options).linter()


def review_of(options: FileOptions) -> Review | None:
    """What reviewers decided; None without a review file. Raises CommandError."""
    if options.review is None:
        return None
    from cslint.scorecard.review import ReviewError, read_review

    try:
        return read_review(Path(options.review))
    except ReviewError as error:
        raise CommandError(str(error)) from None


def load_rulebook(options: RulebookOptions) -> Rulebook:
    """The shipped rules and the user's lists, without compiling them."""
    from cslint.rulebook.load import load

    return load(wordlist_paths(options))


def all_rules(options: RulebookOptions) -> dict[str, Rule]:
    """Every rule by id, those over whole conversations included, without compiling them."""
    from cslint.conversation.load import load_conversations

    book = load_rulebook(options)
    return {**book.rules, **load_conversations(wordlist_paths(options), book=book).rules}


def find_rule(rules: Mapping[str, Rule], word: str) -> Rule:
    """The rule with this id or name, whatever the case. Raises CommandError with the nearest one."""
    for rule in (*rules.values(), *SUPPRESSION_RULES.values()):
        if word.casefold() in (rule.id.casefold(), rule.name):
            return rule
    names = [name for rule in rules.values() for name in (rule.id, rule.name)]
    raise CommandError(f"{unknown('rule', word, names)}\n  hint: `cslint rules` lists them all")


def wordlist_paths(options: RulebookOptions) -> list[Path]:
    """The user's own lists, of the configuration and the options. Raises CommandError for one that is not there."""
    from cslint.config import Configs

    configured = Configs(options.config, isolated=options.isolated).here().words("wordlists")
    return existing([*configured, *options.wordlist])


def existing(names: Iterable[str]) -> list[Path]:
    """Word lists by their paths. Raises CommandError for one that is not there."""
    paths = [Path(name) for name in names]
    for path in paths:
        if not path.exists():
            raise CommandError(f"{path}: no such word list\n  hint: name a .yaml or .txt file, or a folder of them")
    return paths
