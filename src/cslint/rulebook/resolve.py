"""One rule file: checked beyond its types, with the defaults of its group filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from cslint.model import SEVERITIES
from cslint.rulebook import schema
from cslint.rulebook.errors import RulebookError, near
from cslint.rulebook.rule import (
    GROUPS,
    Context,
    Example,
    Raise,
    Rewrite,
    Rule,
    Spelling,
    Term,
    Unless,
    by_unit,
)
from cslint.rulebook.yamlfile import decode, line_in

CUE_GAP = 6
FEWEST_EXAMPLES = 3
ENTITIES = (
    "mobile",
    "landline",
    "number",
    "account",
    "name",
    "email",
    "link",
    "passphrase",
    "bank-card",
    "long-number",
    "id-card",
)
LONG = 3  # terms of so many Hanzi are listened for without being asked: few words sound like them
BUILT_IN_CLASSES = frozenset({"digit", "letter", "hanzi", "number"})


class Resolver:
    """One rule file, checked and resolved."""

    def __init__(
        self, path: Path, group: schema.GroupFile, classes: dict[str, tuple[str, ...]], rows: set[str]
    ) -> None:
        self.path, self.group, self.classes, self.rows = path, group, classes, rows
        self.file = decode(path, schema.RuleFile)

    def fail(self, key: str, problem: str, hint: str = "") -> RulebookError:
        return RulebookError(str(self.path), self._line(key), key, problem, hint)

    def _line(self, key: str) -> int | None:
        index = re.search(r"\[(\d+)\]", key)
        top = re.split(r"[.\[]", key, maxsplit=1)[0]
        return line_in(self.path, [top, int(index[1])] if index else [top])

    def rule(self) -> Rule:
        file = self.file
        self._identity()
        if not file.terms:
            raise self.fail("terms", "a rule needs at least one term")
        units = tuple(file.applies.units)
        if "public" not in units:
            units = (*units, "public")
        severity = file.severity or self.group.severity
        if severity is None:
            raise self.fail("severity", "is missing", "error, warning or info; or by unit")
        severities = by_unit(severity, ("message", "listing", "public"))
        terms = tuple(self._term(i, entry) for i, entry in enumerate(file.terms))
        labels = [t.label for t in terms]
        for name in file.applies.platforms.only or []:
            if name in (file.applies.platforms.except_ or []):
                raise self.fail("applies", f"{name} stands under both only and except")
        rewrites = tuple(
            Rewrite(r) if isinstance(r, str) else Rewrite(r.text, tuple(self._known_terms("rewrites", r.for_, labels)))
            for r in file.rewrites
        )
        if not rewrites and not any(t.rewrites for t in terms):
            raise self.fail("rewrites", "a rule says what to write instead", "add `rewrites:` or a term's `rewrite:`")
        if not file.basis:
            raise self.fail(
                "basis", "a rule names its source", "add {source: …, note: …, grade: law|platform|trade|house}"
            )
        only = file.applies.platforms.only
        return Rule(
            id=file.id,
            name=file.name,
            group=file.group,
            severity=max(severities.values(), key=SEVERITIES.index),
            severities=severities,
            profile_severity={str(profile): level for profile, level in file.profile_severity.items()},
            title={"zh": file.title.zh, "en": file.title.en},
            why={"zh": file.why.zh, "en": file.why.en},
            spec=tuple(file.spec),
            basis=tuple(b.resolved() for b in file.basis),
            platforms_only=tuple(only) if only is not None else None,
            platforms_except=tuple(file.applies.platforms.except_ or ()),
            units=units,
            roles=tuple(file.applies.roles),
            profiles=tuple(file.profiles),
            terms=terms,
            raises=tuple(self._raise("raise", r, labels) for r in (*file.raise_, *self.group.raise_)),
            unless=tuple(self._unless("unless", u, labels) for u in file.unless)
            + tuple(self._unless("unless", u, None) for u in self.group.unless),
            rewrites=rewrites,
            examples=self._examples(),
            path=str(self.path),
            hear_patterns=self.group.hear_patterns,
            weigh_meaning=self.group.weigh_meaning,
        )

    def _identity(self) -> None:
        file = self.file
        if file.group not in GROUPS:
            raise self.fail("group", f"{file.group!r} is not a group", near(file.group, GROUPS))
        if not re.fullmatch(GROUPS[file.group] + r"\d{3}", file.id):
            raise self.fail(
                "id", f"{file.id!r} does not fit the group", f"expected {GROUPS[file.group]} and three digits"
            )
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file.name):
            raise self.fail("name", f"{file.name!r} is not kebab-case")
        if self.path.stem != file.name:
            raise self.fail("name", f"the file is called {self.path.name}, the rule {file.name}", "make them equal")
        for row in file.spec:
            if self.rows and row not in self.rows:
                raise self.fail("spec", f"{row!r} is not a row of spec.yaml", near(row, self.rows))

    def _known_terms(self, key: str, names: list[str], labels: list[str]) -> list[str]:
        for name in names:
            if name not in labels:
                raise self.fail(key, f"{name!r} is not a term of this rule", near(name, labels))
        return names

    def _words(self, key: str, words: list[str]) -> tuple[str, ...]:
        for word in words:
            if not word:
                raise self.fail(key, "an empty word")
            for name in re.findall(r"(?<!\\)<([^<>]*)>", word):
                if name not in self.classes and name not in BUILT_IN_CLASSES:
                    raise self.fail(key, f"no word class {name!r}", near(name, {*self.classes, *BUILT_IN_CLASSES}))
        return tuple(words)

    def _context(self, key: str, entry: schema.ContextEntry, gap: int, any_of: bool) -> Context:
        context = Context(
            **{
                name: self._words(key, getattr(entry, name))
                for name in ("before", "after", "near", "sentence", "anywhere", "within", "contains")
            },
            gap=gap if entry.gap is None else entry.gap,
            any_of=any_of,
        )
        if not any(
            (
                context.before,
                context.after,
                context.near,
                context.sentence,
                context.anywhere,
                context.within,
                context.contains,
            )
        ):
            raise self.fail(key, "a context needs before, after, near, sentence, anywhere, within or contains")
        return context

    def _cue(self, key: str, entry: schema.ContextEntry | list[str] | None) -> Context | None:
        if entry is None:
            return None
        if isinstance(entry, list):
            entry = schema.ContextEntry(near=entry)
        return self._context(key, entry, CUE_GAP, any_of=True)

    def _raise(self, key: str, entry: schema.RaiseEntry, labels: list[str]) -> Raise:
        return Raise(
            self._context(key, entry, CUE_GAP, any_of=True),
            entry.to,
            tuple(n for n in entry.terms if n in labels),
            tuple(entry.units),
            tuple(entry.spelling),
        )

    def _unless(self, key: str, entry: schema.UnlessEntry, labels: list[str] | None) -> Unless:
        if labels is not None:
            self._known_terms(key, entry.terms, labels)
        return Unless(
            self._context(key, entry, 0, any_of=False),
            reason=entry.reason,
            article=entry.article,
            terms=tuple(entry.terms),
            platforms=tuple(entry.platforms),
            units=tuple(entry.units),
            roles=tuple(entry.roles),
            spelling=tuple(entry.spelling),
            lifted_by=tuple(entry.lifted_by),
        )

    def _term(self, index: int, entry: str | schema.TermEntry) -> Term:
        key = f"terms[{index}]"
        if isinstance(entry, str):
            entry = schema.TermEntry(term=entry)
        kinds = [k for k in ("term", "pattern", "entity", "meaning") if getattr(entry, k)]
        if len(kinds) != 1:
            raise self.fail(key, "exactly one of term, pattern, entity and meaning", "see docs/rule-files.md")
        text = getattr(entry, kinds[0])
        if kinds[0] == "pattern":
            self._words(key, [text])
            if not 1 <= entry.gap <= 24:
                raise self.fail(f"{key}.gap", f"{entry.gap} is not between 1 and 24")
        if kinds[0] == "entity" and text not in ENTITIES:
            raise self.fail(key, f"no entity {text!r}", near(text, ENTITIES))
        label = entry.as_ or text
        rewrites = (entry.rewrite,) if isinstance(entry.rewrite, str) else tuple(entry.rewrite)
        if not entry.plain and kinds[0] != "term":
            raise self.fail(f"{key}.plain", "only a term has disguises of its own", "write it as a term")
        if entry.safe and len(rewrites) != 1:
            raise self.fail(key, "`safe` needs exactly one rewrite")
        return Term(
            kind="literal" if kinds[0] == "term" else kinds[0],
            text=text,
            label=label,
            cue=self._cue(key, entry.cue),
            evasive_cue=self._cue(key, entry.evasive_cue)
            or self._cue("evasive_cue", self.file.evasive_cue)
            or self._cue("evasive_cue", self.group.evasive_cue),
            only=tuple(entry.only),
            units=tuple(entry.units),
            severities=by_unit(entry.severity, ("message", "listing", "public")) if entry.severity else {},
            raises=tuple(self._raise(key, r, [label]) for r in entry.raise_),
            unless=tuple(self._unless(key, u, [label]) for u in entry.unless),
            rewrites=rewrites,
            safe=entry.safe,
            whole=entry.whole,
            edge=entry.edge,
            plain=entry.plain,
            gap=entry.gap,
            across=entry.across,
            spelling=self._spelling(text, entry),
        )

    def _spelling(self, text: str, entry: schema.TermEntry) -> Spelling:
        def pick(name: str) -> Any:
            for source in (entry, self.file.spelling, self.group.spelling):
                value = getattr(source, name)
                if value is not None:
                    return value
            return None

        noise, pinyin, sound = pick("noise"), pick("pinyin"), pick("sound")
        hanzi = all("\u4e00" <= c <= "\u9fff" for c in text)
        return Spelling(
            noise=(len(text) > 1) if noise is None else bool(noise),
            pinyin=(hanzi and len(text) > 1) if pinyin is None else bool(pinyin),
            sound=(hanzi and len(text) >= LONG) if sound is None else bool(sound),
            fuzzy=tuple(pick("fuzzy") or ()),
            shape=bool(pick("shape")),
            parts=bool(pick("parts")),
            initials=tuple(entry.initials or ()),
            aliases=tuple(entry.aliases or ()),
            masks=hanzi and len(text) == LONG and bool(pick("masks")),
        )

    def _examples(self) -> tuple[Example, ...]:
        examples = []
        for hit, entries in ((True, self.file.examples.hit), (False, self.file.examples.miss)):
            if len(entries) < FEWEST_EXAMPLES:
                kind = "hit" if hit else "miss"
                raise self.fail(
                    "examples", f"{len(entries)} `{kind}` examples", f"a rule needs at least {FEWEST_EXAMPLES} of each"
                )
            for entry in entries:
                e = schema.ExampleEntry(text=entry) if isinstance(entry, str) else entry
                examples.append(
                    Example(
                        text=e.text,
                        hit=hit,
                        unit=e.unit,
                        platform=e.platform,
                        role=e.role,
                        profiles=tuple(e.profiles),
                        term=e.term,
                        severity=e.severity,
                    )
                )
        return tuple(examples)
