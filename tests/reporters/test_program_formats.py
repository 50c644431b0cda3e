"""The formats for programs: each against the definition of its format, with columns in that format's unit."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import openpyxl
import pytest

from cslint import reporters
from cslint.reporters.masking import mask_file
from cslint.reporters.run import FileReport

DATA = Path(__file__).parents[1] / "data"
SARIF = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
FINDINGS = json.loads((Path(__file__).parents[2] / "docs" / "findings.schema.json").read_text(encoding="utf-8"))


def spoiled(files: list[FileReport], index: int = 0, **changes: object) -> FileReport:
    found = msgspec.structs.replace(files[0].findings[index], **changes)
    return msgspec.structs.replace(files[0], findings=(found,))


class TestSarif:
    @pytest.fixture
    def log(self, files, write):
        return json.loads(write(reporters.reporter("sarif"), files))

    def test_keeps_to_the_official_schema(self, log):
        validator = jsonschema.Draft4Validator(SARIF)
        assert [error.message for error in validator.iter_errors(log)] == []

    def test_the_schema_refuses_what_it_should(self, log):
        del log["runs"][0]["tool"]
        assert not jsonschema.Draft4Validator(SARIF).is_valid(log)

    def test_columns_are_code_points_and_say_so(self, log, chat):
        run = log["runs"][0]
        assert run["columnKind"] == "unicodeCodePoints"
        region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
        assert chat[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == "薇芯"

    def test_rules_have_help_and_results_point_to_them(self, log):
        rules = log["runs"][0]["tool"]["driver"]["rules"]
        for result in log["runs"][0]["results"]:
            rule = rules[result["ruleIndex"]]
            assert rule["id"] == result["ruleId"]
            assert rule["help"]["text"]
            assert rule["help"]["markdown"]

    def test_fingerprints_and_suppressions(self, log):
        results = log["runs"][0]["results"]
        assert all(result["partialFingerprints"]["cslint/v1"] for result in results)
        (suppressed,) = [r for r in results if "suppressions" in r]
        assert suppressed["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "退款说明"}]

    def test_a_file_that_could_not_be_read_makes_the_run_fail(self, log):
        (invocation,) = log["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        assert "broken.bin" in invocation["toolExecutionNotifications"][0]["message"]["text"]

    def test_a_path_is_a_uri(self, log):
        uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "%E4%BC%9A%E8%AF%9D/chat.csv"

    def test_a_cell_has_no_region_but_a_name(self, log):
        (result,) = [r for r in log["runs"][0]["results"] if "logicalLocations" in r["locations"][0]]
        assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "话术!C5"}]
        assert "region" not in result["locations"][0]["physicalLocation"]

    def test_a_rewrite_is_a_fix(self, log):
        (change,) = log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
        assert change["replacements"][0]["insertedContent"] == {"text": "平台聊天窗口"}


class TestRdjson:
    @pytest.fixture
    def diagnostics(self, files, write):
        return json.loads(write(reporters.reporter("rdjson"), files))["diagnostics"]

    def test_columns_are_utf8_bytes(self, diagnostics, chat):
        for number, words in ((0, "薇芯"), (1, "wx\u200b")):  # behind Hanzi, and behind emoji
            span = diagnostics[number]["location"]["range"]
            line = chat[span["start"]["line"] - 1].encode()
            assert line[span["start"]["column"] - 1 : span["end"]["column"] - 1].decode() == words

    def test_masking_does_not_move_columns(self, files, write, diagnostics, chat):
        place = msgspec.structs.replace(files[0].findings[2].place, sender="小美", role="customer")
        masked = mask_file(spoiled(files, 2, place=place))
        assert masked.line_of(place) != chat[4]  # 小美 is a customer here, and starred
        found = json.loads(write(reporters.reporter("rdjson"), [masked]))["diagnostics"][0]
        assert found["location"]["range"] == diagnostics[2]["location"]["range"]

    def test_fields_are_those_of_a_diagnostic_result(self, diagnostics):
        for one in diagnostics:
            assert set(one) <= {"message", "location", "severity", "source", "code", "suggestions", "original_output"}
            assert one["severity"] in ("ERROR", "WARNING", "INFO")
            assert set(one["location"]) <= {"path", "range"}

    def test_only_what_fits_in_place_is_suggested(self, diagnostics):
        assert [s["text"] for s in diagnostics[0]["suggestions"]] == ["平台聊天窗口"]
        assert diagnostics[0]["suggestions"][0]["range"] == diagnostics[0]["location"]["range"]
        assert "suggestions" not in diagnostics[1]

    def test_an_unreadable_file_is_an_error(self, diagnostics):
        assert diagnostics[-1] == {
            "message": "found a PNG image, expected text", "location": {"path": "broken.bin"}, "severity": "ERROR",
        }  # fmt: skip


class TestGithub:
    def test_a_command_and_a_line_for_each_finding(self, files, write):
        lines = write(reporters.reporter("github"), files, lang="en").splitlines()
        assert lines[0].startswith(
            "::error file=会话/chat.csv,line=2,endLine=2,col=14,endColumn=16,title=TPP001 third-party-wechat::引导至微信"
        )
        assert lines[1] == "会话/chat.csv:2:14: TPP001 error 引导至微信: 「薇芯」"
        assert lines[-3:] != lines[:3]
        assert sum(line.startswith("::") for line in lines) == 8

    def test_nothing_breaks_out_of_a_command(self, files, write):
        place = msgspec.structs.replace(files[0].findings[0].place, path="a,b:c%.txt")
        file = spoiled(files, place=place, message="a\r\n::error::x % y", matched="\n::warning::")
        lines = write(reporters.reporter("github"), [file]).split("\n")
        assert [line for line in lines if line.startswith("::")] == [lines[0]]
        assert "file=a%2Cb%3Ac%25.txt" in lines[0]
        assert "a%0D%0A::error::x %25 y" in lines[0]


class TestGitlab:
    @pytest.fixture
    def issues(self, files, write):
        return json.loads(write(reporters.reporter("gitlab"), files))

    def test_has_what_gitlab_asks_for(self, issues):
        for issue in issues:
            assert issue["description"]
            assert issue["check_name"]
            assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
            assert issue["location"]["path"]
            assert issue["location"]["lines"]["begin"] >= 1

    def test_the_same_words_twice_are_two_issues(self, issues):
        assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 8

    def test_fingerprints_are_stable(self, files, write, issues):
        again = json.loads(write(reporters.reporter("gitlab"), files))
        assert [i["fingerprint"] for i in again] == [i["fingerprint"] for i in issues]


class TestJunit:
    def test_counts_agree_with_what_is_there(self, files, write):
        root = ET.fromstring(write(reporters.reporter("junit"), [*files, FileReport(path="clean.txt", texts=1)]))
        assert (root.tag, root.get("tests"), root.get("failures"), root.get("errors")) == ("testsuites", "9", "7", "1")
        assert len(root.findall("testsuite/testcase")) == 9
        assert len(root.findall("testsuite/testcase/failure")) == 7
        assert root.find("testsuite[@name='broken.bin']/testcase/error") is not None
        (clean,) = root.findall("testsuite[@name='clean.txt']/testcase")
        assert list(clean) == []

    def test_control_characters_do_not_break_the_document(self, files, write):
        written = write(reporters.reporter("junit"), [spoiled(files, message="a\x00b\x1b[31m<&>]]>\ud800")])
        failure = ET.fromstring(written).find("testsuite/testcase/failure")
        assert failure.get("message") == "a\\x00b\\x1b[31m<&>]]><U+D800>"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "－cmd", "=HYPERLINK(1)"]
)
class TestFormulas:
    def test_csv(self, text, files, write):
        written = write(reporters.reporter("csv"), [spoiled(files, matched=text, message=text)])
        (row,) = csv.DictReader(io.StringIO(written))
        assert row["matched"].startswith("'")
        assert row["message"].startswith("'")

    def test_xlsx(self, text, files, write):
        written = write(reporters.reporter("xlsx"), [spoiled(files, matched=text)], binary=True)
        sheet = openpyxl.load_workbook(io.BytesIO(written))["全部"]
        head = [cell.value for cell in sheet[1]]
        cell = sheet.cell(2, head.index("原文") + 1)
        assert cell.data_type == "s"
        assert cell.value.startswith("'")


class TestTables:
    def test_csv_reads_back(self, files, write):
        rows = list(csv.DictReader(io.StringIO(write(reporters.reporter("csv"), files))))
        assert len(rows) == 8
        assert rows[0]["rule"] == "TPP001"
        assert (rows[0]["line"], rows[0]["column"], rows[0]["sender"]) == ("2", "14", "小美")
        assert rows[-1]["name"] == "unreadable"
        assert None not in rows[0]

    def test_xlsx_has_a_sheet_for_each_agent_and_each_rule(self, files, write):
        book = openpyxl.load_workbook(io.BytesIO(write(reporters.reporter("xlsx"), files, binary=True)))
        assert book.sheetnames == ["总览", "全部", "小美", "TPP001", "ABS001", "PRV001", "SAY004"]
        for name in book.sheetnames[1:]:
            assert book[name].freeze_panes == "A2"
            assert book[name].auto_filter.ref.startswith("A1:")
        assert book["全部"].max_row == 8
        assert {row[1].value for row in book["TPP001"].iter_rows(min_row=2)} == {"TPP001"}
        assert any("broken.bin" in str(row[0].value) for row in book["总览"].iter_rows())

    def test_sheet_names_are_such_as_excel_takes(self, files, write):
        senders = ["a/b:c*d?[e]", "A/B:C*D?[E]", "客" * 40, "客" * 41, "''"]
        findings = tuple(
            msgspec.structs.replace(f, place=msgspec.structs.replace(f.place, sender=sender))
            for f, sender in zip([files[0].findings[0]] * 5, senders, strict=True)
        )
        written = write(reporters.reporter("xlsx"), [FileReport(path="a", findings=findings)], binary=True)
        names = openpyxl.load_workbook(io.BytesIO(written)).sheetnames
        assert len({name.casefold() for name in names}) == len(names) == 2 + 5 + 1
        assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)

    def test_xlsx_masks(self, files, write):
        written = write(reporters.reporter("xlsx"), [mask_file(f) for f in files], binary=True)
        book = openpyxl.load_workbook(io.BytesIO(written))
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        assert "13812345678" not in text
        assert "138******78" in text


class TestHtml:
    def test_is_well_formed_and_has_no_script(self, files, write):
        page = write(reporters.reporter("html"), [spoiled(files, message="<script>alert(1)</script>"), *files])
        reader = _Tags()
        reader.feed(page)
        assert reader.open == []
        assert "script" not in reader.seen
        assert not {"link", "img", "iframe"} & reader.seen
        assert "&lt;script&gt;" in page

    def test_marks_the_words(self, files, write):
        assert "加我<mark>薇芯</mark>聊" in write(reporters.reporter("html"), files)

    def test_a_clean_run_is_no_clearance(self, write):
        assert "不等于法律审查" in write(reporters.reporter("html"), [FileReport(path="a", texts=1)])


class _Tags(HTMLParser):
    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag, _attrs):
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_jsonl_lines_are_findings_of_the_schema(files, write):
    schema = {"$ref": "#/$defs/finding", "$defs": FINDINGS["$defs"]}
    lines = write(reporters.reporter("jsonl"), files).splitlines()
    assert len(lines) == 7
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(json.loads(line))


def test_jsonl_streams(files):
    """What a file holds is out before the next file is asked for."""
    from cslint.reporters.run import Run, Style

    out = io.StringIO()
    seen = []

    def slowly():
        for file in files:
            seen.append(out.getvalue().count("\n"))
            yield file

    reporters.reporter("jsonl")(Run(slowly()), out, Style())
    assert seen == [0, 4, 7, 8]
