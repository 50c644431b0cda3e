"""The other commands: rule, rules, explain, test, compile, coverage, and the frame around them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

RULES = Path(__file__).parent / "wordlists"


class TestRule:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_golden(self, cslint, snapshot, lang):
        code, out, err = cslint("rule", "TPP001", "--lang", lang)
        assert (code, err) == (0, "")
        snapshot(f"rule.{lang}.txt", out.replace(str(RULES), "wordlists"))

    @pytest.mark.parametrize("word", ["TPP001", "tpp001", "third-party-wechat", "Third-Party-WeChat"])
    def test_by_id_or_name(self, cslint, word):
        assert cslint("rule", word).out.startswith("TPP001 third-party-wechat\n")

    def test_platforms_and_severities(self, cslint):
        assert "Platforms: jd, pdd, douyin, kuaishou, xiaohongshu" in cslint("rule", "TPP002", "--lang", "en").out
        assert "Severity: message warning, listing error, public error" in cslint("rule", "ABS001", "--lang", "en").out

    def test_json(self, cslint):
        document = json.loads(cslint("rule", "TPP001", "--format", "json").out)
        assert document["version"] == 1
        assert [r["id"] for r in document["rules"]] == ["TPP001"]

    @pytest.mark.parametrize(("word", "near"), [("TPP01", "TPP001"), ("third-party-weixin", "third-party-wechat")])
    def test_unknown(self, cslint, word, near):
        code, out, err = cslint("rule", word)
        assert (code, out) == (2, "")
        assert f"error: unknown rule {word!r}: did you mean {near!r}?" in err
        assert "cslint rules" in err

    def test_a_rule_of_an_own_list(self, cslint, tmp_path):
        (tmp_path / "own.txt").write_text("就好 => 即可\n", encoding="utf-8")
        assert "就好（→ 即可）" in cslint("rule", "own-own", "--wordlist", "own.txt").out


class TestRules:
    def test_golden(self, cslint, snapshot):
        snapshot("rules.txt", cslint("rules").out)

    def test_json_has_the_fields_of_the_contract(self, cslint):
        document = json.loads(cslint("rules", "--format", "json").out)
        assert document["version"] == 1
        assert [r["id"] for r in document["rules"]] == ["ABS001", "PRV001", "SAY001", "TPP001", "TPP002"]
        for rule in document["rules"]:
            assert {"id", "name", "group", "severity", "spec", "platforms", "profiles", "basis"} <= set(rule)
        assert "taobao" not in document["rules"][4]["platforms"]

    @pytest.mark.parametrize("group", ["third-party", "TPP", "tpp"])
    def test_group(self, cslint, group):
        assert [line[:6] for line in cslint("rules", "--group", group).out.splitlines()] == ["TPP001", "TPP002"]

    def test_unknown_group(self, cslint):
        code, _, err = cslint("rules", "--group", "third-parties")
        assert code == 2
        assert "did you mean 'third-party'?" in err


class TestExplain:
    TEXT = "加我薇信，或退微信零钱👍"

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_golden(self, cslint, snapshot, lang):
        code, out, err = cslint("explain", self.TEXT, "--lang", lang)
        assert code == 0
        assert "--platform" in err
        snapshot(f"explain.{lang}.txt", out)

    def test_nothing_near(self, cslint):
        assert cslint("explain", "在这里说就好", "-p", "pdd") == (0, "没有任何词条命中。\n", "")

    def test_standard_input_and_lines(self, cslint):
        out = cslint("explain", "-", "-p", "pdd", stdin="好的\n请加微信").out
        assert "  | 请加微信\n  |     ^^^^\n" in out

    def test_standard_input_of_a_chinese_windows(self, cslint):
        assert "请加微信" in cslint("explain", "-", stdin="请加微信".encode("gbk")).out
        assert cslint("explain", "-", stdin=b"\x89PNG\r\n\x1a\n").code == 2

    def test_json(self, cslint):
        document = json.loads(cslint("explain", self.TEXT, "--format", "json").out)
        assert [(v["accepted"], v["matched"]) for v in document["verdicts"]] == [(True, "薇信"), (False, "微信")]

    def test_roles_and_masking(self, cslint):
        text = "加微信，13812345678"
        assert "放行" in cslint("explain", text, "--role", "customer").out
        assert "13812345678" not in cslint("explain", text).out
        assert "13812345678" in cslint("explain", text, "--no-mask").out

    @pytest.mark.parametrize(("option", "near"), [("--role=agnet", "agent"), ("--unit=mesage", "message")])
    def test_wrong_options(self, cslint, option, near):
        code, _, err = cslint("explain", "加微信", option)
        assert code == 2
        assert f"did you mean {near!r}?" in err


class TestTest:
    def test_all_pass(self, cslint):
        assert cslint("test") == (0, "5 条规则，30 个例子，全部通过。\n", "")

    def test_some_rules(self, cslint):
        assert cslint("test", str(RULES / "third-party"), "--lang", "en").out == "2 rules, 12 examples: all passed.\n"

    def test_a_failure_names_file_and_example(self, cslint, tmp_path):
        text = (RULES / "third-party" / "third-party-wechat.yaml").read_text(encoding="utf-8")
        text = (
            text.replace("TPP001", "TPP091").replace("third-party-wechat", "bad").replace("在这里说就好]", "来加微信]")
        )
        (tmp_path / "bad.yaml").write_text(text.replace("spec: [ROW-WECHAT]\n", ""), encoding="utf-8")
        code, out, _ = cslint("test", "bad.yaml", "--lang", "en")
        assert code == 1
        assert "bad.yaml: TPP091 来加微信\n  = found '微信'" in out
        assert out.endswith("failed.\n")

    def test_a_term_that_cannot_work_fails(self, cslint, tmp_path):
        text = (RULES / "third-party" / "third-party-taobao.yaml").read_text(encoding="utf-8")
        text = text.replace("TPP002", "TPP092").replace("third-party-taobao", "bad").replace("[淘宝]", "[淘宝, 淘。宝]")
        (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
        code, out, _ = cslint("test", "bad.yaml", "--lang", "en")
        assert code == 1
        assert "bad.yaml: TPP092 淘。宝\n  = “淘。宝” is not found even in its own text; punctuation" in out

    def test_a_missing_path(self, cslint):
        code, _, err = cslint("test", "nowhere")
        assert code == 2
        assert "error: nowhere: no such word list" in err

    def test_a_file_that_is_no_rule(self, cslint, tmp_path):
        (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
        code, _, err = cslint("test", "broken.yaml")
        assert code == 2
        assert "broken.yaml:" in err


class TestCompile:
    def test_one_line(self, cslint):
        code, out, _ = cslint("compile")
        assert code == 0
        assert out.startswith("5 条规则，5 个词条，")
        assert cslint("compile", "--lang", "en").out.startswith("5 rules, 5 terms, ")

    def test_json(self, cslint):
        document = json.loads(cslint("compile", "--format", "json").out)
        assert document["summary"]["rules"] == 5
        assert set(document) == {"version", "summary"}

    def test_report(self, cslint, monkeypatch):
        monkeypatch.setattr("cslint.compiler.calibration.LIMIT", 1.0)
        code, out, _ = cslint("compile", "--report", "--lang", "en")
        lines = out.splitlines()
        assert code == 0
        assert lines[0].split() == ["rule", "terms", "patterns", "spellings"]
        assert [line.split()[0] for line in lines[1:6]] == ["ABS001", "PRV001", "SAY001", "TPP001", "TPP002"]
        assert lines[7].split() == ["rule", "term", "techniques", "keys", "heard", "false"]
        assert lines[8].split()[:3] == ["TPP001", "微信", "sound+initials"]  # the noisiest first
        assert "Word lists: 0 errors, 0 warnings." in lines

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_report_fits_a_hundred_columns(self, cslint, tmp_path, lang):
        (tmp_path / "own.txt").write_text(f"{'很长的词' * 20}\n坏。东西\n不\n", encoding="utf-8")
        out = cslint("compile", "--report", "--lang", lang, "--wordlist", "own.txt").out
        assert max(cell_len(line) for line in out.replace(str(RULES), "wordlists").splitlines()) <= 100

    def test_report_refuses_a_noisy_term_without_a_cue(self, cslint):
        code, out, _ = cslint("compile", "--report", "--lang", "en")
        assert code == 1
        assert f"{Path('third-party', 'third-party-wechat.yaml')}: TPP001 微信 (noisy)\n  = 0.0" in out
        assert "hint: add an evasive_cue" in out
        assert "1 of them above 0.01 and without an evasive_cue." in out

    def test_report_names_what_is_wrong_with_an_own_list(self, cslint, tmp_path, monkeypatch):
        monkeypatch.setattr("cslint.compiler.calibration.LIMIT", 1.0)
        own = tmp_path / "own.txt"
        own.write_text("不\n", encoding="utf-8")
        code, out, _ = cslint("compile", "--report", "--wordlist", "own.txt")
        assert code == 0
        assert "own.txt: OWN006 不 (too-short)\n  = “不”太短" in out
        assert "词表自检：0 个错误，1 个提醒。" in out
        own.write_text("不\n坏。东西\n", encoding="utf-8")
        code, out, _ = cslint("compile", "--report", "--wordlist", "own.txt")
        assert code == 1
        assert "own.txt: OWN006 坏。东西 (unreachable)" in out
        assert "建议：" in out

    def test_report_json(self, cslint):
        code, out, _ = cslint("compile", "--report", "--format", "json")
        document = json.loads(out)
        assert code == 1
        assert (document["version"], document["per"], document["limit"]) == (1, 10000, 0.01)
        assert [rule["rule"] for rule in document["rules"]] == ["ABS001", "PRV001", "SAY001", "TPP001", "TPP002"]
        assert document["problems"] == []
        noisiest = document["forecasts"][0]
        assert set(noisiest) == {"rule", "term", "techniques", "keys", "raw", "predicted", "cued", "refused"}
        assert (noisiest["term"], noisiest["refused"], noisiest["techniques"]) == ("微信", True, ["sound", "initials"])


def test_coverage(cslint):
    code, out, _ = cslint("coverage")
    assert code == 0
    assert out.startswith("# Coverage\n")
    assert "| ROW-WECHAT | no WeChat | TPP001 |" in out


class TestFrame:
    def test_version(self, cslint):
        code, out, _ = cslint("--version")
        assert code == 0
        assert out.startswith("cslint ")

    @pytest.mark.parametrize("command", ["check", "rule", "rules", "explain", "test", "compile", "coverage"])
    def test_every_command_has_help(self, cslint, command):
        code, out, _ = cslint(command, "--help")
        assert code == 0
        assert command in out

    def test_nothing_given_is_help(self, cslint):
        code, out, err = cslint()
        assert code in (0, 2)  # Click 8.1 and later
        assert "explain" in out + err

    def test_an_unknown_command(self, cslint):
        code, _, err = cslint("chekc")
        assert code == 2
        assert "chekc" in err
