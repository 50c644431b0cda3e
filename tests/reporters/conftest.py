"""A small run with everything in it that a report has to bear, and golden files to compare with."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cslint.model import Basis, Finding, Place, Suggestion, Verdict, fingerprint
from cslint.reporters.run import FileReport, Report, Run, Style, Suppressed

SNAPSHOTS = Path(__file__).parent / "snapshots"
LONG = "加厚保暖" * 130 + "全网最低价" + "加厚保暖" * 130

WECHAT = Basis(source="拼多多商家服务规范", note="诱导非官方交易", grade="platform")
ADVERTISING_LAW = Basis(source="广告法", note="第九条(三)", grade="law")


def finding(matched: str, line: int, column: int, *, path: str, rule: str = "TPP001", **more: object) -> Finding:
    """A finding whose place is one stretch of one line."""
    names = {
        "TPP001": ("third-party-wechat", "third-party", "error", "引导至微信"),
        "ABS001": ("absolute-lowest-price", "absolute", "error", "绝对化用语"),
        "SAY004": ("forbidden-dont-know", "forbidden-sentence", "warning", "推诿"),
        "PRV001": ("privacy-phone", "privacy", "error", "泄露电话号码"),
    }
    name, group, severity, title = names[rule]
    place = {"sheet": None, "cell": None, "end_line": line, "end_column": column + len(matched)} | dict(
        more.pop("place", {})  # type: ignore[call-overload]
    )
    values: dict[str, object] = {
        "rule": rule, "name": name, "group": group, "severity": severity, "confidence": "exact",
        "start": column - 1, "end": column - 1 + len(matched), "matched": matched, "term": matched,
        "message": f"{title}: 「{matched}」", "why": "平台会扣分、限流,买家也失去平台的保障。", "basis": (WECHAT,),
        "suggestions": (Suggestion("您直接在这里说就好,我一直在线。", "display"),),
        "place": Place(path=path, line=line, column=column, **place),  # type: ignore[arg-type]
        "fingerprint": fingerprint(rule, path, matched),
    }  # fmt: skip
    return Finding(**(values | more))  # type: ignore[arg-type]


def passed(matched: str, line: int, column: int, *, path: str) -> Verdict:
    """A candidate which the judge let pass."""
    return Verdict(
        accepted=False, rule="TPP001", name="third-party-wechat", group="third-party", severity="error",
        confidence="exact", start=column - 1, end=column - 1 + len(matched), matched=matched, term="微信",
        reason="退款原路退回的账户", article="支付规则第三条",
        place=Place(path=path, line=line, column=column, end_line=line, end_column=column + len(matched)),
    )  # fmt: skip


CHAT = (
    "会话ID,发送人,角色,内容",
    "c1,小美,客服,亲,加我薇芯聊👨‍👩‍👧,价格更低",
    "c1,小美,客服,💬❤️加wx\u200b\u202e聊\x1b[31m",
    "c1,小美,客服,退款会原路退回微信零钱",
    "c1,小美,客服,她的电话13812345678,您打给她",
)


def _chat() -> FileReport:
    path = "会话/chat.csv"
    speaker = {
        "row": 2,
        "field": "内容",
        "conversation": "c1",
        "sender": "小美",
        "role": "agent",
        "time": "2024-05-01 10:02",
    }
    in_place = (Suggestion("平台聊天窗口", "unsafe"), *(Suggestion(f"第{i}种说法。", "display") for i in "一二三四五"))
    return FileReport(
        path=path,
        findings=(
            finding("薇芯", 2, 14, path=path, confidence="sound", term="微信", suggestions=in_place, place=speaker),
            finding("wx\u200b", 3, 14, path=path, confidence="alias", term="微信", basis=(WECHAT, ADVERTISING_LAW)),
            finding("13812345678", 5, 14, path=path, rule="PRV001", suggestions=()),
        ),
        passed=(passed("微信", 4, 17, path=path),),
        hidden={"info": 2},
        suppressed=(Suppressed(finding("微信", 4, 17, path=path), "external", "退款说明"),),
        texts=4,
        line_of=lambda place: CHAT[place.line - 1],
        measure=lambda place: CHAT[place.line - 1],
    )


def _listing() -> FileReport:
    path = "listing.txt"
    lines = (LONG, "\t今日\t全网最低价", "这个我不", "知道")
    return FileReport(
        path=path,
        findings=(
            finding("全网最低价", 1, 521, path=path, rule="ABS001", basis=(ADVERTISING_LAW,)),
            finding("全网最低价", 2, 5, path=path, rule="ABS001", basis=(ADVERTISING_LAW,)),
            finding("不\n知道", 3, 4, path=path, rule="SAY004", place={"end_line": 4, "end_column": 3}),
        ),
        texts=4,
        line_of=lambda place: lines[place.line - 1],
        measure=lambda place: lines[place.line - 1],
    )


def _sheet() -> FileReport:
    path = "stock.xlsx"
    cell = {"sheet": "话术", "cell": "C5", "row": 5}
    return FileReport(
        path=path,
        findings=(finding("微信", 1, 4, path=path, place=cell),),
        texts=1,
        line_of=lambda _place: "请加微信",
    )


def _unreadable() -> FileReport:
    return FileReport(path="broken.bin", problem="found a PNG image, expected text")


@pytest.fixture(autouse=True)
def _version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cslint.__version__", "1.2.3")  # golden files outlive a release


@pytest.fixture
def chat() -> tuple[str, ...]:
    """The lines of the first file."""
    return CHAT


@pytest.fixture
def files() -> list[FileReport]:
    return [_chat(), _listing(), _sheet(), _unreadable()]


Write = Callable[..., str]


@pytest.fixture
def write() -> Write:
    """Write a run with a report and return what it wrote."""

    def written(
        report: Report, files: list[FileReport], *, show_passed: bool = False, binary: bool = False, **style: object
    ) -> str | bytes:
        data = io.BytesIO()
        out = io.TextIOWrapper(data, "utf-8", errors="surrogatepass", newline="\n")
        shown = files if show_passed else [_without_passed(f) for f in files]
        report(Run(shown, platforms=("pdd",), show_passed=show_passed), out, Style(**style))  # type: ignore[arg-type]
        out.flush()
        return data.getvalue() if binary else data.getvalue().decode("utf-8", "surrogatepass")

    return written


def _without_passed(file: FileReport) -> FileReport:
    import msgspec

    return msgspec.structs.replace(file, passed=())


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare with a golden file; `UPDATE_SNAPSHOTS=1` writes it anew."""

    def same(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        expected = path.read_bytes().decode("utf-8", "surrogatepass") if path.exists() else ""
        assert text == expected, f"{path} differs: look at it, then `make snapshots`"

    return same
