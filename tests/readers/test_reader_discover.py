"""Paths to files: what is taken, what is left aside, and what is an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cslint.readers import discover


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt", "a.csv", "A.MD", "photo.png", "photo2.PNG", "Makefile", "page.html",
        "chats/10.jsonl", "chats/9.json", "chats/old/x.txt", ".git/config.txt", ".hidden/y.txt",
        "node_modules/z.json", "draft/d.txt", "draft/keep.txt",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("亲", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("shop")
def test_a_folder_is_walked_by_known_extensions_in_order() -> None:
    found = discover(["."])
    assert found.files == (
        "A.MD", "a.csv", "b.txt", "page.html",
        "chats/10.jsonl", "chats/9.json", "chats/old/x.txt", "draft/d.txt", "draft/keep.txt",
    )  # fmt: skip
    assert found.left_aside == {".png": 2, "no extension": 1, ".git": 1, "hidden": 1, "node_modules": 1}
    assert found.errors == ()


def test_named_files_are_always_taken_and_each_once(shop: Path) -> None:
    found = discover(["photo.png", "b.txt", "./b.txt", Path("chats"), str(shop / "b.txt"), "-"], exclude=["*.png"])
    assert found.files == ("photo.png", "b.txt", "chats/10.jsonl", "chats/9.json", "chats/old/x.txt", "-")


def test_excludes_hold_in_folders_and_for_named_files_only_when_forced(shop: Path) -> None:
    assert discover(["chats"], exclude=["old/"]).files == ("chats/10.jsonl", "chats/9.json")
    assert discover(["chats"], exclude=["/chats/*.json", "b.txt"]).files == ("chats/10.jsonl", "chats/old/x.txt")
    assert discover(["b.txt"], exclude=["b.txt"]).files == ("b.txt",)
    found = discover(["b.txt", "a.csv"], exclude=["b.txt"], force_exclude=True)
    assert (found.files, found.left_aside) == (("a.csv",), {"excluded": 1})
    assert discover([shop / "chats"], exclude=["/9.json"], root=shop / "chats").files == tuple(
        (shop / "chats" / name).as_posix() for name in ("10.jsonl", "old/x.txt")
    )


@pytest.mark.usefixtures("shop")
def test_a_named_file_in_an_excluded_folder_is_excluded_when_forced() -> None:
    found = discover(["draft/d.txt"], exclude=["draft/"], force_exclude=True)
    assert found.files == ()


def test_ignore_files_hold_in_their_folders(shop: Path) -> None:
    (shop / ".gitignore").write_text("draft/*\n!draft/keep.txt\n*.csv\n# 注释\n", "utf-8")
    (shop / "chats" / ".gitignore").write_text("/old\n", "utf-8")
    found = discover(["."])
    assert found.files == ("A.MD", "b.txt", "page.html", "chats/10.jsonl", "chats/9.json", "draft/keep.txt")
    assert found.left_aside[".gitignore"] == 3
    assert discover(["draft"]).files == ("draft/keep.txt",)
    assert discover(["draft/d.txt"]).files == ("draft/d.txt",)


@pytest.mark.usefixtures("shop")
def test_missing_paths_are_errors_that_say_so() -> None:
    found = discover(["nowhere", "b.txt", "*.docx"])
    assert found.files == ("b.txt",)
    assert [str(error) for error in found.errors] == [
        "nowhere: no such file or folder; correct the path; it is relative to the working directory",
        "*.docx: no such file or folder; correct the path; it is relative to the working directory",
    ]


@pytest.mark.usefixtures("shop")
def test_patterns_are_expanded_where_the_shell_does_not() -> None:
    assert discover(["chats/*.json*"]).files == ("chats/10.jsonl", "chats/9.json")


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    assert discover([tmp_path]).files == ()


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege there")
def test_loops_of_links_end(shop: Path) -> None:
    (shop / "chats" / "loop").symlink_to(shop, target_is_directory=True)
    (shop / "chats" / "link.txt").symlink_to(shop / "b.txt")
    (shop / "chats" / "dangling.txt").symlink_to(shop / "gone.txt")
    found = discover(["chats"])
    assert found.files == ("chats/10.jsonl", "chats/9.json", "chats/link.txt", "chats/old/x.txt")
    assert found.left_aside == {"linked folder": 1, "special file": 1}


def test_the_linters_own_files_are_no_texts_of_the_shop(tmp_path: Path) -> None:
    for name in ("cslint.toml", "cslint-ignore.toml", "cslint-baseline.json", "replies.toml"):
        (tmp_path / name).write_text('a = "微信"', "utf-8")
    found = discover([tmp_path])
    assert found.files == ((tmp_path / "replies.toml").as_posix(),)
    assert sum(found.left_aside.values()) == 3
    assert discover([tmp_path / "cslint.toml"]).files == ((tmp_path / "cslint.toml").as_posix(),)
