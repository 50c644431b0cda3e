"""The command as a process: consoles of other encodings, pipes that close, failures inside."""

from __future__ import annotations

import json

import pytest

TEXT = "加我微信👍\u200b聊 한국어\n".encode()


@pytest.mark.parametrize("format", ["full", "concise"])
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8", "cp1252"])
def test_no_encoding_stops_the_output(process, encoding, format):
    started = process("check", "-", "-f", format, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    out, err = started.communicate(TEXT)
    assert started.returncode == 1
    assert b"TPP001" in out
    assert b"Traceback" not in err
    if encoding == "gbk":
        assert "引导至微信" in out.decode("gbk")
        assert "说明：" in err.decode("gbk")
        if format == "full":
            assert "加我微信\\U0001f44d<U+200B>聊 \\ud55c\\uad6d\\uc5b4" in out.decode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_json_is_json_in_any_encoding(process, encoding):
    started = process("check", "-", "-f", "json", "--show-passed", PYTHONIOENCODING=encoding)
    out, _ = started.communicate("加我微信👍🏽聊，退微信零钱".encode())
    assert json.loads(out.decode(encoding))["findings"][0]["matched"] == "微信"


def test_a_gbk_console_can_show_help_and_errors(process):
    for arguments in (["check", "--help"], ["rule", "TPP001"], ["rules"], ["check", "没有👍.txt"], ["check", "--nope"]):
        started = process(*arguments, PYTHONIOENCODING="gbk")
        _, err = started.communicate()
        assert started.returncode in (0, 2)
        assert b"Traceback" not in err


def test_a_reader_that_goes_away_is_no_error_to_speak_of(process, tmp_path):
    (tmp_path / "many.txt").write_text("加我微信\n" * 20_000, encoding="utf-8")
    started = process("check", "many.txt")
    started.stdout.read(10)
    started.stdout.close()
    assert started.stderr.read().decode().count("Traceback") == 0
    assert started.wait() == 2


def test_a_failure_inside_is_2_and_not_1(tmp_path, monkeypatch):
    from cslint import cli

    def fail(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("cslint.cli.check.Judging", fail)
    monkeypatch.setattr("sys.argv", ["cslint", "check", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2


def test_an_interrupt_is_2(cslint, monkeypatch, tmp_path):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("cslint.cli.check.run_check", interrupt)
    code, _, err = cslint("check", str(tmp_path))
    assert code == 2
    assert "interrupted" in err
