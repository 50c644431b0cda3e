"""A finding's place, followed by another program, leads to the text: every format and encoding, through the command line."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pytest
import shop
import yaml
from python_calamine import CalamineWorkbook

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ENCODINGS = {
    "chats/qianniu.txt": "gb18030",
    "chats/turns.txt": "utf-16",
    "chats/table.csv": "utf-8-sig",
    "chats/table.tsv": "utf-16-le",
    "listings/page.html": "utf-8",
    "listings/page.md": "utf-8",
    "listings/taobao.csv": "utf-16",
    "listings/backoffice-html.xls": "gbk",
    "listings/backoffice-csv.xls": "gbk",
    "templates/replies.txt": "gbk",
    "templates/replies.yaml": "utf-8",
    "templates/replies.toml": "utf-8",
}
Finding = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop")
    shop.write(path)
    return path


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    """What `cslint check --format json` says of the folder."""
    command = [sys.executable, "-m", "cslint", "check", "--format", "json", "--no-mask", "--platform", "taobao"]
    done = subprocess.run(
        [*command, "--lang", "en", "."], cwd=folder, capture_output=True, check=False, text=True, encoding="utf-8"
    )
    assert done.returncode == 1, done.stderr
    return dict(json.loads(done.stdout), stderr=done.stderr)


@pytest.fixture(scope="module")
def findings(report: dict[str, Any]) -> dict[str, list[Finding]]:
    by_file = defaultdict(list)
    for finding in report["findings"]:
        by_file[finding["place"]["path"]].append(finding)
    return by_file


def test_every_file_is_read_and_has_its_findings(folder: Path, report: dict[str, Any], findings: Any) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert set(findings) == names - {"templates/replies.go"}
    assert "1 file(s) left aside: 1 .go" in report["stderr"]
    assert report["summary"]["unreadable"] == []
    assert all(len(found) >= 1 for found in findings.values())


def test_customers_are_not_judged(findings: Any) -> None:
    chats = [finding for name, found in findings.items() if name.startswith("chats/") for finding in found]
    assert {finding["place"]["role"] for finding in chats} == {"agent"}
    assert {finding["place"].get("sender", "小花家:小美") for finding in chats} == {"小花家:小美", "小美"}


@pytest.mark.parametrize("name", ENCODINGS)
def test_line_and_column_lead_to_the_text(folder: Path, findings: Any, name: str) -> None:
    text = (folder / name).read_bytes().decode(ENCODINGS[name])
    lines = io.StringIO(text, newline=None).read().split("\n")
    for finding in findings[name]:
        assert seen(name, stretch(lines, finding["place"])) == finding["matched"]


def stretch(lines: list[str], place: Finding) -> str:
    """What stands between two places."""
    first, last = place["line"] - 1, place["end_line"] - 1
    if first == last:
        return lines[first][place["column"] - 1 : place["end_column"] - 1]
    middle = lines[first + 1 : last]
    return "\n".join([lines[first][place["column"] - 1 :], *middle, lines[last][: place["end_column"] - 1]])


def seen(name: str, raw: str) -> str:
    """What a reader sees of a stretch of the source."""
    if name.endswith((".html", ".md", "taobao.csv", ".xls")):
        raw = html.unescape(re.sub(r"<[^>]*>", "", raw.replace('""', '"')))
    if name.endswith(".md"):
        raw = raw.replace("**", "")
    if name.endswith((".yaml", ".toml")):
        raw = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), raw)
        raw = re.sub(r"\n +", " ", raw) if name.endswith(".yaml") else raw
    return raw.replace('""', '"')


@pytest.mark.parametrize("name", ["chats/table.xlsx", "chats/qianniu.xlsx"])
def test_sheet_and_cell_lead_to_the_text(folder: Path, findings: Any, name: str) -> None:
    book = openpyxl.load_workbook(folder / name)
    for finding in findings[name]:
        place = finding["place"]
        cell = book[place["sheet"]][place["cell"]]
        assert cell.row == place["row"]
        assert stretch(str(cell.value).split("\n"), place) == finding["matched"]


def test_the_cell_of_an_old_workbook_leads_to_the_text(folder: Path, findings: Any) -> None:
    name = "listings/table.xls"
    rows = CalamineWorkbook.from_path(folder / name).get_sheet_by_name("商品").to_python(skip_empty_area=False)
    for finding in findings[name]:
        place = finding["place"]
        column = ord(place["cell"][0]) - ord("A")
        value = str(rows[place["row"] - 1][column])
        assert seen(name, stretch(value.split("\n"), place)) == finding["matched"]
        assert rows[4][column] == place["field"]


def test_the_cell_of_an_xml_spreadsheet_leads_to_the_text(folder: Path, findings: Any) -> None:
    name = "listings/backoffice-xml.xls"
    text = (folder / name).read_text("gbk").split("?>", 1)[1]
    prefix = "{urn:schemas-microsoft-com:office:spreadsheet}"
    rows = [
        [data.text for data in row.iter(f"{prefix}Data")] for row in ElementTree.fromstring(text).iter(f"{prefix}Row")
    ]
    for finding in findings[name]:
        place = finding["place"]
        value = rows[place["row"] - 1][ord(place["cell"][0]) - ord("A")] or ""
        assert place["sheet"] == "导出"
        assert seen(name, stretch(value.split("\n"), place)) == finding["matched"]


def test_row_and_field_lead_to_the_text_in_parquet(folder: Path, findings: Any) -> None:
    rows = pyarrow.parquet.read_table(folder / "chats/table.parquet").to_pylist()
    for finding in findings["chats/table.parquet"]:
        place = finding["place"]
        assert stretch(rows[place["row"] - 1][place["field"]].split("\n"), place) == finding["matched"]


@pytest.mark.parametrize(
    ("name", "load"),
    [
        ("chats/records.json", json.loads),
        ("templates/replies.yaml", yaml.safe_load),
        ("templates/replies.toml", tomllib.loads),
    ],
)
def test_the_pointer_leads_to_the_text(folder: Path, findings: Any, name: str, load: Callable[[str], Any]) -> None:
    document = load((folder / name).read_text("utf-8"))
    for finding in findings[name]:
        value = resolved(document, finding["place"]["pointer"])
        assert value[finding["start"] : finding["end"]] == finding["matched"]


def test_line_and_pointer_lead_to_the_text_in_json_lines(folder: Path, findings: Any) -> None:
    name = "chats/records.jsonl"
    lines = (folder / name).read_text("utf-8").split("\n")
    for finding in findings[name]:
        place = finding["place"]
        value = resolved(json.loads(lines[place["line"] - 1]), place["pointer"])
        assert value[finding["start"] : finding["end"]] == finding["matched"]
        raw = lines[place["line"] - 1][place["column"] - 1 : place["end_column"] - 1]
        assert json.loads(f'"{raw}"') == finding["matched"]


def resolved(document: Any, pointer: str) -> Any:
    """RFC 6901."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document
