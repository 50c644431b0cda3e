"""Binds a command to its class of options: Typer sees one parameter a field, the command gets one object."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar, get_type_hints

import typer

Options = TypeVar("Options")
PANELS = ("What is checked", "Which rules", "Fixes", "Output", "Run")  # of `--help`, in this order


def takes(table: type[Options]) -> Callable[[Callable[[typer.Context, Options], None]], Callable[..., None]]:
    """Give a command the options of ``table``, a dataclass whose fields are annotated for Typer."""
    hints = get_type_hints(table, include_extras=True)
    in_order = sorted(fields(table), key=lambda item: _panel(hints[item.name]))  # type: ignore[arg-type]
    parameters = [inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)]
    for item in in_order:
        default = item.default if item.default is not MISSING else inspect.Parameter.empty
        if item.default_factory is not MISSING:
            default = None  # Click takes no other default for a list of arguments; the class fills in its own
        parameters.append(
            inspect.Parameter(item.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[item.name])
        )

    def decorate(command: Callable[[typer.Context, Options], None]) -> Callable[..., None]:
        def called(ctx: typer.Context, **values: Any) -> None:
            command(ctx, table(**{name: value for name, value in values.items() if value is not None}))

        called.__name__, called.__doc__, called.__module__ = command.__name__, command.__doc__, command.__module__
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {p.name: p.annotation for p in parameters}
        return called

    return decorate


def _panel(annotation: Any) -> int:
    """Where an option stands in `--help`; arguments stand first."""
    panel = annotation.__metadata__[0].rich_help_panel
    return PANELS.index(panel) if panel else -1
