"""The small language of patterns and context words: parse it, turn it into a regular expression, list its strings.

    part … part      ordered parts with a bounded gap
    (a|b)  (a)?      alternatives, an optional piece
    <class>          a word class; <digit> <letter> <hanzi> <number> are built in
    ^  $             the edges of a clause

Text is folded before it is matched, so every literal character here is folded too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

CLAUSE_MARKS = ",.。!?;:、~…—|/()[]{}【】《》<>\"“”‘’'·\n\t\r#*"
SENTENCE_MARKS = "。!?;\n\r"
PARTICLES = "了呢哦噢喔啊呀啦嘛吗吧哈哟呗的么滴哒咯"
BUILT_IN = {
    "digit": "[0-9]",
    "letter": "[a-z]",
    "hanzi": "[\u4e00-\u9fff]",
    "number": "(?:[0-9]{1,12}(?:\\.[0-9]{1,6})?|[零一二两三四五六七八九十百千万半]{1,8})",
}
MAX_STRINGS = 400


class PhraseError(ValueError):
    """A phrase that cannot be read."""


class Text(msgspec.Struct, frozen=True):
    text: str


class Class(msgspec.Struct, frozen=True):
    name: str
    optional: bool = False


class Choice(msgspec.Struct, frozen=True):
    options: tuple[tuple[Node, ...], ...]
    optional: bool = False


class Edge(msgspec.Struct, frozen=True):
    start: bool


Node = Text | Class | Choice | Edge
Part = tuple[Node, ...]


def parse(phrase: str) -> list[Part]:
    """The parts of a phrase between its `…`. Raises PhraseError."""
    parser = _Parser(phrase)
    parts = [parser.sequence("…")]
    while parser.take("…"):
        parts.append(parser.sequence("…"))
    if parser.at < len(phrase):
        raise PhraseError(f"unexpected {phrase[parser.at]!r} at character {parser.at + 1}")
    if any(not part for part in parts):
        raise PhraseError("an empty part beside …")
    return parts


def escape(text: str) -> str:
    """``text`` as a phrase that stands for itself."""
    return re.sub(r"([()|<>?^$…\\\\])", r"\\\1", text)


class _Parser:
    def __init__(self, phrase: str) -> None:
        self.phrase, self.at = phrase, 0

    def take(self, char: str) -> bool:
        if self.phrase.startswith(char, self.at):
            self.at += 1
            return True
        return False

    def sequence(self, stops: str) -> Part:
        nodes: list[Node] = []
        text = ""
        while self.at < len(self.phrase) and self.phrase[self.at] not in stops:
            char = self.phrase[self.at]
            if char in "(<^$":
                if text:
                    nodes.append(Text(text))
                    text = ""
                nodes.append(self.special(char))
                continue
            if char in ")|>…":
                raise PhraseError(f"unexpected {char!r} at character {self.at + 1}; write \\{char} for the sign itself")
            self.at += 1
            if char == "\\":
                if self.at == len(self.phrase):
                    raise PhraseError("a backslash at the end")
                char = self.phrase[self.at]
                self.at += 1
            text += char
        if text:
            nodes.append(Text(text))
        return tuple(nodes)

    def special(self, char: str) -> Node:
        self.at += 1
        if char in "^$":
            return Edge(start=char == "^")
        if char == "<":
            end = self.phrase.find(">", self.at)
            if end < 0:
                raise PhraseError("a `<` without its `>`")
            name = self.phrase[self.at : end]
            self.at = end + 1
            return Class(name, self.take("?"))
        options = [self.sequence("|)")]
        while self.take("|"):
            options.append(self.sequence("|)"))
        if not self.take(")"):
            raise PhraseError("a `(` without its `)`")
        return Choice(tuple(options), self.take("?"))


class Language:
    """Turns parsed phrases into regular expressions and strings, with the word classes and the folding in force."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]], fold: Mapping[str, str]) -> None:
        self.classes, self._fold = classes, fold

    def fold(self, text: str) -> str:
        return "".join(self._fold.get(c, c) for c in text)

    def pattern(self, parts: list[Part], gap: int, across: bool) -> str:
        """The expression for a whole pattern over folded text."""
        skip = f"[^{re.escape(SENTENCE_MARKS)}]" if not across else "[\\s\\S]"
        return f"{skip}{{0,{gap}}}?".join(self.part(p) for p in parts)

    def part(self, nodes: Part) -> str:
        return "".join(self._node(node) for node in nodes)

    def alternatives(self, phrases: tuple[str, ...]) -> str:
        """One expression for context words, longest first."""
        ordered = sorted(phrases, key=lambda p: (-len(p), p))
        return "(?:" + "|".join(self.part(self._single(p)) for p in ordered) + ")"

    def _single(self, phrase: str) -> Part:
        parts = parse(phrase)
        if len(parts) != 1:
            raise PhraseError("`…` belongs into patterns, not into contexts")
        return parts[0]

    def _words(self, name: str) -> list[str]:
        try:
            words = self.classes[name]
        except KeyError:
            raise PhraseError(f"no word class {name!r}") from None
        return sorted((self.fold(w) for w in words), key=lambda w: (-len(w), w))

    def _node(self, node: Node) -> str:
        if isinstance(node, Text):
            return re.escape(self.fold(node.text))
        if isinstance(node, Edge):
            marks = re.escape(CLAUSE_MARKS)
            if node.start:
                return f"(?<![^{marks}\\s])"
            return f"(?=[{PARTICLES}]{{0,3}}\\s{{0,4}}(?:[{marks}]|\\Z))"
        if isinstance(node, Class):
            body = BUILT_IN.get(node.name) or "(?:" + "|".join(map(re.escape, self._words(node.name))) + ")"
        else:
            ordered = sorted(node.options, key=lambda option: -longest(option, self))  # 没权限 before 没权
            body = "(?:" + "|".join(self.part(option) for option in ordered) + ")"
        return body + ("?" if node.optional else "")

    def strings(self, nodes: Part, limit: int = MAX_STRINGS) -> set[str] | None:
        """Every string a part stands for, or None if there are more than ``limit`` or it has a built-in class."""
        found = {""}
        for node in nodes:
            options = self._options(node, limit)
            if options is None:
                return None
            found = {a + b for a in found for b in options}
            if len(found) > limit:
                return None
        return found

    def _options(self, node: Node, limit: int) -> set[str] | None:
        if isinstance(node, Text):
            return {self.fold(node.text)}
        if isinstance(node, Edge):
            return {""}
        options: set[str] = {""} if node.optional else set()
        if isinstance(node, Class):
            if node.name in BUILT_IN:
                return None
            return options | set(self._words(node.name))
        for option in node.options:
            inner = self.strings(option, limit)
            if inner is None:
                return None
            options |= inner
        return options


def longest(nodes: Part, language: Language) -> int:
    """An upper bound on the length of what a part matches."""
    total = 0
    for node in nodes:
        if isinstance(node, Text):
            total += len(node.text)
        elif isinstance(node, Class):
            total += 20 if node.name in BUILT_IN else max(map(len, language.classes.get(node.name, ("",))))
        elif isinstance(node, Choice):
            total += max(longest(option, language) for option in node.options)
    return total
