"""`cslint score`: figures, points, formats, reviews, and what is kept out of sight."""

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import jsonschema
import msgspec
import openpyxl
import pytest
from typer.testing import CliRunner

from cslint import Linter
from cslint.cli import app
from cslint.model import SEVERITIES
from cslint.scorecard.sheet import read_sheet

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs/scorecard.schema.json"
HEAD = "会话ID,发送时间,发送人,角色,内容\n"
DAY1 = """A1,2024-05-06 10:00:00,王小姐,买家,能开发票吗
A1,2024-05-06 10:00:20,店:小禾,客服,您好，可以的
A1,2024-05-06 10:01:00,王小姐,买家,谢谢，电话13812345678
A1,2024-05-06 10:07:00,店:小禾,客服,抱歉让您久等了，已经登记，祝您生活愉快
A2,2024-05-06 10:00:30,李先生,买家,能退货吗
A2,2024-05-06 10:02:00,店:小禾,客服,不可以的
A2,2024-05-06 10:03:00,李先生,买家,为什么不能退
"""
DAY2 = """A3,2024-05-07 10:00:00,赵女士,买家,在吗
A3,2024-05-07 10:00:05,店:小禾,客服,您好，请问有什么可以帮您
A3,2024-05-07 10:00:30,赵女士,买家,有货吗
A3,2024-05-07 10:00:40,店:阿南,客服,有货的，祝您生活愉快
"""


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str) -> Done:
    """Run a command in this process, in ``folder``."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(app, arguments)
    finally:
        os.chdir(before)
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop")
    (path / "chat.csv").write_text(HEAD + DAY1 + DAY2, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def card(folder: Path) -> dict:
    done = run(folder, "score", "--platform", "pdd", "--format", "json", "chat.csv")
    assert done.returncode == 0, done.stderr
    found: dict = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return found


def agent(card: dict, name: str) -> dict:
    return next(one for one in card["agents"] if one["agent"] == name)


def test_figures_of_an_agent(card: dict) -> None:
    he = agent(card, "店:小禾")
    total = he["total"]
    assert (total["messages"], total["conversations"], total["at_once"]) == (4, 3, 2)
    answers = total["answers"]  # waits of 20, 360, 90 and 5 seconds, and one question without an answer
    assert (answers["asked"], answers["answered"], answers["median"], answers["p90"], answers["mean"]) == (
        5,
        4,
        55,
        360,
        118.75,
    )
    assert total["first"]["median"] == 20  # of 20, 90, 5
    by_pdd = total["definitions"]["CNV004"]
    assert (by_pdd["asked"], by_pdd["late"], by_pdd["in_time"]) == (5, 2, {"300": 0.6})
    assert total["definitions"]["CNV005"]["in_time"] == {"300": 0.6, "900": 0.8, "3600": 0.8}
    assert [row["day"] for row in he["days"]] == ["2024-05-06", "2024-05-07"]
    assert total["rules"]["CNV012"] == 1


def test_the_shop_is_everybody(card: dict) -> None:
    shop = card["shop"]["total"]
    assert (shop["messages"], shop["conversations"], shop["answers"]["asked"]) == (5, 3, 6)
    assert [one["agent"] for one in card["agents"]] == ["店:小禾", "店:阿南"]


def test_points_grades_and_trend(card: dict) -> None:
    first, second = agent(card, "店:小禾")["days"]
    assert (first["grade"], first["points"]) == ("差", 0)
    assert (second["grade"], second["points"], second["deducted"]) == ("优", 20, 0)
    trend = agent(card, "店:小禾")["trend"]
    assert (trend["day"], trend["before"]) == ("2024-05-07", "2024-05-06")
    assert trend["deducted_each"] == -first["deducted_each"]
    assert trend["median"] == second["answers"]["median"] - first["answers"]["median"]
    assert [w["conversation"] for w in card["worst"]] == ["A2", "A1"]


def test_definitions_are_stated_with_their_source(card: dict) -> None:
    (five_minutes, _) = card["definitions"]
    assert (five_minutes["rule"], five_minutes["window"], five_minutes["replies"]) == (
        "CNV004",
        "08:00-23:00",
        ["human", "bot"],
    )
    assert five_minutes["basis"]


def test_nothing_of_a_buyer_leaves(folder: Path) -> None:
    for form in ("table", "json", "csv"):
        done = run(folder, "score", "--platform", "pdd", "--format", form, "--write-review", "review.csv", "chat.csv")
        assert done.returncode == 0
        written = done.stdout + done.stderr + (folder / "review.csv").read_text(encoding="utf-8")
        for personal in ("13812345678", "王小姐", "李先生", "赵女士"):
            assert personal not in written, form
        assert "店:小禾" in written  # agents' names stay
        assert "告知" in done.stderr  # purpose and notice are the shop's


def test_csv_has_a_row_an_agent_and_day(folder: Path) -> None:
    done = run(folder, "score", "--platform", "pdd", "--format", "csv", "-o", "out.csv", "chat.csv")
    assert done.returncode == 0, done.stderr
    data = (folder / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # or Excel reads Chinese as something else
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["客服"], r["日期"]) for r in rows] == [
        ("全店", "全部"), ("全店", "2024-05-06"), ("全店", "2024-05-07"), ("店:小禾", "全部"), ("店:小禾", "2024-05-06"),
        ("店:小禾", "2024-05-07"), ("店:阿南", "全部"), ("店:阿南", "2024-05-07"),
    ]  # fmt: skip
    assert rows[3]["响应中位数(秒)"] == "55.0"


def test_xlsx_holds_the_same_grid(folder: Path, card: dict) -> None:
    done = run(folder, "score", "--platform", "pdd", "--format", "xlsx", "-o", "out.xlsx", "chat.csv")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(folder / "out.xlsx")
    grid = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(grid) == 9
    row = dict(zip(grid[0], grid[4], strict=True))
    assert (row["客服"], row["日期"], row["消息"], row["响应中位数(秒)"]) == ("店:小禾", "全部", 4, 55)
    assert len(list(book.worksheets[1].iter_rows())) == 1 + len(card["worst"])
    assert run(folder, "score", "--format", "xlsx", "chat.csv").returncode == 2  # it cannot go to a terminal


def test_names_are_never_formulas(tmp_path: Path) -> None:
    evil = DAY2.replace("店:阿南", '"=HYPERLINK(""http://x"")"')
    (tmp_path / "chat.csv").write_text(HEAD + evil, encoding="utf-8")
    done = run(tmp_path, "score", "--platform", "pdd", "--format", "csv", "-o", "out.csv", "chat.csv")
    assert done.returncode == 0, done.stderr
    cells = [cell for row in csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert run(tmp_path, "score", "--format", "xlsx", "-o", "out.xlsx", "chat.csv").returncode == 0
    for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_reviewer_overturns_and_the_next_run_honours_it(folder: Path) -> None:
    assert run(folder, "score", "--platform", "pdd", "--write-review", "review.csv", "chat.csv").returncode == 0
    text = (folder / "review.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (refused,) = [r for r in rows if r["rule"] == "CNV012"]
    assert (refused["decision"], refused["place"]) == ("", "chat.csv:7:32")
    for row in rows:
        row["decision"] = {"CNV012": "推翻", "CNV010": "确认"}.get(row["rule"], "")
    with (folder / "decided.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = run(folder, "score", "--platform", "pdd", "--review", "decided.csv", "--format", "json", "chat.csv")
    again = json.loads(done.stdout)
    assert again["overturned"] == 1
    assert "CNV012" not in again["shop"]["total"]["rules"]
    assert "CNV010" in again["shop"]["total"]["rules"]
    checked = run(folder, "check", "--platform", "pdd", "--review", "decided.csv", "--format", "json", "chat.csv")
    found = {f["rule"] for f in json.loads(checked.stdout)["findings"]}
    assert "CNV012" not in found
    assert "CNV010" in found
    assert "推翻" in checked.stderr


def test_the_other_points_are_imported(folder: Path) -> None:
    items = {"退款率": 30, "投诉": 20, "配合度": 20, "执行力": 15, "出勤率": 10, "客户表扬": 2}
    rows = "".join(f"店:阿南,{item},{points}\n" for item, points in items.items())
    (folder / "other.csv").write_text("客服,项目,得分\n" + rows, encoding="gb18030")
    done = run(folder, "score", "--platform", "pdd", "--import", "other.csv", "--format", "json", "chat.csv")
    found = json.loads(done.stdout)
    nan = agent(found, "店:阿南")
    assert nan["sum"] == 20 + 97
    assert nan["passed"] is True  # 70 % of 130 are 91
    assert nan["bonus"] == 900.0  # 1000 × 117 / 130
    assert agent(found, "店:小禾")["sum"] is None  # nothing was imported for this one: the chat item stands alone


def test_a_sheet_of_the_shop(folder: Path) -> None:
    (folder / "sheet.toml").write_text(
        """
        [score]
        item = "聊天"
        fewest = 2
        grades = [{name = "A", points = 10, most = 100}, {name = "B", points = 5}]
        deduct = {severity = {error = 0, warning = 0, info = 0}, rules = {CNV012 = 7, slow-reply-pdd = 2}, groups = {conversation = 0}}
        """,
        encoding="utf-8",
    )
    done = run(folder, "score", "--platform", "pdd", "--sheet", "sheet.toml", "--format", "json", "chat.csv")
    found = json.loads(done.stdout)
    he = agent(found, "店:小禾")["total"]
    assert (he["rules"]["CNV012"], he["rules"]["CNV004"], he["deducted"], he["grade"]) == (1, 2, 11, "A")
    assert agent(found, "店:阿南")["total"]["grade"] is None  # one conversation is too few
    assert (found["item"], found["full"]) == ("聊天", 10)


def test_the_page_shows_the_defaults(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/scorecard.md").read_text(encoding="utf-8"), re.DOTALL)
    kept = [line for line in block.splitlines() if "none by default" not in line]
    (tmp_path / "page.toml").write_text("\n".join(kept), encoding="utf-8")
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    page, plain = read_sheet(tmp_path / "page.toml"), read_sheet(tmp_path / "empty.toml")
    rule = Linter().rules["TPP001"]
    assert [page.deduct.points(rule, s) for s in SEVERITIES] == [plain.deduct.points(rule, s) for s in SEVERITIES]
    assert msgspec.structs.replace(page, deduct=plain.deduct) == plain


@pytest.mark.parametrize(
    ("name", "content", "option", "message"),
    [
        ("sheet.toml", "[score]\nitme = 1", "--sheet", "itme"),
        ("sheet.toml", "[score.deduct]\ngroups = {nonsense = 1}", "--sheet", "nonsense"),
        ("other.csv", "客服,得分\n甲,1\n", "--import", "项目"),
        ("other.csv", "客服,项目,得分\n甲,退款率,很好\n", "--import", "other.csv:2"),
        ("review.csv", "a,b\n1,2\n", "--review", "decision"),
        ("review.csv", "fingerprint,decision\nabc,maybe\n", "--review", "review.csv:2"),
    ],
)
def test_what_is_said_of_a_wrong_file(tmp_path: Path, name: str, content: str, option: str, message: str) -> None:
    (tmp_path / "chat.csv").write_text(HEAD + DAY2, encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = run(tmp_path, "score", option, name, "chat.csv")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_what_could_not_be_read_is_no_score(tmp_path: Path) -> None:
    (tmp_path / "chat.csv").write_text(HEAD + DAY2, encoding="utf-8")
    done = run(tmp_path, "score", "--platform", "pdd", "--format", "json", "chat.csv", "gone.csv")
    assert done.returncode == 2
    assert "gone.csv" in done.stderr
    assert len(json.loads(done.stdout)["agents"]) == 2  # what could be read is scored all the same


def test_conversations_that_cannot_be_scored_are_counted(tmp_path: Path) -> None:
    text = HEAD + DAY2 + "B1,,甲某,,在吗\nB1,,乙某,,在的\nB1,,丙某,,我也在\nB2,,买家,买家,在吗\nB2,,店:小禾,客服,在的\n"
    (tmp_path / "chat.csv").write_text(text, encoding="utf-8")
    done = run(tmp_path, "score", "--platform", "pdd", "--format", "json", "chat.csv")
    found = json.loads(done.stdout)
    assert (found["left_out"], found["untimed"]) == (1, 1)
    assert "1 个会话分不清客服和买家" in done.stderr
    assert "1 个会话没有完整的时间" in done.stderr
