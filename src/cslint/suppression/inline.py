"""The comments of one file at work: which findings they cover, and which of them cover none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from cslint.model import Finding, Place
from cslint.readers import Source
from cslint.rulebook.rule import Rule
from cslint.suppression.comments import Comment, comments
from cslint.suppression.directives import Directive, Mistake, live, names, parse
from cslint.suppression.rules import found


@dataclass
class _Reach:
    """The lines that a directive covers, and those of its selectors that covered something."""

    directive: Directive
    first: int
    last: int
    closing: Comment | None = None  # the ignore-end of a range
    used: set[str] = field(default_factory=set)


class Inline:
    """The suppressions of one file. ``rules`` are all that exist, ``active`` those that this run looks for."""

    def __init__(self, source: Source, rules: Mapping[str, Rule], active: Collection[Rule], lang: str) -> None:
        self._source, self._active, self._lang = source, active, lang
        parsed = [parse(comment, rules) for comment in comments(source)]
        self._directives = [item for item in parsed if isinstance(item, Directive)]
        self._mistakes = [item for item in parsed if isinstance(item, Mistake)]
        self._reaches = list(self._reach())
        self._spans = [(item.comment.start, item.comment.end) for item in parsed]

    def covers(self, finding: Finding) -> str | None:
        """The reason (perhaps empty) of the directive that lets the finding stand, or None."""
        reason: str | None = None
        for reach in self._reaches:
            if reach.first <= finding.place.line <= reach.last:
                hits = {s for s in reach.directive.selectors if names(s, finding.rule, finding.name, finding.group)}
                reach.used |= hits
                if hits and reason is None:
                    reason = reach.directive.reason
        return reason

    def is_comment(self, finding: Finding) -> bool:
        """Whether the finding stands in the words of a directive itself, its reason for instance."""
        if not self._spans or finding.place.sheet is not None:
            return False
        at = self._source.offset(finding.place.line, finding.place.column)
        return any(start <= at < end for start, end in self._spans)

    def findings(self) -> Iterator[Finding]:
        """Once all findings of the file have been asked about: directives that are mistaken or were of no use."""
        for mistake in self._mistakes:
            place = self._place(mistake.comment.start, mistake.comment.end)
            yield found("SUP002", mistake.problem[self._lang], self._text(mistake.comment), place, self._lang)
        for reach in self._reaches:
            directive = reach.directive
            unused = [s for s in directive.selectors if s not in reach.used and live(s, self._active)]
            if unused:
                kept = [s for s in directive.selectors if s not in unused]
                yield self._unused(directive.comment, unused, kept)
                if reach.closing is not None and not kept:
                    yield self._unused(reach.closing, unused, kept)

    def _unused(self, comment: Comment, unused: list[str], kept: list[str]) -> Finding:
        if kept:
            old = self._text(comment)
            opening, closing = old.index("["), old.index("]")
            fix = old[: opening + 1] + ", ".join(kept) + old[closing:]
            return found("SUP001", ", ".join(unused), old, self._place(comment.start, comment.end), self._lang, fix)
        start, end = self._whole(comment)
        return found("SUP001", ", ".join(unused), self._source.text[start:end], self._place(start, end), self._lang, "")

    def _whole(self, comment: Comment) -> tuple[int, int]:
        """The span to take out with a comment: its line if it is alone on it, else the blanks before it."""
        text, start, end = self._source.text, comment.start, comment.end
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        after = end
        while after < len(text) and text[after] in " \t\r":
            after += 1
        if (start == 0 or text[start - 1] == "\n") and (after == len(text) or text[after] == "\n"):
            return start, min(after + 1, len(text))
        return (start if after == len(text) or text[after] == "\n" else comment.start), end

    def _reach(self) -> Iterator[_Reach]:
        open_: list[_Reach] = []
        for directive in self._directives:
            first, last = self._lines(directive.comment)
            if directive.scope == "line":
                yield _Reach(directive, first, last)
            elif directive.scope == "next-line":
                yield _Reach(directive, last + 1, last + 1)
            elif directive.scope == "file":
                yield _Reach(directive, 1, len(self._source.starts))
            elif directive.scope == "start":
                reach = _Reach(directive, first, len(self._source.starts))
                open_.append(reach)
                yield reach
            elif (ended := self._ended(open_, directive)) is not None:
                ended.last, ended.closing = last, directive.comment
            else:
                problem = {"zh": "ignore-end 之前没有 ignore-start", "en": "an ignore-end without its ignore-start"}
                self._mistakes.append(Mistake(directive.comment, problem))
        for reach in open_:
            problem = {"zh": "ignore-start 没有 ignore-end", "en": "an ignore-start without its ignore-end"}
            self._mistakes.append(Mistake(reach.directive.comment, problem))

    @staticmethod
    def _ended(open_: list[_Reach], end: Directive) -> _Reach | None:
        """Take the range that an ignore-end closes: the last with its selectors, or the last of all."""
        for reach in reversed(open_):
            if not end.selectors or set(end.selectors) == set(reach.directive.selectors):
                open_.remove(reach)
                return reach
        return None

    def _lines(self, comment: Comment) -> tuple[int, int]:
        return self._source.position(comment.start)[0], self._source.position(comment.end)[0]

    def _text(self, comment: Comment) -> str:
        return self._source.text[comment.start : comment.end]

    def _place(self, start: int, end: int) -> Place:
        line, column = self._source.position(start)
        end_line, end_column = self._source.position(end)
        return Place(path=self._source.path, line=line, column=column, end_line=end_line, end_column=end_column)
