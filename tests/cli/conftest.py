"""The command line over a small rulebook of its own, so that the shipped rules may change without breaking a test."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "snapshots"


class Outcome(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


class _Captured(io.TextIOWrapper):
    """A UTF-8 stream that keeps what is written."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", newline="\n", write_through=True)

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _small_rulebook(monkeypatch: pytest.MonkeyPatch, cache: Path, tmp_path: Path) -> None:
    for module in ("cslint.rulebook.find", "cslint.rulebook.load"):
        monkeypatch.setattr(f"{module}.shipped_wordlists", lambda: HERE / "wordlists")
    monkeypatch.setenv("CSLINT_CACHE_DIR", str(cache))
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def cslint(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Run a command in this process."""
    from cslint.cli import app

    def run(*arguments: str, stdin: bytes | str = b"") -> Outcome:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = _Captured(), _Captured()
        with monkeypatch.context() as streams:
            streams.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
            streams.setattr("sys.stdout", out)
            streams.setattr("sys.stderr", err)
            with pytest.raises(SystemExit) as stopped:
                app(list(arguments), prog_name="cslint")
        return Outcome(int(stopped.value.code or 0), out.text(), err.text())

    return run


@pytest.fixture
def process() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command as a process, with pipes on all three streams."""

    def start(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(HERE / "launch.py"), *arguments]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env={**os.environ, **environment}, **pipes)  # type: ignore[call-overload]

    return start


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare with a golden file; `UPDATE_SNAPSHOTS=1` writes it anew."""

    def same(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text == expected, f"{path} differs: look at it, then `make snapshots`"

    return same
