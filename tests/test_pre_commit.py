"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit on a git repository.

Installing a hook's environment needs a package index, so the hooks run as a local repository with the cslint of these
tests; everything else about them (entry, files, arguments) is what the file says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent


class Repository:
    """A git repository with the hooks."""

    def __init__(self, path: Path, home: Path, hooks: list[str]) -> None:
        self.path = path
        self.environment = {
            **os.environ,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(home),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        self.environment.pop("GITHUB_ACTIONS", None)
        local = [{**hook, "language": "system"} for hook in HOOKS if hook["id"] in hooks]
        for hook in local:
            hook.pop("additional_dependencies", None)
            hook.pop("minimum_pre_commit_version", None)
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]}))
        self.run("git", "init", "-q", "-b", "main")

    def write(self, name: str, text: str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.path, env=self.environment, capture_output=True, check=False, encoding="utf-8"
        )

    def hooks(self) -> subprocess.CompletedProcess[str]:
        self.run("git", "add", "-A")
        return self.run(sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose")


@pytest.fixture
def repository(tmp_path):
    def made(*hooks: str) -> Repository:
        (tmp_path / "repository").mkdir()
        return Repository(tmp_path / "repository", tmp_path / "home", list(hooks))

    return made


def test_the_manifest_is_valid():
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_take_every_file_that_can_be_read():
    import re

    from cslint.readers import EXTENSIONS

    for hook in HOOKS:
        assert [e for e in EXTENSIONS if not re.search(hook["files"], f"a{e}")] == []


def test_a_finding_stops_the_commit_and_mending_lets_it_pass(repository):
    one = repository("cslint")
    assert one.run(sys.executable, "-m", "pre_commit", "install").returncode == 0
    one.write("cslint.toml", 'platform = "pdd"\n')
    one.write("回复/a.txt", "亲加我微信详聊\n")
    one.write("script.py", "# 亲加我微信详聊\n")
    one.run("git", "add", "-A")
    stopped = one.run("git", "commit", "-m", "x")
    assert stopped.returncode == 1
    assert "回复/a.txt:1:2: error TPP001" in stopped.stdout + stopped.stderr
    assert "script.py" not in stopped.stdout + stopped.stderr
    one.write("回复/a.txt", "您直接在这里说就好\n")
    one.run("git", "add", "-A")
    passed = one.run("git", "commit", "-m", "x")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_excludes_hold_for_files_that_are_named(repository):
    one = repository("cslint")
    one.write("cslint.toml", 'exclude = ["drafts/"]\n')
    one.write("drafts/a.txt", "亲加我微信详聊\n")
    assert one.hooks().returncode == 0
    one.write("cslint.toml", "")
    assert one.hooks().returncode == 1


def test_a_baseline_never_blocks_mending(repository):
    one = repository("cslint")
    one.write("cslint.toml", 'baseline = "cslint-baseline.json"\n')
    one.write("a.txt", "亲加我微信详聊\n")
    one.write("b.txt", "亲加我微信详聊\n")
    cslint = str(BIN / "cslint")
    assert one.run(cslint, "baseline", ".", "--isolated").returncode == 0
    assert one.hooks().returncode == 0
    one.write("a.txt", "您好\n")
    assert one.hooks().returncode == 0
    one.write("b.txt", "亲加我微信详聊，全网最低价\n")
    assert one.hooks().returncode == 1


def test_the_fixing_hook_writes_and_says_so(repository):
    one = repository("cslint-fix")
    one.write("a.txt", "这款独一无二\n")
    first = one.hooks()
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert (one.path / "a.txt").read_text(encoding="utf-8") == "这款有特色\n"
    assert one.hooks().returncode == 0
