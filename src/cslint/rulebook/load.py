"""From folders of rule files to a Rulebook."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from cslint.rulebook import schema
from cslint.rulebook.errors import RulebookError
from cslint.rulebook.find import shipped_wordlists
from cslint.rulebook.resolve import BUILT_IN_CLASSES, Resolver
from cslint.rulebook.rule import Rule
from cslint.rulebook.textlist import read_text_list
from cslint.rulebook.yamlfile import decode


class Rulebook(msgspec.Struct, frozen=True):
    """All rules by id, the shared word classes, the words put back into patterns, the rows of the specification.

    ``offends`` and ``ordinary`` are sentences that teach what a message means.
    """

    rules: dict[str, Rule]
    classes: dict[str, tuple[str, ...]]
    spec: tuple[schema.SpecRow, ...]
    heard: tuple[str, ...] = ()
    pictures: dict[str, str] = {}
    everyday: tuple[str, ...] = ()
    offends: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()


_OF_CONVERSATIONS = re.compile(rb"^group:\s*conversation\s*(?:#.*)?$", re.MULTILINE)


def rule_files(folder: Path) -> list[Path]:
    """The files of rules over texts below ``folder`` (or ``folder`` itself if it is one), sorted."""
    return [path for path in _files(folder) if not _is_of_conversations(path)]


def conversation_files(folder: Path) -> list[Path]:
    """The files of rules over whole conversations, which have a schema of their own."""
    return [path for path in _files(folder) if _is_of_conversations(path)]


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder] if folder.suffix == ".yaml" else []
    files = [p for p in folder.rglob("*.yaml") if p.parent != folder and p.parent.name != "lexicon"]
    lone = [p for p in folder.glob("*.yaml") if p.name != "spec.yaml"]
    return sorted(p for p in {*files, *lone} if not p.name.startswith("_"))


def _is_of_conversations(path: Path) -> bool:
    try:
        return _OF_CONVERSATIONS.search(path.read_bytes()) is not None
    except OSError:
        return False  # decoding it will say what is wrong


def source_files(extra: Iterable[Path] = ()) -> list[Path]:
    """Every file that decides what the rulebook says, sorted: the shipped ones and ``extra`` files or folders."""
    shipped = shipped_wordlists()
    files = set(shipped.rglob("*.yaml"))
    for path in extra:
        files |= set(path.rglob("*.yaml")) if path.is_dir() else {path}
    return sorted(files)


def digest(files: Iterable[Path]) -> str:
    """A hash over names and contents; two rulebooks with the same digest are the same."""
    state = hashlib.blake2b(digest_size=16)
    for path in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise RulebookError(str(path), None, "", f"cannot be read: {error.strerror}") from None
        state.update(f"{path}\0{len(data)}\0".encode())
        state.update(data)
    return state.hexdigest()


def load(extra: Iterable[Path] = (), *, shipped: bool = True) -> Rulebook:
    """Load the shipped rules and those in ``extra`` (folders or files, YAML or plain text lists).

    Raises RulebookError at the first mistake.
    """
    root = shipped_wordlists()
    extra = list(extra)
    classes = _classes([root, *(p for p in extra if p.is_dir())])
    spec = _spec(root / "spec.yaml")
    rules: dict[str, Rule] = {}
    names: dict[str, str] = {}
    sources = [root, *extra] if shipped else extra
    for source in sources:
        for rule in _rules(source, classes, spec, taken=len(rules)):
            if rule.id in rules:
                raise RulebookError(rule.path, None, "id", f"{rule.id} is already used by {rules[rule.id].path}")
            if rule.name in names:
                raise RulebookError(rule.path, None, "name", f"{rule.name} is already used by {names[rule.name]}")
            rules[rule.id], names[rule.name] = rule, rule.path
    lexicon = [decode(path, schema.LexiconFile) for path in sorted((root / "lexicon").glob("*.yaml"))]
    return Rulebook(
        dict(sorted(rules.items())),
        classes,
        tuple(spec),
        heard=tuple(word for file in lexicon for word in file.heard),
        pictures={picture: word for file in lexicon for picture, word in file.pictures.items()},
        everyday=tuple(word for file in lexicon for word in file.everyday),
        offends=tuple(text for file in lexicon for text in file.offends),
        ordinary=tuple(text for file in lexicon for text in file.ordinary),
    )


def _rules(source: Path, classes: dict[str, tuple[str, ...]], spec: list[schema.SpecRow], taken: int) -> Iterator[Rule]:
    if not source.exists():
        raise RulebookError(
            str(source), None, "", "no such word list", "name a .yaml or .txt file, or a folder of them"
        )
    if source.is_file() and source.suffix != ".yaml":
        yield read_text_list(source, number=taken + 1)
        return
    groups: dict[Path, schema.GroupFile] = {}
    rows = {row.id for row in spec}
    for path in rule_files(source):
        folder = path.parent
        if folder not in groups:
            shared = folder / "_group.yaml"
            groups[folder] = decode(shared, schema.GroupFile) if shared.is_file() else schema.GroupFile()
        yield Resolver(path, groups[folder], classes, rows).rule()


def _classes(folders: list[Path]) -> dict[str, tuple[str, ...]]:
    classes: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for path in sorted((folder / "lexicon").glob("*.yaml")):
            for name, words in decode(path, schema.LexiconFile).classes.items():
                if name in classes or name in BUILT_IN_CLASSES:
                    raise RulebookError(str(path), None, f"classes.{name}", "this class is defined elsewhere already")
                if not words or "" in words:
                    raise RulebookError(str(path), None, f"classes.{name}", "a class needs words, none of them empty")
                classes[name] = tuple(dict.fromkeys(words))
    return classes


def _spec(path: Path) -> list[schema.SpecRow]:
    return decode(path, schema.SpecFile).rows if path.is_file() else []
