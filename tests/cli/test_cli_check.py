"""`cslint check`: what it checks, what it shows, and what its exit code says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cslint.reporters import BINARY_FORMATS, FORMATS

CHAT = """\
会话ID,发送时间,发送人,角色,内容
c1,2024-05-01 10:02:33,小美,客服,亲加我薇❤信聊👨‍👩‍👧，13812345678
c1,2024-05-01 10:03:00,张三,买家,加微信?
c1,2024-05-01 10:04:00,小美,客服,退款会原路退回微信零钱
c1,2024-05-01 10:05:00,小美,客服,这个我不知道
c1,2024-05-01 10:06:00,小美,客服,她的电话是多少
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chat.csv").write_text(CHAT, encoding="utf-8")
    (tmp_path / "clean.txt").write_text("您直接在这里说就好\n", encoding="utf-8")
    (tmp_path / "template.txt").write_text("敢说全网最低价\n淘宝也有我们的店\n", encoding="utf-8")
    return tmp_path


class TestExitCode:
    def test_clean(self, cslint):
        code, out, err = cslint("check", "clean.txt", "-p", "pdd", "--lang", "en")
        assert (code, out) == (0, "No findings in 1 file (texts: 1). This is not legal clearance.\n")
        assert err.startswith("note: 1 file(s) judged as public")

    def test_findings(self, cslint):
        assert cslint("check", "chat.csv", "-p", "pdd").code == 1

    @pytest.mark.parametrize(
        ("fail_on", "text", "code"),
        [
            ("warning", "这个我不知道", 1),
            ("error", "这个我不知道", 0),
            ("error", "加我微信", 1),
            ("warning", "她的电话是多少", 0),
            ("info", "她的电话是多少", 1),  # also what --min-severity does not show
        ],
    )
    def test_fail_on(self, cslint, fail_on, text, code):
        assert cslint("check", "-", "--unit", "message", "--fail-on", fail_on, stdin=text).code == code

    def test_exit_zero(self, cslint):
        assert cslint("check", "chat.csv", "--exit-zero").code == 0

    def test_what_is_hidden_fails_all_the_same(self, cslint):
        code, out, _ = cslint("check", "-", "--unit", "message", "--min-severity", "error", stdin="这个我不知道")
        assert code == 1
        assert "另有 1 处级别低于 error" in out

    @pytest.mark.parametrize("more", [[], ["--exit-zero"]])
    def test_a_missing_path_is_2_and_the_others_are_checked(self, cslint, more):
        code, out, err = cslint("check", "chat.cvs", "template.txt", "-f", "concise", "-p", "pdd", *more)
        assert code == 2
        assert "template.txt:1:3: ABS001 error" in out
        assert "error: chat.cvs: no such file or folder\n  hint: did you mean chat.csv?" in err

    @pytest.mark.parametrize(
        "data",
        [
            b"\x89PNG\r\n\x1a\n....",
            b"PK\x03\x04.....",
            "退款原路退回,请勿加微信".encode() + b"\xff" + "退款原路退回".encode(),
        ],
    )
    def test_an_undecodable_file_is_2_and_the_others_are_checked(self, cslint, folder, data):
        (folder / "broken.txt").write_bytes(data)
        code, out, err = cslint("check", "broken.txt", "template.txt", "-f", "concise")
        assert code == 2
        assert "template.txt:1:3: ABS001 error" in out
        assert "error: broken.txt: " in err
        assert "1 个文件无法读取" in out

    def test_what_was_read_before_a_file_broke_off_is_still_reported(self, cslint, folder):
        (folder / "broken.jsonl").write_text('{"content": "加我微信"}\n{"content": "加\n', encoding="utf-8")
        code, out, err = cslint("check", "broken.jsonl", "-f", "json")
        document = json.loads(out)
        assert code == 2
        assert document["summary"]["unreadable"][0]["path"] == "broken.jsonl"
        assert "error: broken.jsonl: " in err

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--platform", "pd"], "--platform: unknown platform 'pd': did you mean 'pdd'?"),
            (["--platform", "京东"], "did you mean 'jd'?"),
            (["--format", "jsno"], "did you mean 'json'?"),
            (["--format", "yaml"], "expected one of full, concise, json"),
            (["--unit", "listings"], "did you mean 'listing'?"),
            (["--select", "TPP01"], "did you mean 'TPP001'?"),
            (["--ignore", "third-partie"], "did you mean 'third-party'?"),
            (["--extend-select", "ABX"], "did you mean 'ABS'?"),
            (["--profile", "cosmetic"], "did you mean 'cosmetics'?"),
            (["--min-severity", "warn"], "did you mean 'warning'?"),
            (["--wordlist", "none.txt"], "none.txt: no such word list"),
            (["-o", "none/out.json"], "none/out.json: cannot be written: No such file or directory"),
            (["--nonsense"], "--nonsense"),
        ],
    )
    def test_a_wrong_option_is_2_and_names_what_is_near(self, cslint, arguments, message):
        code, out, err = cslint("check", "clean.txt", *arguments)
        assert code == 2
        assert message in err
        assert out == ""

    def test_a_broken_word_list_is_2_and_names_its_line(self, cslint, folder):
        (folder / "own.txt").write_text("好词\n坏词 =>\n", encoding="utf-8")
        code, _, err = cslint("check", "clean.txt", "--wordlist", "own.txt")
        assert code == 2
        assert err.startswith("error: own.txt:2: ")

    def test_an_unknown_encoding_is_2(self, cslint):
        code, _, err = cslint("check", "clean.txt", "--encoding", "gbq")
        assert code == 2
        assert "--encoding gbq is not a known text encoding" in err

    def test_no_path_on_a_terminal_is_help_and_2(self, cslint, monkeypatch):
        monkeypatch.setattr("cslint.cli.sources.is_terminal", lambda _stream: True)
        code, out, err = cslint("check")
        assert code == 2
        assert "--platform" in out + err
        assert "error: no path given" in err


