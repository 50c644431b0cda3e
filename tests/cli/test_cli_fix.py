"""`--fix`, `--unsafe-fixes` and `--diff`: what is written, what is only shown, and the exit codes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

SAFE = """\
id: OWN901
name: own-safe
group: own
severity: error
title: {zh: 错字, en: a typo}
why: {zh: 写错了。, en: It is misspelt.}
basis:
  - {source: 本店, grade: house}
terms:
  - {term: 退欸, rewrite: 退款, safe: true}
  - {term: 到帐, rewrite: 到账, safe: true}
rewrites: []
examples:
  hit: [已退欸, 退欸了, 到帐了]
  miss: [已退款, 退款了, 您好]
"""
REPLIES = "退欸已经到帐\n加我微信，全网最低价\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own-safe.yaml").write_text(SAFE, encoding="utf-8")
    (tmp_path / "cslint.toml").write_text('wordlists = ["own-safe.yaml"]\nunit = "public"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(REPLIES, encoding="utf-8", newline="")
    return tmp_path


def text(name: str = "a.txt") -> str:
    return Path(name).read_bytes().decode()


def test_safe_fixes_alone_by_default(cslint):
    code, out, _ = cslint("check", "a.txt", "--fix", "-f", "concise", "--lang", "en")
    assert text() == "退款已经到账\n加我微信，全网最低价\n"
    assert code == 1
    assert "Fixed 2 findings." in out
    assert "TPP001" in out
    assert "OWN901" not in out


def test_without_fix_the_footer_says_what_could_be_fixed(cslint):
    _, out, _ = cslint("check", "a.txt", "--lang", "en")
    assert "2 fixable with --fix (2 more with --fix --unsafe-fixes; read them afterwards)." in out
    assert text() == REPLIES


def test_unsafe_fixes(cslint):
    code, out, _ = cslint("check", "a.txt", "--fix", "--unsafe-fixes", "-f", "json")
    assert text() == "退款已经到账\n加我平台聊天窗口，优惠价\n"
    assert code == 0
    assert json.loads(out)["summary"]["fixed"] == 4


def test_a_second_run_finds_nothing_to_fix(cslint):
    for _ in range(2):
        cslint("check", ".", "--fix", "--unsafe-fixes")
    before = Path("a.txt").stat().st_mtime_ns, text()
    assert cslint("check", ".", "--diff", "--unsafe-fixes")[:2] == (0, "")
    cslint("check", ".", "--fix", "--unsafe-fixes")
    assert (Path("a.txt").stat().st_mtime_ns, text()) == before  # what needs no fix is not written either


def test_diff_writes_nothing_and_git_can_apply_it(cslint, folder):
    code, out, err = cslint("check", "a.txt", "--diff", "--unsafe-fixes", "--lang", "en")
    assert code == 1
    assert text() == REPLIES
    assert "would fix 4 finding(s) in 1 file(s)" in err
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "-"], cwd=folder, input=out.encode(), check=True)
    assert text() == "退款已经到账\n加我平台聊天窗口，优惠价\n"


def test_golden_diff(cslint, snapshot):
    Path("b.csv").write_bytes("标题,卖点\r\n退欸,全网最低价".encode())
    snapshot("check.diff.txt", cslint("check", ".", "--diff", "--unsafe-fixes").out.replace("\r", "<CR>"))


def test_a_diff_of_nothing_is_empty_and_0(cslint):
    Path("a.txt").write_text("您好\n", encoding="utf-8")
    code, out, err = cslint("check", "a.txt", "--diff", "--lang", "en")
    assert (code, out) == (0, "")
    assert "nothing to fix" in err


def test_standard_input_comes_back_alone(cslint):
    code, out, err = cslint("check", "-", "--fix", stdin=REPLIES)
    assert out == "退款已经到账\n加我微信，全网最低价\n"
    assert code == 1
    assert "TPP001" in err


def test_standard_input_that_cannot_be_read_comes_back_as_it_was(process):
    given = b"\x89PNG\r\n\x1a\n"
    done = process("check", "-", "--fix", "--isolated")
    out, err = done.communicate(given, timeout=60)
    assert (done.returncode, out) == (2, given)
    assert b"PNG image" in err


def test_standard_input_keeps_its_encoding_and_line_ends(process):
    done = process("check", "-", "--fix", "--quiet")
    out, _ = done.communicate("退欸已经到帐\r\n您好\r\n".encode("gb18030"), timeout=60)
    assert (done.returncode, out) == (0, "退款已经到账\r\n您好\r\n".encode("gb18030"))


def test_a_diff_of_standard_input(cslint):
    code, out, _ = cslint("check", "-", "--diff", "--stdin-filename", "x.txt", stdin=REPLIES)
    assert code == 1
    assert out.startswith("--- a/x.txt\n+++ b/x.txt\n")


def test_what_is_suppressed_known_or_hidden_is_not_fixed(cslint):
    Path("a.md").write_text("退欸 <!-- cslint: ignore[OWN901] 引文 -->\n", encoding="utf-8")
    assert cslint("check", "a.md", "--fix").code == 0
    assert text("a.md").startswith("退欸")
    assert cslint("baseline", "a.txt").code == 0
    assert cslint("check", "a.txt", "--fix", "--baseline", "cslint-baseline.json").code == 0
    assert text() == REPLIES
    Path("cslint.toml").write_text('wordlists = ["own-safe.yaml"]\n[severity]\nOWN901 = "info"\n', encoding="utf-8")
    cslint("check", "a.txt", "--fix")
    assert text() == REPLIES


def test_an_unreadable_file_is_2_and_stays_as_it_is(cslint):
    Path("b.jsonl").write_bytes('{"text": "退欸"}\n{"text": \n'.encode())
    before = Path("b.jsonl").read_bytes()
    assert cslint("check", ".", "--fix").code == 2
    assert Path("b.jsonl").read_bytes() == before
    assert text().startswith("退款")


def test_a_file_that_cannot_be_written_is_2(cslint, monkeypatch):
    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("cslint.cli.fixing.write_atomically", refuse)
    code, _, err = cslint("check", "a.txt", "--fix")
    assert code == 2
    assert "a.txt: cannot be written (Permission denied)" in err
    assert text() == REPLIES


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_encoding_and_line_ends_stay(cslint, encoding):
    Path("a.txt").write_bytes(REPLIES.replace("\n", "\r\n").encode(encoding))
    cslint("check", "a.txt", "--fix", "--unsafe-fixes")
    expected = "退款已经到账\r\n加我平台聊天窗口，优惠价\r\n"
    assert Path("a.txt").read_bytes() == expected.encode(encoding)
