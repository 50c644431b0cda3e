"""One conversation rule file: checked beyond its types, its names resolved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cslint.conversation import schema
from cslint.conversation.clock import parse_window
from cslint.conversation.cues import CueResolver, no_file
from cslint.conversation.rule import (
    Burst,
    Condition,
    ConversationRule,
    Formula,
    Match,
    Measure,
    Repeat,
    Scene,
    Split,
    Where,
)
from cslint.conversation.scene import read_line
from cslint.model import UNITS
from cslint.rulebook.errors import near
from cslint.rulebook.load import Rulebook
from cslint.rulebook.rule import GROUPS, Rewrite, Rule
from cslint.rulebook.yamlfile import decode

FEWEST_SCENES = 2


class RuleResolver(CueResolver):
    """One conversation rule file, checked and resolved."""

    def __init__(self, path: Path, book: Rulebook, cues: set[str]) -> None:
        super().__init__(path, book, "")
        self.source = decode(path, schema.ConversationRuleFile)
        self.book, self.cues = book, cues
        self.own_cues: dict[str, Rule] = {}

    def conversation_rule(self) -> ConversationRule:
        """The rule. Raises RulebookError."""
        file = self.source
        self.rows = {row.id for row in self.book.spec}
        self.file: Any = file  # what `_identity` checks
        self._identity()
        self.file = no_file()
        if file.group != "conversation":
            raise self.fail("group", f"{file.group!r}: a rule with conditions belongs to the group 'conversation'")
        if not file.basis:
            raise self.fail(
                "basis", "a rule names its source", "add {source: …, note: …, grade: law|platform|trade|house}"
            )
        if file.measure is None and not file.conditions:
            raise self.fail("conditions", "a conversation rule needs conditions or a measure")
        conditions = {name: self._condition(name, entry) for name, entry in file.conditions.items()}
        only = file.applies.platforms.only
        return ConversationRule(
            id=file.id,
            name=file.name,
            group=file.group,
            severity=file.severity,
            severities=dict.fromkeys(UNITS, file.severity),
            title={"zh": file.title.zh, "en": file.title.en},
            why={"zh": file.why.zh, "en": file.why.en},
            spec=tuple(file.spec),
            basis=tuple(entry.resolved() for entry in file.basis),
            platforms_only=tuple(only) if only is not None else None,
            platforms_except=tuple(file.applies.platforms.except_ or ()),
            units=("message",),
            roles=("agent", "bot", "customer"),
            profiles=tuple(file.profiles),
            rewrites=tuple(Rewrite(text) for text in file.rewrites),
            path=str(self.path),
            points=file.points,
            fatal=file.fatal,
            scope=file.scope,
            measure=self._measure(file.measure) if file.measure else None,
            conditions=conditions,
            when=self._when(file.when, conditions),
            blame=self._blame(file.blame, conditions),
            scenes=self._scenes(file.examples),
        )

    def _condition(self, name: str, entry: schema.ConditionEntry) -> Condition:
        where, key = entry.where, f"conditions.{name}"
        anchors = [a for a in (where.after, where.before, where.beside) if a is not None]
        if len(anchors) > 1:
            raise self.fail(f"{key}.where", "one of after, before and beside")
        for anchor in anchors:
            self._known(
                f"{key}.where", anchor, list(self.source.conditions)[: list(self.source.conditions).index(name)]
            )
        if not anchors and (where.messages, where.turns, where.seconds, where.over) != (None,) * 4:
            raise self.fail(
                f"{key}.where", "messages, turns, seconds and over count from an anchor", "add after or before"
            )
        if entry.sender and not anchors:
            raise self.fail(f"{key}.sender", "same and other compare with the sender of an anchor")
        for count in ("first", "last", "messages", "turns"):
            if (value := getattr(where, count)) is not None and value < 1:
                raise self.fail(f"{key}.where.{count}", f"{value} is not 1 or more")
        return Condition(
            who=entry.who,
            where=Where(
                first=where.first, last=where.last, of=where.of or entry.who, after=where.after, before=where.before,
                beside=where.beside, messages=where.messages, turns=where.turns, seconds=where.seconds, over=where.over,
            ),
            match=self._match(name, entry.match),
            sender=entry.sender,
        )  # fmt: skip

    def _match(self, name: str, entry: schema.MatchEntry) -> Match:
        key = f"conditions.{name}.match"
        cues = list(entry.cues)
        for cue in (*entry.cues, *entry.lacks):
            self._known(key, cue, self.cues)
        if entry.terms:
            own = f"{self.source.id}.{name}"
            self.key = key
            self.own_cues[own] = self.cue(own, entry.terms, [])
            self.key = ""
            cues.append(own)
        split = entry.split
        return Match(
            cues=tuple(cues),
            rules=self._rules(f"{key}.rules", entry.rules),
            lacks=tuple(entry.lacks),
            pause=entry.pause,
            repeat=Repeat(times=entry.repeat.times, least=entry.repeat.least) if entry.repeat else None,
            burst=Burst(times=entry.burst.times, seconds=entry.burst.seconds, most=entry.burst.most) if entry.burst else None,
            split=Split(
                rules=self._rules(f"{key}.split.rules", split.rules),
                seconds=split.seconds, messages=split.messages, shortest=split.shortest,
            ) if split else None,
        )  # fmt: skip

    def _rules(self, key: str, selectors: list[str]) -> tuple[str, ...]:
        """Ids, names, groups and prefixes to the ids of message rules."""
        found: list[str] = []
        for word in selectors:
            hits = [r.id for r in self.book.rules.values() if word in (r.id, r.name, r.group, r.id[:3])]
            if not hits:
                known = {*self.book.rules, *GROUPS, *(r.name for r in self.book.rules.values())}
                raise self.fail(key, f"no rule {word!r}", near(word, known))
            found += hits
        return tuple(dict.fromkeys(found))

    def _known(self, key: str, name: str, names: Iterable[str]) -> None:
        names = list(names)
        if name not in names:
            hint = near(name, names) or "name a condition that stands above, or a cue of _cues.yaml"
            raise self.fail(key, f"{name!r} is not known here", hint)

    def _measure(self, entry: schema.MeasureEntry) -> Measure:
        window = parse_window(entry.window) if entry.window is not None else None
        if entry.window is not None and window is None:
            raise self.fail("measure.window", f"{entry.window!r} is no window of the day", 'as in "08:00-23:00"')
        for cue in entry.ignore:
            self._known("measure.ignore", cue, self.cues)
        if entry.within <= 0:
            raise self.fail("measure.within", f"{entry.within:g} is not more than 0 seconds")
        if entry.least is not None and not 0 < entry.least <= 1:
            raise self.fail("measure.least", f"{entry.least:g} is not a share between 0 and 1")
        return Measure(
            of=entry.of, within=entry.within, marks=tuple(sorted({*entry.marks, entry.within})), window=window,
            replies=tuple(entry.replies), unanswered=entry.unanswered, cap=entry.cap, ignore=tuple(entry.ignore),
            report=tuple(entry.report), least=entry.least, fewest=entry.fewest,
        )  # fmt: skip

    def _when(self, entry: str | dict[str, Any] | None, conditions: dict[str, Condition]) -> Formula | None:
        if not conditions:
            return None
        if entry is None:
            return Formula(kind="all", parts=tuple(Formula(kind="is", name=name) for name in conditions))
        formula = self._formula(entry, conditions)
        self._check_anchors(formula, conditions)
        return formula

    def _check_anchors(self, formula: Formula, conditions: dict[str, Condition]) -> None:
        """A condition can only be asked once its anchor has been found, so the formula names that too."""
        named = formula.names()
        for name in named:
            anchor = conditions[name].where.anchor
            if anchor is not None and anchor not in named:
                raise self.fail("when", f"{name!r} is seen from {anchor!r}, which the formula does not name")

    def _formula(self, entry: Any, conditions: dict[str, Condition]) -> Formula:
        if isinstance(entry, str):
            self._known("when", entry, conditions)
            return Formula(kind="is", name=entry)
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in ("all", "any", "not"):
            raise self.fail(
                "when", f"{entry!r} is no formula", "a condition's name, or {all: […]}, {any: […]}, {not: …}"
            )
        ((kind, below),) = entry.items()
        parts = below if isinstance(below, list) else [below]
        if not parts:
            raise self.fail("when", f"`{kind}` of nothing")
        return Formula(kind=kind, parts=tuple(self._formula(part, conditions) for part in parts))

    def _blame(self, entry: str | list[str] | None, conditions: dict[str, Condition]) -> tuple[str, ...]:
        names = [entry] if isinstance(entry, str) else list(entry or [])
        if conditions and not names:
            raise self.fail("blame", "is missing", "name the condition whose message is blamed")
        for name in names:
            self._known("blame", name, conditions)
        return tuple(names)

    def _scenes(self, examples: schema.ConversationExamples) -> tuple[Scene, ...]:
        scenes = []
        for kind, entries in (("bad", examples.bad), ("good", examples.good)):
            if len(entries) < FEWEST_SCENES:
                problem = f"{len(entries)} `{kind}` conversations"
                raise self.fail("examples", problem, f"a rule needs at least {FEWEST_SCENES} of each")
            for at, entry in enumerate(entries):
                for line in entry.talk:
                    if read_line(line) is None:
                        key, hint = f"examples.{kind}[{at}].talk", "as in: 买家 10:00:05 在吗"
                        raise self.fail(key, f"{line!r} is no message", hint)
                if entry.blame is not None and not 1 <= entry.blame <= len(entry.talk):
                    raise self.fail(f"examples.{kind}[{at}].blame", f"there is no message {entry.blame}")
                scenes.append(
                    Scene(
                        lines=tuple(entry.talk), bad=kind == "bad", platform=entry.platform,
                        profiles=tuple(entry.profiles), blame=entry.blame,
                    )
                )  # fmt: skip
        return tuple(scenes)
