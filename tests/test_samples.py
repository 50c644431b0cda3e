"""The founding documents' labelled sentences: each gets the rule that it was labelled with, or stays silent."""

from pathlib import Path

import pytest
import yaml

from cslint import Linter

SAMPLES = yaml.safe_load(Path(__file__).with_name("data").joinpath("samples.yaml").read_text(encoding="utf-8"))[
    "samples"
]
PLATFORMS = ("taobao", "jd", "pdd")


@pytest.fixture(scope="module")
def linters() -> dict[str, Linter]:
    return {platform: Linter(platform) for platform in PLATFORMS}


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s["expect"]], ids=lambda s: s["text"][:20])
def test_each_labelled_sentence_is_found(sample: dict[str, object], linters: dict[str, Linter]) -> None:
    found = {
        row
        for linter in linters.values()
        for finding in linter.check(str(sample["text"]))
        for row in linter.rules[finding.rule].spec
    }
    assert set(sample["expect"]) <= found  # type: ignore[call-overload]


@pytest.mark.parametrize("sample", [s for s in SAMPLES if not s["expect"]], ids=lambda s: s["text"][:20])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_innocent_sentence_is_silent(sample: dict[str, object], platform: str, linters: dict[str, Linter]) -> None:
    if platform != "taobao" and "旺旺" in str(sample["text"]):
        return  # lawful on Taobao alone
    assert [f"{f.rule} {f.matched}" for f in linters[platform].check(str(sample["text"]))] == []


def test_a_name_is_foreign_only_elsewhere(linters: dict[str, Linter]) -> None:
    text = "支付宝很方便,建议您使用支付宝"
    assert not [f for f in linters["taobao"].check(text) if f.group == "third-party"]
    assert [f for f in linters["pdd"].check(text) if f.group == "third-party"]
