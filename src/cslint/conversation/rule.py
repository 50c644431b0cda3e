"""A conversation rule as the rest of the program sees it: validated, its names resolved."""

from __future__ import annotations

import msgspec

from cslint.rulebook.rule import Rule

AUTO_REPLY = "auto-reply"  # the cue by which canned answers of the platform are known, in a text or a sender's name


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message stands in its session: counted from an end, or seen from the hit of another condition."""

    first: int | None = None
    last: int | None = None
    of: str = "anyone"  # whose messages ``first``, ``last`` and ``messages`` count
    after: str | None = None
    before: str | None = None
    beside: str | None = None  # in the same run of messages of one side
    messages: int | None = None
    turns: int | None = None
    seconds: float | None = None  # at most so far away …
    over: float | None = None  # … and farther than this

    @property
    def anchor(self) -> str | None:
        """The condition whose hit this is seen from."""
        return self.after or self.before or self.beside


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """The same text of at least ``least`` code points for the ``times``-th time by one sender."""

    times: int
    least: int


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """The last of ``times`` messages in a row by one sender within ``seconds``, each of at most ``most`` code points."""

    times: int
    seconds: float
    most: int


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """``rules`` are broken by the joined text of messages in a row by one sender, and by none of them alone."""

    rules: tuple[str, ...]
    seconds: float
    messages: int
    shortest: int  # one of the pieces has at most so many code points


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """What a message must show: one of ``cues`` and ``rules``, none of ``lacks``, and all else that is set."""

    cues: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    pause: float | None = None
    repeat: Repeat | None = None
    burst: Burst | None = None
    split: Split | None = None


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition on one message. ``who``: anyone, customer, shop, agent (a person), bot or auto."""

    who: str = "anyone"
    where: Where = Where()
    match: Match = Match()
    sender: str | None = None  # ``same`` or ``other`` than that of the anchor


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """``is`` a condition, or ``all``, ``any`` or ``not`` of formulas."""

    kind: str
    name: str = ""
    parts: tuple[Formula, ...] = ()

    def names(self) -> list[str]:
        """The conditions it speaks of, in order."""
        return [self.name] if self.kind == "is" else [n for part in self.parts for n in part.names()]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """How a platform measures response times. All figures in seconds."""

    of: str  # ``turn``: every question; ``session``: only the one that opens a session
    within: float
    marks: tuple[float, ...] = ()  # limits of which the scorecard gives the share in time; ``within`` is one of them
    window: tuple[int, int] | None = None  # seconds of the day between which questions count
    replies: tuple[str, ...] = ("human",)
    unanswered: float | str = "late"  # the wait it is counted as; ``late``; or ``skip``
    cap: float | None = None
    ignore: tuple[str, ...] = ()  # cues: a question that says no more than this gives no finding
    report: tuple[str, ...] = ("late", "unanswered")
    least: float | None = None  # the share of a day that must be in time
    fewest: int = 5  # questions of a day, below which no share is judged


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """An example: a small conversation with the verdict expected. ``blame``: 1-based line of the message blamed."""

    lines: tuple[str, ...]
    bad: bool
    platform: str | None = None
    profiles: tuple[str, ...] = ()
    blame: int | None = None


class ConversationRule(Rule, frozen=True, kw_only=True):
    """A rule over a whole conversation: it has conditions or a measure in place of terms."""

    points: float = 0  # what a finding costs on the scorecard
    fatal: bool = False  # a finding takes all points
    scope: str = "session"
    measure: Measure | None = None
    conditions: dict[str, Condition] = msgspec.field(default_factory=dict)
    when: Formula | None = None
    blame: tuple[str, ...] = ()  # the first of these that has a hit is the message blamed
    scenes: tuple[Scene, ...] = ()

    @property
    def referred(self) -> tuple[str, ...]:
        """The message rules that its conditions refer to."""
        matches = [c.match for c in self.conditions.values()]
        return tuple(
            dict.fromkeys(n for m in matches for n in (*m.rules, *(m.split.rules if m.split is not None else ())))
        )

    @property
    def needs_times(self) -> bool:
        """True where a conversation without times cannot be judged."""
        return self.measure is not None or any(
            c.where.seconds is not None or c.where.over is not None or c.match.pause is not None or c.match.burst
            for c in self.conditions.values()
        )
