"""`cslint baseline` and `check --baseline`: start today with old findings, fail on new ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PHONE = "13812345678"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies" / "a.txt").write_text("加我微信。您好\n敢说全网最低价\n", encoding="utf-8")
    (tmp_path / "replies" / "b.csv").write_text(f"话术\n微信{PHONE}\n微信{PHONE}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def known(cslint):
    assert cslint("baseline", ".").code == 0

    def check(*arguments: str):
        return cslint("check", *(arguments or (".",)), "--baseline", "cslint-baseline.json", "--lang", "en")

    return check


def test_the_file_holds_no_text_no_line_and_no_date(known, snapshot):  # noqa: ARG001
    text = Path("cslint-baseline.json").read_text(encoding="utf-8")
    snapshot("baseline.json", text)
    assert not set("微信全网最低价") & set(text)
    assert PHONE not in text


def test_it_is_sorted_and_written_the_same_way_each_time(cslint, known):  # noqa: ARG001
    before = Path("cslint-baseline.json").read_bytes()
    assert cslint("baseline", "replies/b.csv", "replies/a.txt").code == 0
    assert Path("cslint-baseline.json").read_bytes() == before
    document = json.loads(before)
    assert list(document["findings"]) == sorted(document["findings"])


def test_known_findings_pass_and_are_counted(known):
    code, out, _ = known()
    assert code == 0
    assert out == "4 findings in the baseline not shown.\n"


def test_lines_may_move_and_other_sentences_change(known):
    Path("replies/a.txt").write_text("新的第一行\n\n加我微信。谢谢光临\n敢说全网最低价\n", encoding="utf-8")
    assert known().code == 0


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("加我微信。您好\n敢说全网最低价\n加我微信。", ["replies/a.txt:3:3: TPP001"]),  # once more than before
        ("加我微信。您好\n敢说全网最低价\n有事加我微信", ["replies/a.txt:3:5: TPP001"]),
        ("快加我微信。您好\n敢说全网最低价\n", ["replies/a.txt:1:4: TPP001"]),
    ],
)
def test_new_findings_fail(known, text, new):
    Path("replies/a.txt").write_text(text, encoding="utf-8")
    code, out, _ = known(".", "-f", "concise")
    assert code == 1
    assert [line.split(" error")[0] for line in out.splitlines() if " error " in line] == new


def test_what_is_gone_is_said_and_blocks_only_when_asked(cslint, known):
    Path("replies/a.txt").write_text("您好\n", encoding="utf-8")
    code, _, err = known()
    assert code == 0
    assert "2 entries of the baseline are gone; `cslint baseline --prune`" in err
    assert known(".", "--strict-baseline").code == 2
    assert known("replies/b.csv", "--strict-baseline").code == 0  # a hook sees some files only
    assert known(".", "--strict-baseline", "--select", "CON").code == 0
    assert cslint("baseline", ".", "--prune").code == 0
    assert known(".", "--strict-baseline").code == 0


def test_prune_writes_down_nothing_new(cslint, known):
    Path("replies/a.txt").write_text("有事加我微信\n", encoding="utf-8")
    assert cslint("baseline", ".", "--prune").code == 0
    assert "replies/a.txt" not in json.loads(Path("cslint-baseline.json").read_bytes())["findings"]
    assert known().code == 1


def test_prune_of_some_files_keeps_the_others(cslint, known):
    Path("replies/b.csv").write_text("话术\n您好\n", encoding="utf-8")
    assert cslint("baseline", "replies/a.txt", "--prune").code == 0
    assert "2 entries" in known()[2]


def test_files_that_are_gone_leave_the_baseline(cslint, known):
    Path("replies/b.csv").unlink()
    assert known().code == 0
    assert cslint("baseline", "replies/a.txt").code == 0
    assert list(json.loads(Path("cslint-baseline.json").read_bytes())["findings"]) == ["replies/a.txt"]
    assert known().code == 0


def test_paths_are_relative_to_the_file(known, folder, monkeypatch):  # noqa: ARG001
    monkeypatch.chdir(folder / "replies")
    from cslint.cli import app

    with pytest.raises(SystemExit) as stopped:
        app(["check", "a.txt", "--baseline", "../cslint-baseline.json"], prog_name="cslint")
    assert stopped.value.code in (0, None)


def test_the_configuration_may_name_it(cslint, known, folder):
    Path("cslint.toml").write_text('baseline = "cslint-baseline.json"\n', encoding="utf-8")
    assert cslint("check", ".").code == 0
    Path("replies/a.txt").write_text("您好\n", encoding="utf-8")
    assert cslint("baseline", ".").code == 0
    assert list(json.loads((folder / "cslint-baseline.json").read_bytes())["findings"]) == ["replies/b.csv"]
    assert known().code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "the baseline cannot be read"),
        ("<<<<<<< HEAD", "not a baseline"),
        ('{"version": 1, "findings": {"a": 1}}', "not a baseline"),
        ('{"version": 9, "findings": {}}', "version 9"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_2(cslint, content, message):
    if content is not None:
        Path("cslint-baseline.json").write_text(content, encoding="utf-8")
    code, out, err = cslint("check", ".", "--baseline", "cslint-baseline.json")
    assert (code, out) == (2, "")
    assert message in err


def test_a_file_that_cannot_be_read_leaves_the_baseline_as_it_was(cslint, known):  # noqa: ARG001
    before = Path("cslint-baseline.json").read_bytes()
    Path("replies/c.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert cslint("baseline", ".").code == 2
    assert Path("cslint-baseline.json").read_bytes() == before


def test_suppressed_findings_do_not_enter(cslint):
    Path("replies/c.md").write_text("加我微信 <!-- cslint: ignore[TPP001] x -->", encoding="utf-8")
    assert cslint("baseline", ".").code == 0
    assert "replies/c.md" not in json.loads(Path("cslint-baseline.json").read_bytes())["findings"]
