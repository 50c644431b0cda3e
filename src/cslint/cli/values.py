"""What the values of options may be, and what is said of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer

from cslint.cli.errors import CommandError, unknown
from cslint.model import PLATFORMS
from cslint.reporters.labels import Lang

PLATFORM_NAMES = {  # what people type instead of the short name
    "京东": "jd", "淘宝": "taobao", "天猫": "tmall", "拼多多": "pdd", "抖音": "douyin", "快手": "kuaishou", "小红书": "xiaohongshu",
    "jingdong": "jd", "pinduoduo": "pdd", "tiktok": "douyin", "rednote": "xiaohongshu", "xhs": "xiaohongshu",
}  # fmt: skip

Value = TypeVar("Value", str, "str | None")


def one_of(flag: str, what: str, choices: tuple[str, ...]) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if value is not None and value not in choices:
            raise CommandError(f"{flag}: {unknown(what, value, choices)}")
        return value

    return check


def choice(flag: str, what: str, choices: tuple[str, ...], help: str, panel: str, *short: str) -> Any:
    return typer.Option(
        flag,
        *short,
        help=help,
        metavar="|".join(choices),
        callback=one_of(flag, what, choices),
        autocompletion=lambda: list(choices),
        rich_help_panel=panel,
    )


def words(given: list[str] | None) -> list[str]:
    """`--select A,B --select C` is A, B, C."""
    return [word.strip() for value in given or () for word in value.split(",") if word.strip()]


def platforms(given: list[str] | None) -> list[str]:
    names = [name.lower() for name in words(given)]
    for name in names:
        if name not in PLATFORMS:
            raise CommandError(f"--platform: {unknown('platform', name, PLATFORMS, PLATFORM_NAMES)}")
    return names


def platform_choices() -> list[str]:
    return list(PLATFORMS)


def language(lang: str) -> Lang:
    return "en" if lang == "en" else "zh"
