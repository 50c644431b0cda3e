"""The READMEs are true to the last word: every console block is run, every Python block too.

`UPDATE_SNAPSHOTS=1 pytest tests/test_readme.py` writes the output of the day into the pages.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.zh-CN.md")
DOCS = ("docs/fixes.md", "docs/configuration.md", "docs/suppressions.md", "docs/ci.md")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def output(command: str) -> str:
    words = shlex.split(command)
    if words[0] == "cat":
        return (ROOT / words[1]).read_text(encoding="utf-8").strip()
    assert words[0] == "cslint"
    done = subprocess.run(
        [sys.executable, "-m", "cslint", *words[1:]],
        cwd=ROOT, capture_output=True, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", "NO_COLOR": "1", "GITHUB_ACTIONS": ""},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.strip()


def rendered(block: str) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(part for c in commands for part in (c, output(c[2:]))) + "\n"


@pytest.mark.parametrize("page", [*PAGES, "docs/fixes.md"])
def test_console_blocks_show_what_is_printed(page: str) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    true = BLOCK.sub(lambda m: f"```console\n{rendered(m[1])}```", text)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(true, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == true


@pytest.mark.parametrize("page", PAGES)
def test_python_blocks_run(page: str) -> None:
    code = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert code
    for block in code:
        done = subprocess.run([sys.executable, "-c", block], capture_output=True, check=False, encoding="utf-8",
                              env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "TPP001" in done.stdout


@pytest.mark.parametrize("page", [*PAGES, *DOCS])
def test_links_point_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert ((ROOT / page).parent / target).exists(), target
