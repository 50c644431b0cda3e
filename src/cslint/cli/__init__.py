"""The command line: one file a command. What stops a command is caught here, and only here."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cslint.cli import (
    baseline,
    check,
    compile,
    config,
    console,
    coverage,
    explain,
    init,
    rule,
    rules,
    score,
    test,
)
from cslint.cli.errors import CommandError
from cslint.cli.exit_codes import ExitCode
from cslint.config import ConfigError
from cslint.rulebook.errors import RulebookError


class _Commands(TyperGroup):
    """Turns what a command raises into a message on stderr and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (CommandError, ConfigError, RulebookError) as error:
            sys.stdout.flush()
            print(f"error: {error}", file=sys.stderr)
        except BrokenPipeError:
            console.abandon_output()
        except KeyboardInterrupt:
            print("interrupted: what was not reached was not checked", file=sys.stderr)
        raise typer.Exit(ExitCode.ERROR)


app = typer.Typer(
    name="cslint",
    cls=_Commands,
    help="A linter for what a shop says: chats, reply templates and product listings in Chinese. It runs locally.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    check.check,
    rule.rule,
    rules.rules,
    explain.explain,
    baseline.baseline,
    config.config,
    init.init,
    test.test,
    compile.compile,
    coverage.coverage,
    score.score,
):
    app.command()(command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from cslint import __version__

        print(f"cslint {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line. Never leaves with exit code 1 for anything but findings."""
    console.prepare()
    try:
        app()
    except Exception:
        import traceback

        traceback.print_exc()
        print("error: cslint failed; nothing that was not reported may be taken for clean", file=sys.stderr)
        sys.exit(ExitCode.ERROR)
