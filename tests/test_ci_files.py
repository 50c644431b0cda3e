"""What others run in CI: the GitHub action and the snippets in docs/ci.md keep to their schemas and do what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def snippet(heading: str) -> str:
    """The last YAML block under a heading of docs/ci.md."""
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    return re.findall(r"```yaml\n(.*?)```", section[1], re.DOTALL)[-1]


def keeps_to(schema: str, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_keeps_to_its_schema():
    keeps_to("vendor.github-actions", ROOT / "action.yml")


@pytest.mark.parametrize(("heading", "schema"), [("GitHub", "vendor.github-workflows"), ("GitLab", "vendor.gitlab-ci")])
def test_snippets_keep_to_their_schemas(heading, schema, tmp_path):
    path = tmp_path / "ci.yml"
    path.write_text(snippet(heading), encoding="utf-8")
    keeps_to(schema, path)


def step(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's last step as a runner does."""
    names = {"paths": "CSLINT_PATHS", "platform": "CSLINT_PLATFORM", "args": "CSLINT_ARGS"}
    given = {names[name]: inputs.get(name, ACTION["inputs"][name]["default"]) for name in names}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", ACTION["runs"]["steps"][-1]["run"]],
        cwd=folder, env={**os.environ, **given, "PATH": path, "GITHUB_ACTIONS": "true", "PYTHONIOENCODING": "utf-8"},
        capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="composite steps run in bash")
def test_the_action_annotates(tmp_path):
    (tmp_path / "my replies").mkdir()
    (tmp_path / "my replies" / "a.txt").write_text("亲加我微信详聊\n去淘宝搜店名\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("亲加我微信详聊\n", encoding="utf-8")
    done = step(tmp_path, paths="my replies\n", platform="pdd\njd\n", args="--select=TPP\n--lang=en")
    assert done.returncode == 1, done.stderr
    assert "::error file=my replies/a.txt,line=1,endLine=1,col=2," in done.stdout
    assert "TPP004" in done.stdout
    assert "b.txt" not in done.stdout
    assert step(tmp_path, args="--ignore=TPP,SAY").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="composite steps run in bash")
def test_nothing_in_an_input_is_run(tmp_path):
    (tmp_path / "a.txt").write_text("您好\n", encoding="utf-8")
    done = step(tmp_path, paths="a.txt", args="$(touch hacked)")
    assert done.returncode == 2
    assert not (tmp_path / "hacked").exists()
