"""What is said on stderr: errors always, each notice once and not when the run is to be quiet."""

from __future__ import annotations

import sys

from cslint.reporters.escapes import visible
from cslint.reporters.labels import Lang

_NOTICES: dict[str, tuple[str, str]] = {
    "no-platform": (
        "未指定 --platform：只判断在各平台都算站外的内容（微信、QQ、电话号码…），因平台而异的规则未判断。",
        "no --platform given: only what is foreign everywhere (WeChat, QQ, phone numbers …) is judged, "
        "what depends on the platform is not.",
    ),
    "guessed-public": (
        "{count} 个文件按 public（发给多人的文字）从严检查；聊天记录请加 --unit message，商品文案请加 --unit listing。",
        "{count} file(s) judged as public (sent to many), the strict reading; "
        "--unit message or --unit listing says otherwise.",
    ),
    "unknown-roles": (
        "{count} 条消息不知是谁说的，未按客服判断（{who}）；用 --agents 指明客服账号。",
        "{count} message(s) by unknown speakers not judged as an agent's ({who}); name the agents with --agents.",
    ),
    "left-aside": (
        "{count} 个文件未检查：{which}。",
        "{count} file(s) left aside: {which}.",
    ),
    "columns-aside": (
        "表格中这些列不含要检查的文字，已跳过：{which}。",
        "table columns that hold no text to check were skipped: {which}.",
    ),
    "unrecognised": (
        "{count} 个文件没有认识的列名，所有文字都已检查：{which}。",
        "{count} file(s) have no column that is known, so all their text was checked: {which}.",
    ),
    "ragged-rows": (
        "{count} 行的列数与表头不符。",
        "{count} row(s) do not have as many cells as the header.",
    ),
    "textless": (
        "{count} 条消息没有文字（图片、语音、卡片等），未检查。",
        "{count} message(s) without words (pictures, voices, cards) were not checked.",
    ),
    "not-utf-8": (
        "{count} 个文件不是 UTF-8，编码是推断的：{which}；如有乱码请用 --encoding 指定。",
        "{count} file(s) are not UTF-8, their encoding is guessed: {which}; --encoding overrides.",
    ),
    "empty-stdin": ("标准输入是空的，什么也没有检查。", "standard input is empty: nothing was checked."),
    "nothing-to-check": (
        "没有找到可以检查的文件。",
        "no file to check was found.",
    ),
    "own-output": ("{path} 是本次的输出文件，未检查。", "{path} is this run's output and was not checked."),
}
_LISTED = 5


class Notices:
    """Prints to stderr. A notice is said once a run."""

    def __init__(self, lang: Lang, *, quiet: bool = False) -> None:
        self._lang = lang
        self._quiet = quiet
        self._said: set[str] = set()

    def say(self, name: str, **values: object) -> None:
        """Print a notice, unless it was said before."""
        if self._quiet or name in self._said:
            return
        self._said.add(name)
        text = _NOTICES[name][0 if self._lang == "zh" else 1].format(**values)
        self._print(f"说明：{text}" if self._lang == "zh" else f"note: {text}")

    def error(self, problem: object) -> None:
        """Print what went wrong, in English as all errors are; the exit code will be 2."""
        self._print(f"error: {problem}")

    @staticmethod
    def _print(line: str) -> None:
        sys.stdout.flush()
        print("\n".join(visible(part) for part in line.split("\n")), file=sys.stderr)


def some(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:_LISTED])
    rest = len(names) - _LISTED
    return f"{shown} … +{rest}" if rest > 0 else shown
