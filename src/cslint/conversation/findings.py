"""What a conversation rule reports: the place of the unit blamed, and the figures that were measured."""

from __future__ import annotations

from cslint.conversation.evaluate import Hit
from cslint.conversation.rule import ConversationRule
from cslint.model import Confidence, Finding, Suggestion, Unit, fingerprint


def finding_of(rule: ConversationRule, unit: Unit, hit: Hit, lang: str) -> Finding:
    """The finding on a message that fulfils the conditions."""
    start, end = hit.span or (0, len(unit.text))
    said = hit.said or unit.text[start:end]
    quoted = f"「{said}」" if lang == "zh" else f'"{said}"'
    return _finding(rule, unit, (start, end), f"{rule.title[lang]}: {quoted}", lang)


def measured(rule: ConversationRule, unit: Unit, seconds: float | None, lang: str) -> Finding:
    """The finding on a late answer (``seconds``), or on a question without one (None)."""
    assert rule.measure is not None
    limit = _duration(rule.measure.within, lang)
    if seconds is None:
        detail = f"没有回复，限 {limit}" if lang == "zh" else f"never answered; the limit is {limit}"
    else:
        waited = _duration(seconds, lang)
        detail = f"等了 {waited}，限 {limit}" if lang == "zh" else f"after {waited}; the limit is {limit}"
    return _finding(rule, unit, (0, len(unit.text)), f"{rule.title[lang]}: {detail}", lang)


def rate(rule: ConversationRule, unit: Unit, date: str, counts: tuple[int, int], lang: str) -> Finding:
    """The finding on a day of which too small a share was in time, at the question that waited longest."""
    assert rule.measure is not None
    assert rule.measure.least is not None
    in_time, asked = counts
    share, least = f"{in_time / asked:.1%}", f"{rule.measure.least:.0%}"
    if lang == "zh":
        detail = f"{date} {asked} 次提问，{in_time} 次及时（{share}），至少要 {least}"
    else:
        detail = f"{date}: {in_time} of {asked} questions in time ({share}); at least {least} wanted"
    return _finding(rule, unit, (0, len(unit.text)), f"{rule.title[lang]}: {detail}", lang)


def _finding(rule: ConversationRule, unit: Unit, span: tuple[int, int], message: str, lang: str) -> Finding:
    start, end = span
    matched = unit.text[start:end]
    confidence: Confidence = "pattern"
    return Finding(
        rule=rule.id,
        name=rule.name,
        group=rule.group,
        severity=rule.severity,
        confidence=confidence,
        start=start,
        end=end,
        matched=matched,
        term=rule.title[lang],
        message=message,
        why=rule.why[lang],
        basis=rule.basis,
        suggestions=tuple(Suggestion(rewrite.text, "display") for rewrite in rule.rewrites),
        place=unit.place(start, end),
        # two conversations may break a rule with the same words ("在吗" without an answer): they are two findings
        fingerprint=fingerprint(rule.id, unit.path, f"{unit.conversation or ''}\0{matched}"),
    )


def _duration(seconds: float, lang: str) -> str:
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    units = ("小时", "分", "秒") if lang == "zh" else ("h", "min", "s")
    if hours:
        parts = [f"{hours} {units[0]}", f"{minutes} {units[1]}"] if minutes else [f"{hours} {units[0]}"]
    elif minutes:
        parts = [f"{minutes} {units[1]}", f"{rest} {units[2]}"] if rest else [f"{minutes} {units[1]}"]
    else:
        parts = [f"{rest} {units[2]}"]
    return " ".join(parts)
