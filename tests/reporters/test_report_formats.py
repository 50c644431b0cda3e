"""What each format writes, as golden files, and that JSON keeps to its schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from cslint import reporters
from cslint.reporters.run import FileReport

SCHEMA = Path(__file__).parents[2] / "docs" / "findings.schema.json"
TEXTS = [name for name in reporters.FORMATS if name not in reporters.BINARY_FORMATS]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", TEXTS)
def test_golden(name, lang, files, write, snapshot):
    snapshot(f"{name}.{lang}.txt", write(reporters.reporter(name), files, lang=lang))


@pytest.mark.parametrize("name", TEXTS)
def test_golden_with_passed(name, files, write, snapshot):
    snapshot(f"{name}.passed.txt", write(reporters.reporter(name), files, show_passed=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_golden_statistics(lang, files, write, snapshot):
    snapshot(f"statistics.{lang}.txt", write(reporters.statistics_reporter(), files, lang=lang))


@pytest.mark.parametrize("name", reporters.TEXT_FORMATS)
def test_colour_adds_nothing_but_colour(name, files, write):
    plain = write(reporters.reporter(name), files)
    coloured = write(reporters.reporter(name), files, colour=True)
    assert coloured != plain
    assert ANSI.sub("", coloured) == plain


@pytest.mark.parametrize("name", [*reporters.TEXT_FORMATS])
def test_text_formats_write_no_control_characters(name, files, write):
    written = write(reporters.reporter(name), files, show_passed=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]", written)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ["未发现问题", "不等于法律审查"]), ("en", ["No findings in 1 file", "not legal clearance"])],
)
@pytest.mark.parametrize("name", reporters.TEXT_FORMATS)
def test_a_clean_run_says_that_it_is_no_clearance(name, lang, words, write):
    written = write(reporters.reporter(name), [FileReport(path="a.txt", texts=3)], lang=lang)
    assert all(word in written for word in words)


def test_a_run_with_an_unreadable_file_is_never_called_clean(write):
    written = write(reporters.reporter("full"), [FileReport(path="a.bin", problem="binary")], lang="en")
    assert written == "1 file could not be read: not checked.\n"


def test_hidden_findings_are_counted_not_called_clean(write):
    written = write(
        reporters.reporter("concise"), [FileReport(path="a.txt", texts=1, hidden={"info": 2, "warning": 1})], lang="en"
    )
    assert written == "3 findings below error not shown (1 warning, 2 info): --min-severity info shows them.\n"


def test_without_a_footer_there_are_findings_only(files, write):
    lines = write(reporters.reporter("concise"), files, footer=False).splitlines()
    assert len(lines) == 7
    assert all(re.match(r"[^:]+:(\d+:\d+|[^:]+!C5): [A-Z]{3}\d{3} (error|warning) ", line) for line in lines)


class TestJson:
    @pytest.mark.parametrize("show_passed", [False, True])
    @pytest.mark.parametrize("ascii_only", [False, True])
    def test_keeps_to_its_schema(self, files, write, show_passed, ascii_only):
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        written = write(reporters.reporter("json"), files, show_passed=show_passed, ascii_only=ascii_only)
        document = json.loads(written)
        jsonschema.Draft202012Validator(schema).validate(document)
        assert written.isascii() == ascii_only
        assert ("passed" in document) == show_passed

    def test_the_schema_refuses_what_it_should(self, files, write):
        document = json.loads(write(reporters.reporter("json"), files))
        validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
        for spoil in (
            lambda d: d.pop("summary"),
            lambda d: d.update(version=2),
            lambda d: d["findings"][0].pop("fingerprint"),
            lambda d: d["findings"][0].update(severity="fatal"),
            lambda d: d["findings"][0]["place"].update(column=0),
            lambda d: d["findings"][0].update(extra=1),
        ):
            spoiled = json.loads(json.dumps(document))
            spoil(spoiled)
            assert not validator.is_valid(spoiled)

    def test_every_field_of_the_contract_is_there(self, files, write):
        first = json.loads(write(reporters.reporter("json"), files))["findings"][0]
        assert set(first) == {
            "rule", "name", "group", "severity", "confidence", "start", "end", "matched", "term", "message", "why",
            "basis", "suggestions", "place", "fingerprint",
        }  # fmt: skip
        assert first["place"] == {
            "path": "会话/chat.csv", "line": 2, "column": 14, "end_line": 2, "end_column": 16, "row": 2, "field": "内容",
            "conversation": "c1", "sender": "小美", "role": "agent", "time": "2024-05-01 10:02",
        }  # fmt: skip

    def test_a_place_names_its_path_even_for_standard_input(self, files, write):
        import msgspec

        found = files[0].findings[0]
        place = msgspec.structs.replace(found.place, path="-")
        file = FileReport(path="-", findings=(msgspec.structs.replace(found, place=place),))
        assert json.loads(write(reporters.reporter("json"), [file]))["findings"][0]["place"]["path"] == "-"

    def test_a_lone_surrogate_is_an_escape(self, files, write):
        import msgspec

        found = msgspec.structs.replace(files[0].findings[0], matched="\ud83d微信")
        written = write(reporters.reporter("json"), [FileReport(path="-", findings=(found,))])
        assert written.encode("utf-8")
        assert json.loads(written)["findings"][0]["matched"] == "\ud83d微信"
