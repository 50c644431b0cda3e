"""The configuration: which file holds, what it says, how mistakes in it are shown, `cslint config` and `cslint init`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cslint import Linter

TEXT = "加我微信\n敢说全网最低价\n淘宝也有我们的店\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def rules(cslint):
    """The rules found, after writing a configuration."""

    def found(config: str, *arguments: str, name: str = "cslint.toml") -> list[str]:
        Path(name).write_text(config, encoding="utf-8")
        outcome = cslint("check", *(arguments or ("a.txt",)), "-f", "json")
        assert outcome.code in (0, 1), outcome.err
        return [f["rule"] for f in json.loads(outcome.out)["findings"]]

    return found


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("config", "expected"),
        [
            ("", ["TPP001", "ABS001"]),
            ('platform = "pdd"', ["TPP001", "ABS001", "TPP002"]),
            ('platform = ["pdd", "jd"]', ["TPP001", "ABS001", "TPP002"]),
            ('select = "ABS"', ["ABS001"]),
            ('select = ["ABS001", "third-party-wechat"]', ["TPP001", "ABS001"]),
            ('ignore = ["third-party"]', ["ABS001"]),
            ('select = ["ABS"]\nextend-select = ["TPP"]', ["TPP001", "ABS001"]),
            ('allowed = ["全网最低价"]', ["TPP001"]),
            ('allowed = ["全網最低價", "別的"]', ["TPP001"]),
            ('[severity]\nABS = "info"', ["TPP001"]),
            ('min-severity = "error"\n[severity]\nthird-party-wechat = "warning"', ["ABS001"]),
            ('unit = "message"\nmin-severity = "error"', ["TPP001"]),
            ('exclude = ["*.txt"]\nforce-exclude = true', []),
            ('exclude = ["*.txt"]', ["TPP001", "ABS001"]),
            ('[per-file."*.txt"]\nplatform = "pdd"', ["TPP001", "ABS001", "TPP002"]),
            ('[per-file."*.md"]\nplatform = "pdd"', ["TPP001", "ABS001"]),
            ('[per-file."*"]\nignore = ["ABS"]\n[per-file."a.*"]\nignore = ["TPP"]', []),
        ],
    )
    def test_settings(self, rules, config, expected):
        assert rules(config) == expected

    def test_readers_are_told_where_headers_and_texts_stand(self, cslint, rules, folder):
        (folder / "b.csv").write_text("说明,,\n品名,卖点,编号\n全网最低价,保温,加微信\n", encoding="utf-8")
        (folder / "c.py").write_text('x = "全网最低价"  # 加我微信\n', encoding="utf-8")
        config = 'platform = "pdd"\nheader-row = 2\ncode = true\n[parts]\ntitle = ["品名"]\n'
        assert rules(config, "b.csv", "c.py") == ["ABS001", "ABS001"]
        wrong = "[parts]\ntitel = ['品名']\n"
        Path("cslint.toml").write_text(wrong, encoding="utf-8")
        outcome = cslint("check", "b.csv")
        assert outcome.code == 2
        assert "did you mean 'title'" in outcome.err

    def test_own_words_are_relative_to_the_file(self, rules, folder, monkeypatch):
        (folder / "lists").mkdir()
        (folder / "lists" / "own.txt").write_text("我们的店 => 本店\n", encoding="utf-8")
        (folder / "sub").mkdir()
        (folder / "cslint.toml").write_text('wordlists = ["lists/own.txt"]\nselect = ["OWN"]', encoding="utf-8")
        monkeypatch.chdir(folder / "sub")
        assert rules('extend = "../cslint.toml"', "../a.txt") == ["OWN006"]

    def test_columns(self, rules, folder):
        (folder / "chat.csv").write_text("坐席,回复\n小美,加我微信\n", encoding="utf-8")
        config = 'agents = ["小*"]\n[columns]\nsender = "坐席"\ncontent = ["回复"]'
        assert rules(config, "chat.csv") == ["TPP001"]

    def test_pyproject(self, rules):
        assert rules('[tool.cslint]\nselect = ["ABS"]', name="pyproject.toml") == ["ABS001"]
        assert rules('[tool.other]\nselect = ["ABS"]', name="pyproject.toml") == ["TPP001", "ABS001"]

    def test_what_holds_for_the_run(self, cslint):
        Path("cslint.toml").write_text('lang = "en"\nformat = "concise"\nfail-on = "error"\nunit = "message"', "utf-8")
        code, out, _ = cslint("check", "-", stdin="这个我不知道")
        assert code == 0
        assert out.startswith('-:1:3: SAY001 warning brushes the buyer off: "我不知道"')


class TestWhichFileHolds:
    def test_the_nearest_and_it_alone(self, rules, folder):
        (folder / "sub").mkdir()
        (folder / "sub" / "a.txt").write_text(TEXT, encoding="utf-8")
        (folder / "sub" / "cslint.toml").write_text('select = ["TPP"]', encoding="utf-8")
        assert rules('select = ["ABS"]\nplatform = "pdd"', "a.txt", "sub/a.txt") == ["ABS001", "TPP001"]

    def test_extend_is_explicit_and_what_is_near_wins(self, rules, folder):
        (folder / "base.toml").write_text('select = ["ABS"]\nplatform = "pdd"\n[severity]\nABS = "info"', "utf-8")
        assert rules('extend = "base.toml"\nselect = ["TPP", "ABS"]\n[severity]\nTPP001 = "info"') == ["TPP002"]

    def test_isolated_and_config(self, cslint, folder):
        (folder / "cslint.toml").write_text('select = ["ABS"]', encoding="utf-8")
        (folder / "other.toml").write_text('select = ["TPP"]', encoding="utf-8")
        for arguments, expected in (
            ([], ["ABS001"]), (["--isolated"], ["TPP001", "ABS001"]), (["--config", "other.toml"], ["TPP001"]),
        ):  # fmt: skip
            out = cslint("check", "a.txt", "-f", "json", *arguments).out
            assert [f["rule"] for f in json.loads(out)["findings"]] == expected

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["--platform", "pdd"], ["ABS001", "TPP002"]),
            (["--select", "TPP"], []),
            (["--select", "TPP", "--platform", "pdd"], ["TPP002"]),
            (["--ignore", "SAY"], ["TPP001", "ABS001"]),
        ],
    )
    def test_the_command_line_wins(self, cslint, folder, arguments, expected):
        (folder / "cslint.toml").write_text('ignore = ["TPP001"]\nplatform = "taobao"', encoding="utf-8")
        out = cslint("check", "a.txt", "-f", "json", *arguments).out
        assert [f["rule"] for f in json.loads(out)["findings"]] == expected

    def test_standard_input_under_a_name(self, cslint, folder):
        (folder / "sub").mkdir()
        (folder / "sub" / "cslint.toml").write_text('select = ["ABS"]', encoding="utf-8")
        out = cslint("check", "-", "--stdin-filename", "sub/b.txt", "-f", "json", stdin=TEXT).out
        assert [f["rule"] for f in json.loads(out)["findings"]] == ["ABS001"]

    def test_excludes_of_a_folder_hold_in_it(self, cslint, folder):
        (folder / "sub").mkdir()
        for name in ("a.txt", "b.txt"):
            (folder / "sub" / name).write_text(TEXT, encoding="utf-8")
        (folder / "sub" / "cslint.toml").write_text('exclude = ["b.*"]', encoding="utf-8")
        out, err = cslint("check", ".", "-f", "concise", "--lang", "en")[1:]
        assert "sub/a.txt" in out
        assert "sub/b.txt" not in out
        assert "1 excluded" in err


class TestMistakes:
    @pytest.mark.parametrize(
        ("config", "message"),
        [
            ('platfrom = "pdd"', "cslint.toml:1:1: unknown key 'platfrom'|^^^^^^^^|did you mean 'platform'?"),
            ('platform = "pd"', "cslint.toml:1:13: 'pd' is not a known value|            ^^|did you mean 'pdd'?"),
            ("platform = pdd", "cslint.toml:1:12: not TOML|words stand in quotes"),
            ("platform = 3", "cslint.toml:1:1: expected text in quotes or a list, found int"),
            ('\nselect = [\n  "TPP",\n  "ABX"]', "cslint.toml:4:4: unknown rule selector 'ABX'|did you mean 'ABS'?"),
            ('[severity]\nTPP9 = "info"', "cslint.toml:2:1: unknown rule selector 'TPP9'"),
            ('[severity]\nTPP001 = "warn"', "cslint.toml:2:11: 'warn' is not a known value|did you mean 'warning'?"),
            ('[per-file."a/*"]\nunits = "public"', "cslint.toml:2:1: unknown key 'units'|did you mean 'unit'?"),
            ('[per-file."a/*"]\nignore = ["ABX"]', "cslint.toml:1:11: unknown rule selector 'ABX'"),
            ('[columns]\ncontents = "x"', "cslint.toml:2:1: unknown key 'contents'|did you mean 'content'?"),
            ('profiles = ["cosmetic"]', "'cosmetic' is not a known value|did you mean 'cosmetics'?"),
            ('wordlists = ["none.txt"]', "cslint.toml:1:15: |none.txt: no such word list"),
            ('extend = "none.toml"', "cslint.toml:1:11: extend names 'none.toml', which is not there"),
            ('extend = "cslint.toml"', "extend goes in a circle"),
            ('format = "jsno"', "cslint.toml:1:11: unknown format 'jsno'"),
            ("é", "not TOML"),
        ],
    )
    def test_each_is_shown_with_its_line(self, cslint, config, message):
        Path("cslint.toml").write_text(config, encoding="utf-8")
        code, out, err = cslint("check", "a.txt")
        assert code == 2
        assert out == ""
        for part in message.split("|"):
            assert part in err

    def test_a_caret_behind_hanzi_stands_under_its_word(self, cslint):
        Path("cslint.toml").write_text('allowed = ["第一医药"]; selct = ["a"]', encoding="utf-8")
        _, _, err = cslint("check", "a.txt")
        _, source, carets = [line for line in err.splitlines() if "|" in line][:3]
        assert source.index("]") + 4 + 1 == carets.index("^")  # four Hanzi are four cells wider than four letters

    def test_a_broken_pyproject_counts_where_it_speaks_of_cslint(self, cslint):
        Path("pyproject.toml").write_text("[tool.other]\nx = ", encoding="utf-8")
        assert cslint("check", "a.txt").code == 1
        Path("pyproject.toml").write_text("[tool.cslint]\nx = ", encoding="utf-8")
        code, _, err = cslint("check", "a.txt")
        assert code == 2
        assert "pyproject.toml:2:" in err

    def test_not_utf8(self, cslint):
        Path("cslint.toml").write_bytes('allowed = ["店"]'.encode("gbk"))
        code, _, err = cslint("check", "a.txt")
        assert code == 2
        assert "is not UTF-8" in err

    def test_a_missing_config_is_2(self, cslint):
        assert cslint("check", "a.txt", "--config", "none.toml").code == 2

    def test_a_broken_file_further_down_is_found_before_anything_is_said(self, cslint, folder):
        (folder / "sub").mkdir()
        (folder / "sub" / "b.txt").write_text(TEXT, encoding="utf-8")
        (folder / "sub" / "cslint.toml").write_text("x = 1", encoding="utf-8")
        code, out, err = cslint("check", ".", "-f", "concise")
        assert (code, out) == (2, "")
        assert "sub/cslint.toml:1:1: unknown key 'x'" in err


class TestCommands:
    def test_init_writes_a_file_that_holds(self, cslint):
        code, _, err = cslint("init", "-p", "pdd", "--lang", "en")
        assert code == 0
        assert "cslint.toml written" in err
        out = cslint("check", "a.txt", "-f", "json").out
        assert [f["rule"] for f in json.loads(out)["findings"]] == ["TPP001", "ABS001", "TPP002"]

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_line_of_it_holds_when_switched_on(self, lang, tmp_path):
        from cslint.config import load_config
        from cslint.config.schema import KEYS
        from cslint.config.template import template

        lines = template(lang).splitlines()
        live = [line[2:] for line in lines if line.startswith("# ") and (" = " in line or line[2:3] == "[")]
        for name in ("words.txt", "base.toml"):
            (tmp_path / name).write_text("", encoding="utf-8")
        path = tmp_path / "cslint.toml"
        path.write_text("\n".join(live).replace("../cslint.toml", "base.toml"), encoding="utf-8")
        said = set(load_config(path).values) | {"extend"}
        assert set(KEYS) - said <= {"encoding", "force-exclude", "strict-baseline", "format", "mask"}

    def test_init_leaves_an_existing_file_alone(self, cslint):
        Path("cslint.toml").write_text("# mine", encoding="utf-8")
        code, _, err = cslint("init")
        assert code == 2
        assert "already there" in err
        assert Path("cslint.toml").read_text(encoding="utf-8") == "# mine"

    def test_config_says_where_each_value_comes_from(self, cslint, folder, snapshot):
        (folder / "base.toml").write_text('agents = ["本店:*"]\n[severity]\nSAY = "info"\n', encoding="utf-8")
        (folder / "cslint.toml").write_text(
            'extend = "base.toml"\nplatform = "pdd"\nallowed = ["第一医药"]\n[severity]\nTPP001 = "warning"\n'
            '[per-file."*.txt"]\nunit = "listing"\n',
            encoding="utf-8",
        )
        out = cslint("config").out + "---\n" + cslint("config", "a.txt", "--lang", "en").out
        snapshot("config.txt", out)

    def test_what_config_prints_is_a_configuration(self, cslint, folder):
        (folder / "cslint.toml").write_text('allowed = ["a\\"b"]\n[severity]\nSAY = "info"\n', encoding="utf-8")
        printed = cslint("config").out
        (folder / "again.toml").write_text(printed, encoding="utf-8")
        again = cslint("config", "--config", "again.toml").out
        assert [line.split("  #")[0] for line in again.splitlines()[1:]] == [
            line.split("  #")[0] for line in printed.splitlines()[1:]
        ]


class TestFromPython:
    def test_from_config(self, folder):
        (folder / "shop.toml").write_text('platform = "pdd"\nallowed = ["全网最低价"]\nlang = "en"', encoding="utf-8")
        linter = Linter.from_config("shop.toml")
        assert [f.rule for f in linter.check(TEXT, unit="public")] == ["TPP001", "TPP002"]
        (passed,) = [v for v in linter.explain(TEXT, unit="public") if not v.accepted]
        assert passed.reason == "allowed by the configuration"

    def test_the_nearest_one(self, folder):
        (folder / "cslint.toml").write_text('select = ["ABS"]', encoding="utf-8")
        assert [f.rule for f in Linter.from_config().check(TEXT)] == ["ABS001"]

    def test_a_mistake_is_a_value_error(self, folder):
        (folder / "cslint.toml").write_text('platform = "pd"', encoding="utf-8")
        with pytest.raises(ValueError, match=r"cslint\.toml:1:13: 'pd' is not a known value"):
            Linter.from_config("cslint.toml")

    def test_severity_overrides_hold_in_every_unit(self, folder):
        (folder / "cslint.toml").write_text('[severity]\nABS001 = "info"', encoding="utf-8")
        linter = Linter.from_config("cslint.toml")
        assert {
            f.severity for unit in ("message", "listing", "public") for f in linter.check("全网最低价", unit=unit)
        } == {"info"}
