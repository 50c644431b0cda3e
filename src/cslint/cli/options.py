"""The options, in one table: each class says what a command can be asked (see ``binding.takes``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from cslint.cli import values
from cslint.cli.binding import PANELS
from cslint.model import PLATFORMS, ROLES, SEVERITIES, UNITS
from cslint.reporters import FORMATS
from cslint.reporters.labels import Lang
from cslint.scorecard.formats import FORMATS as SCORE_FORMATS

_JUDGED, _RULES, _FIXES, _OUTPUT, _RUN = PANELS

LangOption = Annotated[
    str, values.choice("--lang", "language", ("zh", "en"), "Language of reasons, labels and notices.", _OUTPUT)
]
JsonOption = Annotated[
    str, values.choice("--format", "format", ("text", "json"), "For people or for programs.", _OUTPUT)
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Compile the rules and check every file anew.", rich_help_panel=_RUN)
]


@dataclass(frozen=True, kw_only=True)
class RulebookOptions:
    """Which words are in the rulebook, and in which language it speaks."""

    wordlist: Annotated[
        list[str],
        typer.Option(
            help="A list of your own: .yaml, .txt or a folder. Repeatable.", metavar="FILE", rich_help_panel=_RULES
        ),
    ] = field(default_factory=list)
    lang: LangOption = "zh"
    config: Annotated[
        str | None,
        typer.Option(
            "--config",
            help="The configuration to use, in place of the nearest cslint.toml or pyproject.toml.",
            metavar="FILE",
            rich_help_panel=_RUN,
        ),
    ] = None
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no configuration file.", rich_help_panel=_RUN)] = (
        False
    )

    @property
    def language(self) -> Lang:
        return values.language(self.lang)


@dataclass(frozen=True, kw_only=True)
class JudgeOptions(RulebookOptions):
    """How texts are judged."""

    platform: Annotated[
        list[str],
        typer.Option(
            "--platform",
            "-p",
            help="Where the text is used. Repeatable. Without it, only what is foreign everywhere is judged.",
            metavar="|".join(PLATFORMS),
            callback=values.platforms,
            autocompletion=values.platform_choices,
            rich_help_panel=_JUDGED,
        ),
    ] = field(default_factory=list)
    profile: Annotated[
        list[str],
        typer.Option(
            help="Switch on the rules of a trade or a house style, such as strict-style or cosmetics. Repeatable.",
            callback=values.words,
            rich_help_panel=_RULES,
        ),
    ] = field(default_factory=list)
    select: Annotated[
        list[str],
        typer.Option(help="Only these: rule id, name, group or prefix.", callback=values.words, rich_help_panel=_RULES),
    ] = field(default_factory=list)
    ignore: Annotated[list[str], typer.Option(help="Not these.", callback=values.words, rich_help_panel=_RULES)] = (
        field(default_factory=list)
    )
    extend_select: Annotated[
        list[str],
        typer.Option(help="These as well, besides what is on.", callback=values.words, rich_help_panel=_RULES),
    ] = field(default_factory=list)
    no_cache: NoCacheOption = False


@dataclass(frozen=True, kw_only=True)
class FileOptions(JudgeOptions):
    """Which files are read, and how."""

    paths: Annotated[list[str], typer.Argument(help="Files and folders; - for standard input.", show_default=False)] = (
        field(default_factory=list)
    )
    unit: Annotated[
        str,
        values.choice(
            "--unit",
            "unit",
            ("auto", *UNITS),
            "What the texts are; auto goes by the file. public: sent to many.",
            _JUDGED,
        ),
    ] = "auto"
    agents: Annotated[
        list[str],
        typer.Option(
            help="Names of the shop's own people in a chat. Repeatable.", metavar="GLOB", rich_help_panel=_JUDGED
        ),
    ] = field(default_factory=list)
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of the files, where the guess is wrong.", rich_help_panel=_JUDGED)
    ] = None
    exclude: Annotated[
        list[str],
        typer.Option(help="Leave out when walking folders. Repeatable.", metavar="GLOB", rich_help_panel=_JUDGED),
    ] = field(default_factory=list)
    force_exclude: Annotated[
        bool,
        typer.Option(
            "--force-exclude", help="Excludes hold for named files too (pre-commit).", rich_help_panel=_JUDGED
        ),
    ] = False
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            help="The name under which standard input is judged and reported.", metavar="NAME", rich_help_panel=_JUDGED
        ),
    ] = None
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", help="Write findings to a file (UTF-8).", metavar="FILE", rich_help_panel=_OUTPUT
        ),
    ] = None
    mask: Annotated[
        bool | None,
        typer.Option(
            "--mask/--no-mask",
            help="Star out personal data. On unless the output is a terminal.",
            show_default=False,
            rich_help_panel=_OUTPUT,
        ),
    ] = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices, no footer.", rich_help_panel=_OUTPUT)] = (
        False
    )
    review: Annotated[
        str | None,
        typer.Option(
            help="Decisions of reviewers (CSV): findings they overturned are left out.",
            metavar="FILE",
            rich_help_panel=_RULES,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class CheckOptions(FileOptions):
    """Everything that `check` can be asked."""

    format: Annotated[str, values.choice("--format", "format", FORMATS, "How findings are written.", _OUTPUT, "-f")] = (
        "full"
    )
    min_severity: Annotated[
        str, values.choice("--min-severity", "severity", SEVERITIES, "The least that is shown.", _OUTPUT)
    ] = "warning"
    show_passed: Annotated[
        bool,
        typer.Option("--show-passed", help="Show also what was let pass, and why.", rich_help_panel=_OUTPUT),
    ] = False
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Count by rule in place of findings.", rich_help_panel=_OUTPUT),
    ] = False
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Put rewrites in place that keep the meaning, and save.", rich_help_panel=_FIXES),
    ] = False
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", help="With --fix or --diff: also rewrites a person should read.", rich_help_panel=_FIXES
        ),
    ] = False
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Show what --fix would change and write nothing. Exit code 1 if that is anything.",
            rich_help_panel=_FIXES,
        ),
    ] = False  # fmt: skip
    baseline: Annotated[
        str | None,
        typer.Option(
            help="Old findings that `cslint baseline` has written down: only new ones are reported.",
            metavar="FILE",
            rich_help_panel=_RUN,
        ),
    ] = None
    strict_baseline: Annotated[
        bool,
        typer.Option(
            "--strict-baseline", help="Exit code 2 if findings of the baseline are gone.", rich_help_panel=_RUN
        ),
    ] = False
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.", rich_help_panel=_RUN)
    ] = False
    fail_on: Annotated[
        str, values.choice("--fail-on", "severity", SEVERITIES, "The least that makes the exit code 1.", _RUN)
    ] = "warning"
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit code 0 in spite of findings; errors stay 2.", rich_help_panel=_RUN)
    ] = False


@dataclass(frozen=True, kw_only=True)
class ScoreOptions(FileOptions):
    """Everything that `score` can be asked."""

    format: Annotated[
        str, values.choice("--format", "format", SCORE_FORMATS, "How the scorecard is written.", _OUTPUT, "-f")
    ] = "table"
    sheet: Annotated[
        str | None,
        typer.Option(
            help="A TOML file with the shop's [score] table; cslint.toml is read where it is there.",
            metavar="FILE",
            rich_help_panel=_RULES,
        ),
    ] = None
    import_: Annotated[
        str | None,
        typer.Option(
            "--import",
            help="Points that no chat shows (CSV with 客服, 项目, 得分), added to the chat item.",
            metavar="FILE",
            rich_help_panel=_RULES,
        ),
    ] = None
    write_review: Annotated[
        str | None,
        typer.Option(
            help="Write all findings as a CSV for reviewers to decide on; read it back with --review.",
            metavar="FILE",
            rich_help_panel=_OUTPUT,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class BaselineOptions(CheckOptions):
    """What `baseline` can be asked."""

    prune: Annotated[
        bool,
        typer.Option("--prune", help="Only take out what is gone; write down nothing new.", rich_help_panel=_RUN),
    ] = False


@dataclass(frozen=True, kw_only=True)
class ConfigOptions(RulebookOptions):
    """What `config` can be asked."""

    path: Annotated[
        str | None, typer.Argument(help="Show what holds for this file.", show_default=False, metavar="[FILE]")
    ] = None


@dataclass(frozen=True, kw_only=True)
class InitOptions:
    """What `init` can be asked."""

    platform: Annotated[
        list[str],
        typer.Option(
            "--platform", "-p", help="Where the texts are used. Repeatable.", metavar="|".join(PLATFORMS),
            callback=values.platforms, autocompletion=values.platform_choices,
        ),
    ] = field(default_factory=list)  # fmt: skip
    lang: LangOption = "zh"

    @property
    def language(self) -> Lang:
        return values.language(self.lang)


@dataclass(frozen=True, kw_only=True)
class ExplainOptions(JudgeOptions):
    """What `explain` can be asked."""

    text: Annotated[str, typer.Argument(help="The text; - reads standard input.", show_default=False)]
    unit: Annotated[str, values.choice("--unit", "unit", UNITS, "What the text is.", _JUDGED)] = "message"
    role: Annotated[str, values.choice("--role", "role", ROLES, "Who says it.", _JUDGED)] = "agent"
    format: JsonOption = "text"
    mask: Annotated[
        bool | None,
        typer.Option("--mask/--no-mask", help="Star out personal data.", show_default=False, rich_help_panel=_OUTPUT),
    ] = None


@dataclass(frozen=True, kw_only=True)
class RuleOptions(RulebookOptions):
    """What `rule` can be asked."""

    rule: Annotated[str, typer.Argument(help="Its id or its name, such as TPP001.", show_default=False)]
    format: JsonOption = "text"


@dataclass(frozen=True, kw_only=True)
class RulesOptions(RulebookOptions):
    """What `rules` can be asked."""

    group: Annotated[
        list[str],
        typer.Option(help="Only this group or prefix. Repeatable.", callback=values.words, rich_help_panel=_RULES),
    ] = field(default_factory=list)
    format: JsonOption = "text"


@dataclass(frozen=True, kw_only=True)
class CompileOptions(RulebookOptions):
    """What `compile` can be asked."""

    report: Annotated[
        bool,
        typer.Option(
            "--report",
            help="Count by rule, foretell false alarms, check the lists. Exit code 1 if a term cannot stay as it is.",
            rich_help_panel=_OUTPUT,
        ),
    ] = False
    format: JsonOption = "text"
    no_cache: NoCacheOption = False


@dataclass(frozen=True, kw_only=True)
class TestOptions:
    """What `test` can be asked."""

    wordlists: Annotated[
        list[str],
        typer.Argument(help="Rule files or folders; the shipped ones if none is named.", show_default=False),
    ] = field(default_factory=list)
    lang: LangOption = "zh"
    no_cache: NoCacheOption = False

    @property
    def language(self) -> Lang:
        return values.language(self.lang)

    def paths(self) -> list[Path]:
        return [Path(name) for name in self.wordlists]
