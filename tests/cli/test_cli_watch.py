"""`--watch`, the progress bar and shell completion."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cslint.cli.options import CheckOptions
from cslint.cli.progress import tracked


@pytest.fixture
def events(monkeypatch):
    """What happens between two looks, one after another; then Ctrl-C."""

    def happen(*steps):
        waiting = iter(steps)

        def pause():
            step = next(waiting, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr("cslint.cli.watch.pause", pause)

    return happen


def test_it_checks_again_when_something_changes(cslint, events):
    Path("a.txt").write_text("您好\n", encoding="utf-8")
    events(
        lambda: None,
        lambda: Path("a.txt").write_text("加我微信\n", encoding="utf-8"),
        lambda: Path("b.txt").write_text("全网最低价\n", encoding="utf-8"),
        lambda: Path("cslint.toml").write_text("x = 1", encoding="utf-8"),
        lambda: Path("cslint.toml").write_text("[severity]\nTPP = 'info'", encoding="utf-8"),
        lambda: Path("a.txt").unlink(),
    )
    code, out, err = cslint("check", ".", "--watch", "-f", "concise", "-q")
    assert code == 0
    assert [line.split(" error")[0] for line in out.splitlines()] == [
        "a.txt:1:3: TPP001",
        "a.txt:1:3: TPP001",
        "b.txt:1:1: ABS001",
        "b.txt:1:1: ABS001",
        "b.txt:1:1: ABS001",
    ]
    assert "cslint.toml:1:1: unknown key 'x'" in err


def test_standard_input_cannot_be_watched(cslint):
    code, _, err = cslint("check", "-", "--watch", stdin="x")
    assert code == 2
    assert "--watch needs files" in err


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("options", "stdout", "stderr", "count", "shown"),
    [
        ({}, io.StringIO, Terminal, 100, True),
        ({"output": "x"}, Terminal, Terminal, 100, True),
        ({}, Terminal, Terminal, 100, False),
        ({}, io.StringIO, io.StringIO, 100, False),
        ({}, io.StringIO, Terminal, 3, False),
        ({"quiet": True}, io.StringIO, Terminal, 100, False),
    ],
)
def test_a_bar_on_stderr_while_the_findings_go_elsewhere(monkeypatch, options, stdout, stderr, count, shown):
    out, err = stdout(), stderr()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", err)
    assert list(tracked(list(range(count)), CheckOptions(**options))) == list(range(count))
    assert bool(err.getvalue()) == shown
    assert out.getvalue() == ""


def test_shell_completion_knows_commands_and_values():
    def completed(words: str) -> list[str]:
        asked = {"_CSLINT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        done = subprocess.run(
            [Path(sys.executable).parent / "cslint"],
            env={**os.environ, **asked},
            capture_output=True,
            check=False,
            text=True,
        )
        return done.stdout.split()

    assert {"check", "config", "init", "baseline"} <= set(completed("cslint "))
    assert completed("cslint check --platform p") == ["pdd"]
    assert completed("cslint check --format sa") == ["sarif"]
