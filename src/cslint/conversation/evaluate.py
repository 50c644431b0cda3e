"""Which messages of a session fulfil the conditions of a rule, and which of them is to blame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from cslint.conversation.rule import Condition, ConversationRule, Formula, Match, Split, Where
from cslint.conversation.talk import SHOP, Message, Session, Span

_KINDS = {
    "anyone": ("customer", *SHOP),
    "customer": ("customer",),
    "shop": SHOP,
    "agent": ("human",),
    "bot": ("bot", "auto"),
    "auto": ("auto",),
}
Rebroken = Callable[[str], list[tuple[str, Span]]]
"""Rules broken by a joined text: ids with spans."""


class Hit(NamedTuple):
    """A message that fulfils a condition, and the span that shows it (None: the whole message)."""

    at: int
    span: Span | None = None
    said: str = ""  # what is quoted where it is not the span itself


Bound = dict[str, Hit]


class Evaluation:
    """One session, ready to be asked about conditions."""

    def __init__(self, session: Session, broken: Rebroken) -> None:
        self.session = session
        self.messages = session.messages
        self.tags = {tag for m in self.messages for tag in (*m.cues, *m.rules)}
        self._broken = broken

    def blamed(self, rule: ConversationRule) -> Iterator[Hit]:
        """The messages that break the rule, each once, in the order of the session."""
        if rule.when is None or not self._may_hold(rule.when, rule):
            return
        found: dict[int, Hit] = {}
        for bound in self._solve(rule.when, {}, rule):
            hit = next((h for name in rule.blame for h in self._blame(name, bound, rule)), None)
            if hit is not None:
                found.setdefault(hit.at, hit)
        yield from (found[at] for at in sorted(found))

    def _blame(self, name: str, bound: Bound, rule: ConversationRule) -> Iterator[Hit]:
        if name in bound:
            yield bound[name]
            return
        condition = rule.conditions[name]
        if condition.where.anchor is None or condition.where.anchor in bound:
            yield from self._hits(condition, bound)

    def _may_hold(self, formula: Formula, rule: ConversationRule) -> bool:
        """Whether the words that the formula cannot do without were said at all."""
        if formula.kind == "is":
            match = rule.conditions[formula.name].match
            wanted = (*match.cues, *match.rules)
            return not wanted or not self.tags.isdisjoint(wanted)
        if formula.kind == "all":
            return all(self._may_hold(part, rule) for part in formula.parts)
        return formula.kind == "not" or any(self._may_hold(part, rule) for part in formula.parts)

    def _solve(self, formula: Formula, bound: Bound, rule: ConversationRule) -> Iterator[Bound]:
        if formula.kind == "is":
            if formula.name in bound:
                yield bound
                return
            for hit in self._hits(rule.conditions[formula.name], bound):
                yield {**bound, formula.name: hit}
        elif formula.kind == "any":
            for part in formula.parts:
                yield from self._solve(part, bound, rule)
        elif formula.kind == "not":
            if all(next(self._solve(part, bound, rule), None) is None for part in formula.parts):
                yield bound
        else:
            yield from self._all(formula.parts, bound, rule)

    def _all(self, parts: Sequence[Formula], bound: Bound, rule: ConversationRule) -> Iterator[Bound]:
        if not parts:
            yield bound
            return
        for found in self._solve(parts[0], bound, rule):
            yield from self._all(parts[1:], found, rule)

    def _hits(self, condition: Condition, bound: Bound) -> Iterator[Hit]:
        where = condition.where
        if where.anchor is not None and where.anchor not in bound:
            return  # its anchor was under a `not` or in another branch
        anchor = bound[where.anchor].at if where.anchor is not None else None
        for at in self._positions(condition.who, where, anchor):
            if condition.sender is not None and anchor is not None:
                same = self.messages[at].sender == self.messages[anchor].sender
                if same != (condition.sender == "same"):
                    continue
            yield from self._matches(condition.match, at)

    def _positions(self, who: str, where: Where, anchor: int | None) -> Iterator[int]:
        kinds, counted = _KINDS[who], _KINDS[where.of]
        low, high = 0, len(self.messages)
        if anchor is not None:
            low, high = self._window(where, anchor)
        candidates = [at for at in range(low, high) if at != anchor and self.messages[at].kind in counted]
        if where.before is not None:
            candidates.reverse()  # the nearest first
        if where.messages is not None:
            candidates = candidates[: where.messages]
        if where.first is not None:
            candidates = candidates[: where.first]
        if where.last is not None:
            candidates = candidates[-where.last :]
        for at in candidates:
            if self.messages[at].kind in kinds and (anchor is None or self._near_in_time(where, anchor, at)):
                yield at

    def _window(self, where: Where, anchor: int) -> tuple[int, int]:
        """The half-open range of messages that stand so to the anchor."""
        blocks = self.session.blocks
        here = blocks[anchor]
        if where.beside is not None:
            return blocks.index(here), next((i for i in range(anchor, len(blocks)) if blocks[i] != here), len(blocks))
        if where.turns is None:
            return (anchor + 1, len(blocks)) if where.after is not None else (0, anchor)
        # A turn is a run of one side; every second run belongs to the other, and what is left of its own counts too.
        reach = 2 * where.turns - 1
        if where.after is not None:
            return anchor + 1, next((i for i in range(anchor, len(blocks)) if blocks[i] > here + reach), len(blocks))
        return next((i for i in range(anchor + 1) if blocks[i] >= here - reach), 0), anchor

    def _near_in_time(self, where: Where, anchor: int, at: int) -> bool:
        if where.seconds is None and where.over is None:
            return True
        here, there = self.messages[anchor], self.messages[at]
        if here.at is None or there.at is None:
            return False
        least = abs(there.at - here.at) - (max(here.precision, there.precision) - 1)
        return (where.seconds is None or least <= where.seconds) and (where.over is None or least > where.over)

    def _matches(self, match: Match, at: int) -> Iterator[Hit]:
        message = self.messages[at]
        if any(cue in message.cues for cue in match.lacks):
            return
        if match.pause is not None and not self._paused(at, match.pause):
            return
        if match.repeat is not None and not self._repeated(at, match.repeat.times, match.repeat.least):
            return
        if match.burst is not None and not self._burst(at, match.burst.times, match.burst.seconds, match.burst.most):
            return
        if match.split is not None:
            yield from self._split(match.split, at)
        elif match.cues or match.rules:
            spans = [s for name in match.cues for s in message.cues.get(name, ())]
            spans += [s for name in match.rules for s in message.rules.get(name, ())]
            if spans:
                yield Hit(at, min(spans, key=lambda span: (span[0], -span[1])))
        else:
            yield Hit(at)

    def _paused(self, at: int, least: float) -> bool:
        """Whether nobody had said anything for longer than ``least`` seconds."""
        before = next((m for m in reversed(self.messages[:at]) if m.side), None)
        here = self.messages[at]
        if before is None or before.at is None or here.at is None:
            return False
        return here.at - before.at - (max(before.precision, here.precision) - 1) > least

    def _repeated(self, at: int, times: int, least: int) -> bool:
        here = self.messages[at]
        if len(here.text.strip()) < least:
            return False
        earlier = sum(
            m.sender == here.sender and m.kind == here.kind and m.text.strip() == here.text.strip()
            for m in self.messages[:at]
        )
        return earlier == times - 1

    def _run(self, at: int, most: int) -> list[int]:
        """Messages in a row by the sender of the one at ``at``, which ends it; at most ``most``."""
        here, run = self.messages[at], [at]
        for before in range(at - 1, -1, -1):
            message = self.messages[before]
            if message.sender != here.sender or message.kind != here.kind or len(run) == most:
                break
            run.insert(0, before)
        return run

    def _burst(self, at: int, times: int, seconds: float, most: int) -> bool:
        run = self._run(at, times)
        after = self.messages[at + 1] if at + 1 < len(self.messages) else None
        here = self.messages[at]
        if after is not None and (after.sender, after.kind) == (here.sender, here.kind) and len(after.text) <= most:
            return False  # the burst goes on: it is told once, at its end
        first = self.messages[run[0]]
        if len(run) < times or first.at is None or here.at is None or here.precision > seconds:
            return False
        return here.at - first.at <= seconds and all(len(self.messages[i].text) <= most for i in run)

    def _split(self, split: Split, at: int) -> Iterator[Hit]:
        """A violation in pieces that ends here; where the next message carries it on, it is told there."""
        hit = self._in_pieces(split, at)
        follows = at + 1 < len(self.messages) and len(self._run(at + 1, 2)) == 2
        if hit is not None and not (follows and self._in_pieces(split, at + 1) is not None):
            yield hit

    def _in_pieces(self, split: Split, at: int) -> Hit | None:
        """The joined text of a run that ends here breaks a rule with a span that ends here and begins before."""
        for length in count(2):
            run = self._run(at, min(length, split.messages))
            if len(run) < length or not self._in_time(run, split.seconds):
                return None
            texts = [self.messages[i].text for i in run]
            offset = len("".join(texts[:-1]))
            for rule, (start, end) in self._broken("".join(texts)):
                if rule not in split.rules or start >= offset or end <= offset:
                    continue
                pieces = _touched(texts, start)
                if min(map(len, pieces)) <= split.shortest and not any(rule in self.messages[i].rules for i in run):
                    return Hit(at, (0, end - offset), "".join(texts)[start:end])
        return None

    def _in_time(self, run: Sequence[int], seconds: float) -> bool:
        first, last = self.messages[run[0]].at, self.messages[run[-1]].at
        return first is None or last is None or last - first <= seconds


def _touched(texts: Sequence[str], start: int) -> list[str]:
    """The texts from the one in which offset ``start`` of their joined text stands."""
    at = 0
    for number, text in enumerate(texts):
        at += len(text)
        if at > start:
            return list(texts[number:])
    return list(texts[-1:])


def kinds_of(who: str) -> tuple[str, ...]:
    """The kinds of messages that a ``who`` names."""
    return _KINDS[who]


__all__ = ["Evaluation", "Hit", "Message", "Rebroken", "kinds_of"]