class TestWhatIsChecked:
    @pytest.mark.parametrize("paths", [[], ["-"]])
    def test_standard_input(self, cslint, paths):
        code, out, _ = cslint("check", *paths, "-f", "concise", stdin="加我微信\n")
        assert code == 1
        assert out.startswith("-:1:3: TPP001 error")

    def test_standard_input_under_a_name(self, cslint):
        code, out, _ = cslint("check", "-", "--stdin-filename", "x/chat.csv", "-f", "concise", stdin=CHAT)
        assert code == 1
        assert out.startswith("x/chat.csv:2:33: TPP001 error")

    def test_empty_standard_input_is_said_to_be_empty(self, cslint):
        code, out, err = cslint("check", "-", "--lang", "en")
        assert (code, out) == (0, "Nothing was checked: there was no text.\n")
        assert "standard input is empty" in err

    def test_a_folder_honours_excludes_and_counts_what_it_leaves_aside(self, cslint, folder):
        (folder / "picture.png").write_bytes(b"\x89PNG")
        code, out, err = cslint("check", ".", "--exclude", "chat*", "-f", "concise", "--lang", "en")
        assert code == 1
        assert "chat.csv" not in out
        assert "template.txt" in out
        assert "note: 2 file(s) left aside: 1 excluded, 1 .png." in err

    @pytest.mark.parametrize(("more", "code"), [([], 1), (["--force-exclude"], 0)])
    def test_a_named_file_is_checked_unless_force_exclude(self, cslint, more, code):
        assert cslint("check", "template.txt", "--exclude", "*.txt", *more).code == code

    def test_the_report_of_the_last_run_is_not_checked(self, cslint):
        for _ in range(2):
            code, _, err = cslint("check", ".", "-f", "json", "-o", "report.json", "--lang", "en")
            assert code == 1
        assert "note: report.json is this run's output and was not checked." in err
        assert {f["place"]["path"] for f in json.loads(Path("report.json").read_bytes())["findings"]} == {
            "chat.csv",
            "template.txt",
        }

    @pytest.mark.parametrize(("platforms", "rules"), [([], ["ABS001"]), (["jd"], ["ABS001", "TPP002"]), (["taobao"], ["ABS001"]), (["taobao", "jd"], ["ABS001", "TPP002"]), (["taobao,jd"], ["ABS001", "TPP002"])])  # fmt: skip
    def test_platforms(self, cslint, platforms, rules):
        options = [word for name in platforms for word in ("--platform", name)]
        _, out, err = cslint("check", "template.txt", "-f", "json", *options)
        assert [f["rule"] for f in json.loads(out)["findings"]] == rules
        assert ("未指定 --platform" in err) == (not platforms)

    @pytest.mark.parametrize(
        ("options", "rules"),
        [
            (["--select", "TPP"], ["TPP001"]),
            (["--select", "third-party,SAY001"], ["TPP001", "SAY001"]),
            (["--ignore", "third-party-wechat"], ["SAY001"]),
            (["--select", "ABS", "--extend-select", "forbidden-dont-know"], ["SAY001"]),
        ],
    )
    def test_selectors(self, cslint, options, rules):
        _, out, _ = cslint("check", "chat.csv", "-f", "json", *options)
        assert [f["rule"] for f in json.loads(out)["findings"]] == rules

    def test_unit_and_severity(self, cslint):
        for unit, severity in (("message", "warning"), ("listing", "error"), ("public", "error")):
            _, out, _ = cslint("check", "-", "--unit", unit, "-f", "json", stdin="敢说全网最低价")
            assert [f["severity"] for f in json.loads(out)["findings"]] == [severity]

    def test_own_lists(self, cslint, folder):
        (folder / "own.txt").write_text("就好 => 即可\n", encoding="utf-8")
        _, out, _ = cslint("check", "clean.txt", "--wordlist", "own.txt", "-f", "json")
        found = json.loads(out)["findings"][0]
        assert (found["rule"], found["suggestions"][0]["text"]) == ("OWN006", "即可")

    def test_agents(self, cslint):
        chat = "发送人,内容\n小美,加我微信\n阿明,好的\n"
        assert "1 条消息" not in cslint("check", "-", "--stdin-filename", "a.csv", "--agents", "小*", stdin=chat).out
        assert cslint("check", "-", "--stdin-filename", "a.csv", "--agents", "小*", stdin=chat).code == 1
        code, _, err = cslint("check", "-", "--stdin-filename", "a.csv", stdin=chat)
        assert code == 0
        assert "2 条消息不知是谁说的，未按客服判断（小*, 阿*）" in err
        assert "（小美, 阿明）" in cslint("check", "-", "--stdin-filename", "a.csv", "--no-mask", stdin=chat).err

    def test_gb18030_is_read_and_said(self, cslint, folder):
        (folder / "gbk.csv").write_bytes(CHAT.replace("👨‍👩‍👧", "").replace("❤", "").encode("gbk"))
        code, out, err = cslint("check", "gbk.csv", "-f", "concise")
        assert code == 1
        assert out.startswith("gbk.csv:2:33: TPP001 error")
        assert "gbk.csv (gb18030)" in err
        assert "推断" not in cslint("check", "gbk.csv", "--encoding", "gbk").err


