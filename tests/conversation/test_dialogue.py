"""A numbered 【买家】/【小花】 dialogue, as training sheets write them, from the file to the findings and the scorecard."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cslint import Linter
from cslint.cli import app
from cslint.conversation.inspect import Inspected
from cslint.readers import read

FILE = Path(__file__).parents[1] / "data/chats/after-sale.txt"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter("taobao")


def test_each_exchange_is_a_conversation_of_its_own(linter: Linter) -> None:
    found = [f for f in linter.inspect_units(read(FILE)) if isinstance(f, Inspected)]
    assert [(i.conversation.name, len(i.conversation.messages), i.judged) for i in found] == [
        ("1", 2, True), ("2", 2, True), ("3", 2, True), ("4", 2, True), ("5", 2, True), ("6", 4, True), ("7", 2, True), ("8", 2, True),
    ]  # fmt: skip
    for inspected in found:
        assert {m.kind for m in inspected.conversation.messages} == {"customer", "human"}


def test_what_is_wrong_and_only_that(linter: Linter) -> None:
    found = [f for f in linter.check_units(read(FILE)) if f.group == "conversation"]
    assert sorted((f.rule, f.place.line, f.matched) for f in found) == [
        ("CNV011", 16, "开不了的"),
        ("CNV012", 3, "再看看我们家别的款式"),
        ("CNV012", 12, "没办法给您退的"),
        ("CNV016", 6, "稍后给您回复"),
        ("CNV022", 12, "没办法"),
        ("CNV023", 10, "亲,您自己先看看是不是拍错了。"),
        ("CNV023", 18, "反弹"),
        ("CNV029", 18, "反弹"),
    ]
    assert {f.place.sender for f in found} == {"小花"}
    for finding in found:
        line = FILE.read_text(encoding="utf-8").split("\n")[finding.place.line - 1]
        assert line[finding.place.column - 1 : finding.place.end_column - 1] == finding.matched


def test_findings_of_messages_come_too(linter: Linter) -> None:
    found = list(linter.check_units(read(FILE)))
    assert {"SVC002", "CNV011"} <= {f.rule for f in found if f.place.line == 16}
    assert [f for f in found if f.group not in ("conversation", "listing") and f.place.sender == "买家"] == []


def run(*arguments: str) -> tuple[int, dict]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, json.loads(result.stdout)


def test_through_the_command_line() -> None:
    code, report = run("check", "--platform", "taobao", "--format", "json", str(FILE))
    assert code == 1
    assert {("CNV011", 16), ("CNV029", 18)} <= {(f["rule"], f["place"]["line"]) for f in report["findings"]}
    code, card = run("score", "--platform", "taobao", "--format", "json", str(FILE))
    assert code == 0
    (agent,) = card["agents"]
    assert (agent["agent"], agent["total"]["messages"], agent["total"]["conversations"]) == ("小花", 9, 8)
    assert agent["total"]["fatal"] == 1
    assert agent["total"]["points"] == 0  # an insult answered in kind takes all points
    assert agent["total"]["answers"]["asked"] == 0  # no times, no figures
