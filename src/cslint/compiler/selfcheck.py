"""Terms that do not do what their author thinks: never found, always passed, written twice, or found everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

import msgspec

from cslint.compiler.cache import word_counts
from cslint.compiler.phrases import BUILT_IN, Choice, Class, Edge, Language, Node, Part, Text, parse
from cslint.compiler.plan import Plan
from cslint.engine.context import Surroundings
from cslint.engine.judge import Judge
from cslint.engine.lattice import Lattice
from cslint.engine.scan import Scanner
from cslint.rulebook.examples import home
from cslint.rulebook.load import Rulebook
from cslint.rulebook.rule import Context, Rule, Term, Unless

ERRORS = ("unreachable", "shadowed", "never-matches", "breaks-itself")
CARRIERS = (("", ""), ("这里写着", "这几个字"), ("请看“", "”"))  # what stands around a term that must be found
FILLERS = ("", ",", " ")  # what stands in the gaps of a pattern
SAMPLES = 200  # texts a pattern that are tried
STANDS_FOR = {"digit": "1", "letter": "a", "hanzi": "字", "number": "3"}
LEAST_GAP, MOST_GAP = 1, 24  # characters
SAID: dict[str, tuple[str, str, str, str]] = {  # problem and hint in Chinese, problem and hint in English
    "unreachable": (
        "在自己的原文里都找不到 {0!r}", "去掉词中的句号、逗号、问号等标点,或改写成 pattern(用 … 隔开)",
        "{0!r} is not found even in its own text", "leave out the punctuation inside it, or write a pattern with …",
    ),
    "shadowed": (
        "{0!r} 每次都会被安全短语放行:within/contains {1}", "安全短语要比词长;或限定 platforms、units、spelling",
        "{0!r} is always passed by within/contains {1}", "a safe phrase is longer than the term; or limit it",
    ),
    "never-matches": (
        "这个 pattern 不可能命中任何文字", "^ 只能在开头,$ 只能在结尾;检查各部分的先后",
        "this pattern can match nothing", "^ stands first and $ last; check the order of the parts",
    ),
    "gap": (
        "gap {0} 超出 {1}–{2}", "gap 是 … 最多跳过的字数", "gap {0} is not between {1} and {2}", "it counts characters",
    ),
    "breaks-itself": (
        "自己的改法 {0!r} 仍然违反本条", "改法里不能再出现这个词", "its own rewrite {0!r} breaks the rule again",
        "a rewrite must not hold the term",
    ),
    "duplicate": (
        "与 {0} 重复,条件也相同", "删去其中一个", "the same as {0}, under the same conditions", "delete one of them",
    ),
    "too-short": (
        "{0!r} 太短,到处都会命中", "加 cue、whole 或 only", "{0!r} is so short that it is found everywhere",
        "add cue, whole or only",
    ),
}  # fmt: skip


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one term. ``term`` is its text as written, ``path`` the file of its rule."""

    rule: str
    path: str
    term: str
    kind: str  # unreachable, shadowed, never-matches, breaks-itself: errors; duplicate, too-short: warnings
    problem: str
    hint: str

    @property
    def is_error(self) -> bool:
        """True where the term cannot work at all."""
        return self.kind in ERRORS


def problems(rulebook: Rulebook, plan: Plan, lang: str = "en") -> list[Problem]:
    """Everything that is wrong with the terms of a rulebook and its plan, in the order of the rules.

    ``lang`` is the language of problems and hints: zh or en.
    """
    return list(_Checker(rulebook, plan, lang).all())


class _Checker:
    def __init__(self, rulebook: Rulebook, plan: Plan, lang: str) -> None:
        self.rulebook, self.plan, self.lang = rulebook, plan, lang
        self.scanner = Scanner(plan)
        self.language = Language(rulebook.classes, dict(zip(plan.fold_from, plan.fold_to, strict=True)))
        self.contexts = dict(plan.contexts)
        self.seen: dict[object, str] = {}
        self.judge = lru_cache(maxsize=None)(self._judge)

    def all(self) -> Iterator[Problem]:
        for number, (rule_id, at) in enumerate(self.plan.terms):
            rule = self.rulebook.rules[rule_id]
            term = rule.terms[at]
            checks = [self._duplicate(rule, term), self._rewrites(number, rule, term)]
            if term.kind == "literal":
                checks.append(self._literal(number, rule, term))
            elif term.kind == "pattern":
                checks.append(self._pattern(number, rule, term))
            for check in checks:
                for kind, *values in check:
                    yield self._problem(rule, term, kind, *values)

    def _problem(self, rule: Rule, term: Term, kind: str, *values: object) -> Problem:
        problem, hint = SAID[kind][:2] if self.lang == "zh" else SAID[kind][2:]
        named = "never-matches" if kind == "gap" else kind
        return Problem(rule.id, rule.path, term.text, named, problem.format(*values), hint)

    def _literal(self, number: int, rule: Rule, term: Term) -> Iterator[tuple[object, ...]]:
        for text in (term.text, *term.spelling.aliases, *term.spelling.initials):
            if not any(self._found(number, before, text, after) for before, after in CARRIERS):
                yield "unreachable", text
            elif phrases := self._shadow(rule, term, text, 0, len(text)):
                yield "shadowed", text, phrases
            if _short(text, term) and not rule.profiles:
                yield "too-short", text

    def _found(self, number: int, before: str, text: str, after: str) -> bool:
        span = (number, len(before), len(before) + len(text))
        return any((c.term, c.start, c.end) == span for c in self.scanner.candidates(before + text + after))

    def _shadow(self, rule: Rule, term: Term, text: str, start: int, end: int) -> str:
        """The safe phrases that pass a term wherever it stands, or nothing."""
        folded = self.scanner.fold(text)
        for unless in (*term.unless, *rule.unless):
            if _lasting(unless, rule, term) and self.surroundings(unless.context).holds(folded, start, end):
                return ", ".join(unless.context.within + unless.context.contains)[:40]
        return ""
'''.replace("lru_cache(maxsize=None)(self._judge)","cache(self._judge)").replace("cached_property, lru_cache","cache, cached_property")
