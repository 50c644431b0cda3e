"""The cache of results: used while nothing has changed, dropped when anything has, and free of personal data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cslint import Linter

PHONE = "13912345678"


@pytest.fixture
def folder(tmp_path_factory, monkeypatch, cache):
    """A cache of this test's own, with the compiled rules of the others in it."""
    own = tmp_path_factory.mktemp("own-cache")
    for plan in cache.glob("*.plan"):
        (own / plan.name).write_bytes(plan.read_bytes())
    monkeypatch.setenv("CSLINT_CACHE_DIR", str(own))
    return own


@pytest.fixture
def linted(cslint, folder, monkeypatch):  # noqa: ARG001
    """Check; whether the linter was asked, and what the run said."""

    def check(*arguments: str) -> tuple[int, str]:
        asked = []
        original = Linter.check_units
        with monkeypatch.context() as patch:
            patch.setattr(Linter, "check_units", lambda self, units: (asked.append(1), original(self, units))[1])
            outcome = cslint("check", *arguments)
        assert outcome.code in (0, 1), outcome.err
        return len(asked), outcome.out + outcome.err

    return check


def test_a_second_run_says_the_same_without_looking(linted):
    Path("a.txt").write_text("加我微信，全网最低价\n", encoding="utf-8")
    Path("b.csv").write_text("话术,编号\n加我微信,甲\n", encoding="utf-8")
    first = linted(".", "-p", "pdd", "-f", "full")
    second = linted(".", "-p", "pdd", "-f", "full")
    assert (first[0], second[0]) == (2, 0)
    assert first[1] == second[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("a.txt").write_text("加我微信！\n", encoding="utf-8"),
        lambda: Path("cslint.toml").write_text('allowed = ["微信"]', encoding="utf-8"),
        lambda: Path("cslint.toml").write_text('[severity]\nTPP = "info"', encoding="utf-8"),
        lambda: Path("own.txt").write_text("加我 => 联系我\n", encoding="utf-8"),
        lambda: Path("a.txt").rename("c.txt"),
    ],
)
def test_any_change_is_seen(linted, change):
    Path("a.txt").write_text("加我微信\n", encoding="utf-8")
    Path("own.txt").write_text("没有的词\n", encoding="utf-8")
    arguments = [".", "--wordlist", "own.txt", "--exclude", "own.txt"]
    assert linted(*arguments)[0] == 1
    assert linted(*arguments)[0] == 0
    change()
    assert linted(*arguments)[0] == 1


@pytest.mark.parametrize("option", [["-p", "jd"], ["--unit", "message"], ["--lang", "en"], ["--select", "TPP"]])
def test_options_count(linted, option):
    Path("a.txt").write_text("加我微信\n", encoding="utf-8")
    assert [linted("a.txt")[0], linted("a.txt", *option)[0], linted("a.txt")[0]] == [1, 1, 0]


@pytest.mark.parametrize("option", ["--no-cache", "--show-passed"])
def test_options_that_ask_for_more_do_without(linted, option):
    Path("a.txt").write_text("加我微信\n", encoding="utf-8")
    assert [linted("a.txt", option)[0], linted("a.txt", option)[0]] == [1, 1]


def test_personal_data_is_not_written(linted, folder):
    Path("own.txt").write_text(f"{PHONE}\n", encoding="utf-8")
    Path("a.txt").write_text(f"电话{PHONE}\n", encoding="utf-8")
    Path("b.csv").write_text("发送人,内容\n张三丰,加我微信\n小美,好\n", encoding="utf-8")
    for _ in range(2):
        assert linted("a.txt", "b.csv", "--no-mask", "--wordlist", "own.txt")[0] == 2
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".plan")
    assert PHONE.encode() not in kept
    assert "张三丰".encode() not in kept


def test_a_broken_entry_is_no_entry(linted, folder):
    Path("a.txt").write_text("加我微信\n", encoding="utf-8")
    first = linted("a.txt")
    for entry in (folder / "results").iterdir():
        entry.write_bytes(b"\x93broken")
    assert linted("a.txt") == first


def test_it_does_not_grow_for_ever(linted, folder, monkeypatch):
    monkeypatch.setattr("cslint.result_cache.MOST", 4)
    (folder / "results").mkdir()
    for number in range(9):
        (folder / "results" / f"{number}").write_bytes(b"")
    Path("a.txt").write_text("加我微信\n", encoding="utf-8")
    linted("a.txt")
    assert len(list((folder / "results").iterdir())) == 6


def test_baseline_and_suppressions_come_after_it(linted, cslint):
    Path("a.txt").write_text("加我微信\n", encoding="utf-8")
    linted("a.txt")
    assert cslint("baseline", "a.txt").code == 0
    asked, said = linted("a.txt", "--baseline", "cslint-baseline.json", "-f", "json")
    assert asked == 0
    assert json.loads(said[: said.rindex("}") + 1])["summary"]["known"] == 1
