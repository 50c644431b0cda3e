"""`--fix` over files of every format that is fixed, read back by another program than the one that wrote."""

from __future__ import annotations

import csv
import html.parser
import json

import openpyxl
import pytest
import yaml
from openpyxl.styles import Font

LIST = "绝佳 => 很好\n顶好 => 好用\n"


def written(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["标题", "卖点"])
    sheet.append(["顶好的电饭煲", "绝佳手感"])
    sheet["A2"].font = Font(bold=True)
    book.save(folder / "a.xlsx")
    texts = {
        "b.yaml": 'title: 顶好的锅  # 注释\nlist:\n  - "绝佳\\u624b感"\n',
        "c.html": "<p>顶好&amp;耐用</p><img alt='绝佳手感'>\n",
        "d.json": '{"title": "\\u9876好的锅", "n": [1, "绝佳手感"]}\n',
        "e.toml": 'title = "顶好的锅" # 注释\n[more]\ntext = """\n绝佳手感"""\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "f.csv").write_bytes('标题,卖点\r\n"顶好""锅",绝佳手感\r\n'.encode("gb18030"))
    (folder / "words.txt").write_text(LIST, encoding="utf-8")
    return sorted(path.name for path in folder.iterdir() if path.name != "words.txt")


@pytest.fixture
def fixed(tmp_path, monkeypatch, cslint):
    monkeypatch.chdir(tmp_path)
    names = written(tmp_path)
    own = ("--wordlist", "words.txt", "--unit", "listing", "--select", "OWN")
    first = cslint("check", *names, *own, "--fix", "--unsafe-fixes", "-f", "json")
    assert first.code == 0, first.err
    assert json.loads(first.out)["summary"]["fixed"] == 2 * len(names)
    again = cslint("check", *names, *own, "--diff", "--unsafe-fixes")
    assert (again.code, again.out) == (0, "")
    return tmp_path


def test_workbooks_keep_their_styles(fixed):
    sheet = openpyxl.load_workbook(fixed / "a.xlsx").active
    assert [cell.value for cell in sheet[2]] == ["好用的电饭煲", "很好手感"]
    assert sheet["A2"].font.bold


def test_values_are_fixed_and_the_rest_stays(fixed):
    assert yaml.safe_load((fixed / "b.yaml").read_text("utf-8")) == {"title": "好用的锅", "list": ["很好手感"]}
    assert "# 注释" in (fixed / "b.yaml").read_text("utf-8")
    assert json.loads((fixed / "d.json").read_text("utf-8")) == {"title": "好用的锅", "n": [1, "很好手感"]}
    assert (fixed / "e.toml").read_text("utf-8") == 'title = "好用的锅" # 注释\n[more]\ntext = """\n很好手感"""\n'


def test_markup_stays(fixed):
    seen = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append((tag, dict(attrs)))

        def handle_data(self, data):
            seen.append(data)

    Reader().feed((fixed / "c.html").read_text("utf-8"))
    assert seen == [("p", {}), "好用&耐用", ("img", {"alt": "很好手感"}), "\n"]


def test_encoding_and_line_ends_stay(fixed):
    data = (fixed / "f.csv").read_bytes()
    assert data.count(b"\r\n") == 2
    assert list(csv.reader(data.decode("gb18030").splitlines())) == [["标题", "卖点"], ['好用"锅', "很好手感"]]
