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
    "untimed": (
        "{count} 个会话没有完整的时间，没有计算响应时间。",
        "{count} conversation(s) without complete times: no answer times were computed.",
    ),
    "no-times": (
        "{count} 条聊天消息没有时间，没有检查响应时间。",
        "{count} chat message(s) without a time: answer times were not checked.",
    ),
    "left-out": (
        "{count} 个会话分不清客服和买家，没有计入评分；用 --agents 指明客服账号。",
        "{count} conversation(s) whose two sides cannot be told apart were not scored; name the agents with --agents.",
    ),
    "duplicates": ("{count} 条重复的消息只计一次。", "{count} duplicated message(s) were counted once."),
    "overturned": ("{count} 处经复核推翻，未计入。", "{count} finding(s) overturned by reviewers were left out."),
    "masked": (
        "结果已遮住个人信息；聊天记录只应用于处理纠纷和告知过的考核，用途由店铺负责。",
        "personal data is masked; use chat records only for disputes and for reviews that staff were told of.",
    ),
    "baseline-gone": (
        "基线里有 {count} 处已经不在了；cslint baseline --prune 可以清掉（{file}）。",
        "{count} entries of the baseline are gone; `cslint baseline --prune` takes them out ({file}).",
    ),
    "baseline-written": (
        "基线已写入 {file}：{count} 处。检查时加 --baseline {file}，或写进 cslint.toml。",
        "{file} written with {count} finding(s). Check with --baseline {file}, or name it in cslint.toml.",
    ),
    "baseline-pruned": ("基线 {file} 已清理，余 {count} 处。", "{file} pruned: {count} finding(s) left in it."),
    "config-written": (
        "已写入 {file}：去掉 # 即启用；cslint config 显示生效的设置。",
        "{file} written: take away a # to switch a line on; `cslint config` shows what is in force.",
    ),
    "watching": ("等待文件改动，Ctrl-C 结束。", "waiting for a change; Ctrl-C ends."),
    "not-fixed": ("{path} 没有改：{problem}。", "{path} was not fixed: {problem}."),
    "would-fix": (
        "会改 {files} 个文件的 {count} 处；--fix 写入。",
        "would fix {count} finding(s) in {files} file(s); --fix writes them.",
    ),
    "nothing-to-fix": ("没有可以自动改的。", "nothing to fix."),
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

    def say_each(self, name: str, **values: object) -> None:
        """Print a notice that holds for one file: as often as it is said."""
        self.say(name, **values)
        self._said.discard(name)

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