class TestOutput:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize("format", ["full", "concise", "json"])
    def test_golden(self, cslint, snapshot, format, lang):
        code, out, err = cslint("check", "chat.csv", "template.txt", "-p", "pdd", "-f", format, "--lang", lang)
        snapshot(f"check.{format}.{lang}.txt", f"{out}--- stderr\n{err}--- exit code {code}\n")

    @pytest.mark.parametrize("format", [f for f in FORMATS if f not in (*BINARY_FORMATS, "full", "concise", "json")])
    def test_golden_of_the_formats_for_programs(self, cslint, snapshot, monkeypatch, format):
        monkeypatch.setattr("cslint.__version__", "1.2.3")
        code, out, err = cslint("check", "chat.csv", "template.txt", "-p", "pdd", "-f", format)
        snapshot(f"check.{format}.txt", f"{out}--- stderr\n{err}--- exit code {code}\n".replace("\r", "<CR>"))
        assert cslint("check", "clean.txt", "-p", "pdd", "-f", format).code == 0
        assert cslint("check", "chat.cvs", "-f", format).code == 2

    def test_a_workbook_goes_to_a_file_or_a_pipe(self, cslint, monkeypatch):
        import openpyxl

        assert cslint("check", "chat.csv", "-p", "pdd", "-f", "xlsx", "-o", "found.xlsx").code == 1
        assert openpyxl.load_workbook("found.xlsx").sheetnames[:3] == ["总览", "全部", "小美"]
        monkeypatch.setattr("cslint.cli.check.is_terminal", lambda _stream: True)
        code, _, err = cslint("check", "chat.csv", "-f", "xlsx")
        assert code == 2
        assert "name a file with -o FILE" in err

    def test_without_openpyxl_the_next_step_is_named(self, cslint, monkeypatch):
        monkeypatch.setattr("cslint.cli.check.find_spec", lambda _name: None)
        code, _, err = cslint("check", "chat.csv", "-f", "xlsx", "-o", "found.xlsx")
        assert code == 2
        assert "pip install 'cslint[xlsx]'" in err

    def test_a_csv_file_has_the_mark_that_spreadsheets_need(self, cslint):
        cslint("check", "chat.csv", "-p", "pdd", "-f", "csv", "-o", "found.csv")
        assert Path("found.csv").read_bytes().startswith("\ufeffseverity,rule".encode())
        assert cslint("check", "chat.csv", "-p", "pdd", "-f", "csv").out.startswith("severity,rule")

    def test_github_is_chosen_in_a_workflow(self, cslint, monkeypatch):
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        code, out, _ = cslint("check", "chat.csv", "-p", "pdd")
        assert code == 1
        assert out.startswith("::error file=chat.csv,line=2,")
        assert "chat.csv:2:33: TPP001 error" in out
        assert not cslint("check", "chat.csv", "-f", "concise").out.startswith("::")
        cslint("check", "chat.csv", "-o", "found.txt")
        assert not Path("found.txt").read_text(encoding="utf-8").startswith("::")

    def test_golden_show_passed(self, cslint, snapshot):
        snapshot("check.passed.txt", cslint("check", "chat.csv", "-p", "pdd", "--show-passed").out)

    def test_golden_statistics(self, cslint, snapshot):
        snapshot("check.statistics.txt", cslint("check", ".", "-p", "pdd", "--statistics").out)

    def test_json_keeps_to_its_schema(self, cslint):
        schema = json.loads((Path(__file__).parents[2] / "docs" / "findings.schema.json").read_text(encoding="utf-8"))
        for more in ([], ["--show-passed"], ["--min-severity", "info"], ["--statistics"], ["missing.txt"]):
            _, out, _ = cslint("check", ".", "-p", "pdd", "-p", "jd", "-f", "json", *more)
            jsonschema.Draft202012Validator(schema).validate(json.loads(out))

    def test_min_severity(self, cslint):
        _, out, _ = cslint("check", "chat.csv", "-f", "json", "--min-severity", "info")
        assert [f["rule"] for f in json.loads(out)["findings"]] == ["TPP001", "SAY001", "PRV001"]
        _, out, _ = cslint("check", "chat.csv", "-f", "json", "--min-severity", "error")
        document = json.loads(out)
        assert [f["rule"] for f in document["findings"]] == ["TPP001"]
        assert document["summary"]["hidden"] == {"error": 0, "warning": 1, "info": 1}

    def test_quiet_is_findings_only(self, cslint):
        code, out, err = cslint("check", "template.txt", "-q", "-f", "concise", "--lang", "en")
        assert (code, err) == (1, "")
        assert out == 'template.txt:1:3: ABS001 error an absolute claim of price: "全网最低价"\n'

    def test_errors_are_never_quiet(self, cslint):
        assert "error: nowhere.txt" in cslint("check", "nowhere.txt", "-q").err

    def test_to_a_file(self, cslint, folder):
        code, out, _ = cslint("check", "chat.csv", "-o", "out.txt")
        assert (code, out) == (1, "")
        written = (folder / "out.txt").read_bytes().decode("utf-8")
        assert written.startswith("chat.csv:2:33: error TPP001")
        assert "\x1b" not in written
        assert "13812345678" not in written

    def test_masking(self, cslint):
        assert "13812345678" not in cslint("check", "chat.csv").out
        assert "138******78" in cslint("check", "chat.csv").out
        assert "13812345678" in cslint("check", "chat.csv", "--no-mask").out

    def test_a_terminal_sees_the_data_and_the_colours(self, cslint, monkeypatch):
        for module in ("check", "console"):
            monkeypatch.setattr(f"cslint.cli.{module}.is_terminal", lambda _stream: True)
        coloured = cslint("check", "chat.csv").out
        assert "\x1b[1;31merror\x1b[0m" in coloured
        assert "13812345678" in coloured
        assert "13812345678" not in cslint("check", "chat.csv", "--mask").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in cslint("check", "chat.csv").out

    def test_a_listing_of_one_long_line_is_cut_to_the_place(self, cslint, folder):
        (folder / "long.txt").write_text("好" * 900 + "全网最低价" + "好" * 900, encoding="utf-8")
        _, out, _ = cslint("check", "long.txt", "--unit", "listing")
        line = next(line for line in out.splitlines() if "全网最低价" in line and "|" in line)
        assert len(line) < 70
        assert line.count("…") == 2
