"""Terms that do not do what their author thinks: never found, always passed, written twice, or found everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from cslint.compiler import charts
from cslint.compiler.cache import word_counts
from cslint.compiler.phrases import Language, parse
from cslint.compiler.plan import Plan
from cslint.compiler.samples import has_edge, samples
from cslint.engine.context import Surroundings
from cslint.engine.judge import Judge
from cslint.engine.lattice import Lattice
from cslint.engine.scan import Scanner
from cslint.engine.view import is_invisible
from cslint.rulebook.examples import home
from cslint.rulebook.load import Rulebook
from cslint.rulebook.rule import Context, Rule, Term, Unless

CARRIERS = (("", ""), ("这里写着", "这几个字"), ("请看“", "”"))  # what may stand around a term that must be found
LEAST_GAP, MOST_GAP = 1, 24  # characters
SHOWN = 16  # characters of a list of phrases
ERRORS = ("unreachable", "shadowed", "never-matches", "breaks-itself")
SAID = {  # problem and hint in Chinese, problem and hint in English
    "unreachable": (
        "在自己的原文里都找不到“{0}”", "词中间不能有句读（，。、：！等）：去掉它，或写成 pattern，用 … 隔开",
        "“{0}” is not found even in its own text", "punctuation inside it ends a match: drop it, or write a pattern with …",
    ),
    "shadowed": (
        "“{0}”总被安全短语放行：{1}", "安全短语要比词本身长；只在某些情形放行的，写明 platforms、units 或 spelling",
        "“{0}” is always passed by a safe phrase: {1}", "a safe phrase is longer than the term; or say when it holds",
    ),
    "never-matches": (
        "这个 pattern 什么都匹配不到", "^ 前面、$ 后面不能再有字；看看各部分的先后",
        "this pattern can match nothing", "nothing stands before ^ or after $; see the order of its parts",
    ),
    "gap": (
        "gap {0} 不在 {1} 到 {2} 之间", "gap 是一个 … 最多跳过的字数",
        "gap {0} is not between {1} and {2}", "gap is the most characters that a … skips",
    ),
    "breaks-itself": (
        "改法“{0}”里仍有这个词", "换一种改法", "its rewrite “{0}” holds the term again", "write something else instead",
    ),
    "duplicate": (
        "与 {0} 的“{1}”重复，条件也一样", "删去一个，或写明各自的条件",
        "the same as “{1}” of {0}, under the same conditions", "delete one, or say when each holds",
    ),
    "too-short": (
        "“{0}”太短，到处都会命中", "加上 cue、whole 或 only",
        "“{0}” is so short that it is found everywhere", "add cue, whole or only",
    ),
}  # fmt: skip
Found = tuple[str, ...]  # a key of SAID and what is filled in


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one term: ``term`` as it is written, ``path`` the file of its rule.

    ``kind`` is `unreachable`, `shadowed`, `never-matches` or `breaks-itself`, which are errors, or `duplicate` or
    `too-short`, which are warnings.
    """

    rule: str
    path: str
    term: str
    kind: str
    problem: str
    hint: str

    @property
    def is_error(self) -> bool:
        """True where the term cannot do its work."""
        return self.kind in ERRORS


def problems(rulebook: Rulebook, plan: Plan, lang: str = "en") -> list[Problem]:
    """Everything that is wrong with the terms of ``rulebook``, compiled as ``plan``, in the order of the rules.

    ``lang`` is the language of problems and hints: zh or en.
    """
    return list(_Checker(rulebook, plan, lang).all())


