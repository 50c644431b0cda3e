"""What the program finds in suppressions themselves: those that suppress nothing, those that cannot be read."""

from __future__ import annotations

from cslint.model import Basis, Finding, Place, Suggestion, fingerprint
from cslint.rulebook.rule import Example, Rewrite, Rule
from cslint.rulebook.select import BUILT_IN

GROUP = "suppression"
_UNITS = ("message", "listing", "public")
_BASIS = (Basis(source="cslint", note="docs/suppressions.md", grade="house"),)


def _rule(id: str, title: dict[str, str], why: dict[str, str], rewrite: str, hit: str, miss: str) -> Rule:
    return Rule(
        id=id,
        name=BUILT_IN[id],
        group=GROUP,
        severity="warning",
        severities=dict.fromkeys(_UNITS, "warning"),
        title=title,
        why=why,
        basis=_BASIS,
        units=_UNITS,
        roles=("agent",),
        rewrites=(Rewrite(rewrite),),
        examples=(Example(text=hit, hit=True), Example(text=miss, hit=False)),
        path="",
    )


RULES = {
    rule.id: rule
    for rule in (
        _rule(
            "SUP001",
            {"zh": "没有用到的豁免", "en": "a suppression that suppresses nothing"},
            {
                "zh": "这里已经没有可豁免的问题；留着它，以后同一处的新问题就会被悄悄放过。",
                "en": "There is nothing here any more to suppress; left in place it would hide the next finding here.",
            },
            "删去这条豁免。",
            "<!-- cslint: ignore[TPP001] 品牌名 -->您好",
            "<!-- cslint: ignore[TPP001] 品牌名 -->加我微信",
        ),
        _rule(
            "SUP002",
            {"zh": "读不懂的豁免", "en": "a suppression that cannot be read"},
            {
                "zh": "写法不对，它什么也没有豁免。",
                "en": "It is not written as it should be, and suppresses nothing.",
            },
            "写成 cslint: ignore[规则] 理由。",
            "<!-- cslint: ignore -->加我微信",
            "<!-- cslint: ignore[TPP001] 品牌名 -->加我微信",
        ),
    )
}


def found(rule_id: str, detail: str, matched: str, place: Place, lang: str, fix: str | None = None) -> Finding:
    """A finding about a suppression. ``fix`` is what to write in place of ``matched`` ("" to take it out)."""
    rule = RULES[rule_id]
    return Finding(
        rule=rule.id,
        name=rule.name,
        group=rule.group,
        severity=rule.severity,
        confidence="exact",
        start=place.column - 1,
        end=place.column - 1 + len(matched),
        matched=matched,
        term=detail,
        message=f"{rule.title[lang]}: {detail}",
        why=rule.why[lang],
        basis=rule.basis,
        suggestions=(Suggestion(fix, "safe"),) if fix is not None else (Suggestion(rule.rewrites[0].text, "display"),),
        place=place,
        fingerprint=fingerprint(rule.id, place.path, matched),
    )