class _Checker:
    def __init__(self, rulebook: Rulebook, plan: Plan, lang: str) -> None:
        self.rulebook, self.plan, self.lang = rulebook, plan, lang
        self.scanner = Scanner(plan)
        self.language = Language(rulebook.classes, dict(zip(plan.fold_from, plan.fold_to, strict=True)))
        self._made = dict(plan.contexts)
        self._surroundings: dict[Context, Surroundings] = {}
        self._judges: dict[tuple[str | None, str | None], Judge] = {}
        self._seen: dict[object, tuple[str, str]] = {}

    def all(self) -> Iterator[Problem]:
        for number, (rule_id, at) in enumerate(self.plan.terms):
            rule = self.rulebook.rules[rule_id]
            term = rule.terms[at]
            for kind, *values in self._found(number, rule, term):
                texts = SAID[kind][:2] if self.lang == "zh" else SAID[kind][2:]
                named = "never-matches" if kind == "gap" else kind
                problem, hint = (text.format(*values) for text in texts)
                yield Problem(rule.id, rule.path, term.text, named, problem, hint)

    def _found(self, number: int, rule: Rule, term: Term) -> Iterator[Found]:
        if term.kind == "literal":
            yield from self._literal(number, rule, term)
        elif term.kind == "pattern":
            yield from self._pattern(number, rule, term)
        yield from self._rewrites(number, rule, term)
        yield from self._duplicate(rule, term)

    def _literal(self, number: int, rule: Rule, term: Term) -> Iterator[Found]:
        plain = (term.text,) if term.plain else ()
        for text in (*plain, *term.spelling.aliases, *term.spelling.initials):
            if not any(self._is_found(number, before, text, after) for before, after in CARRIERS):
                yield "unreachable", text
            elif phrases := self._shadow(rule, term, text, 0, len(text)):
                yield "shadowed", text, phrases
            held = rule.profiles or (term.evasive_cue and text != term.text)
            if not held and _short(self.scanner.fold(text), term):
                yield "too-short", text

    def _is_found(self, number: int, before: str, text: str, after: str) -> bool:
        span = (number, len(before), len(before) + len(text))
        return any((c.term, c.start, c.end) == span for c in self.scanner.candidates(before + text + after))

    def _pattern(self, number: int, rule: Rule, term: Term) -> Iterator[Found]:
        if not LEAST_GAP <= term.gap <= MOST_GAP:
            yield "gap", str(term.gap), str(LEAST_GAP), str(MOST_GAP)
        expression = re.compile(self.plan.patterns[number])
        texts = list(samples(term.text, self.rulebook.classes))
        if not any(c.term == number for text in texts for c in self.scanner.candidates(text)):
            matched = next((text for text in texts if expression.search(self.scanner.fold(text))), None)
            yield ("never-matches",) if matched is None else ("unreachable", matched)
            return
        strings = self._strings(term)
        matches = [match for text in strings for match in expression.finditer(text)]
        shadows = [self._shadow(rule, term, match.string, *match.span()) for match in matches]
        if shadows and all(shadows):
            yield "shadowed", matches[0][0], shadows[0]
        short = [text for text in strings if _short(text, term)]
        if short and not rule.profiles and not has_edge(term.text):
            yield "too-short", short[0]

    def _strings(self, term: Term) -> list[str]:
        """All that a pattern without gaps stands for, if that can be listed."""
        parts = parse(term.text)
        return sorted((self.language.strings(parts[0]) if len(parts) == 1 else None) or ())

    def _shadow(self, rule: Rule, term: Term, text: str, start: int, end: int) -> str:
        """The safe phrases that pass a span wherever it stands, or nothing."""
        for unless in (*term.unless, *rule.unless):
            context = unless.context
            if _everywhere(unless, term) and self._asked(context).holds(self.scanner.fold(text), start, end):
                phrases = ", ".join(context.within + context.contains)
                return phrases if len(phrases) <= SHOWN else phrases[:SHOWN] + "…"
        return ""

    def _asked(self, context: Context) -> Surroundings:
        if context not in self._surroundings:
            self._surroundings[context] = Surroundings(context, self._made[context])
        return self._surroundings[context]

    def _rewrites(self, number: int, rule: Rule, term: Term) -> Iterator[Found]:
        for text in term.rewrites:
            candidates = [c for c in self.scanner.candidates(text) if c.term == number]
            if candidates:
                judge = self._judge(home(rule), next(iter((*rule.profiles, *term.only)), None))
                folded = self.scanner.fold(text)
                rulings = [judge.rule_on(c, text, folded, u, "agent") for c in candidates for u in rule.units]
                if any(ruling.accepted for ruling in rulings):
                    yield "breaks-itself", text

    def _judge(self, platform: str | None, profile: str | None) -> Judge:
        key = (platform, profile)
        if key not in self._judges:
            everything = frozenset(self.plan.rules)
            profiles, platforms = [profile] if profile else [], [platform] if platform else []
            self._judges[key] = Judge(self.plan, platforms, profiles, everything, lambda: self._lattice)
        return self._judges[key]

    @cached_property
    def _lattice(self) -> Lattice:
        return Lattice({**word_counts(), **self.plan.ordinary})

    def _duplicate(self, rule: Rule, term: Term) -> Iterator[Found]:
        text = term.text if term.kind == "pattern" else self.scanner.fold(term.text)
        gates = (term.kind, text, term.cue, term.only, term.units, term.whole, term.unless)
        within = (rule.id, gates, term.edge, term.evasive_cue, term.spelling, repr(term.severities), term.raises)
        scope = (rule.platforms_only, rule.platforms_except, rule.roles)
        across = (rule.group, rule.profiles, rule.units, scope, gates)
        twin, other = self._seen.get(within), self._seen.get(across)
        if twin:
            yield "duplicate", *twin
        elif other and other[0] != rule.id:
            yield "duplicate", *other
        self._seen.setdefault(within, (rule.id, term.text))
        self._seen.setdefault(across, (rule.id, term.text))


def _everywhere(unless: Unless, term: Term) -> bool:
    """True if an exemption looks at nothing but the found text, whatever the platform, unit, role and spelling."""
    context = unless.context
    alone = Context(within=context.within, contains=context.contains, gap=context.gap)
    limited = unless.platforms or unless.units or unless.roles or unless.spelling or unless.lifted_by
    return context == alone and not limited and (not unless.terms or term.label in unless.terms)


def _short(folded: str, term: Term) -> bool:
    """One common character, or two Latin letters that may stand inside a word, and nothing that says when they count."""
    core = "".join(c for c in folded if not is_invisible(c))
    if term.cue or term.whole or term.only:
        return False
    if len(core) == 1:
        return core.isascii() or charts.frequency()[core] >= charts.COMMON  # nobody says 肏 by the way
    return len(core) == 2 and core.isascii() and core.isalpha() and term.edge == "free"
