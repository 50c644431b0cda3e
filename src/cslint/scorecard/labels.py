"""The words of the scorecard in Chinese and English."""

from __future__ import annotations

from cslint.reporters.labels import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "agent": ("客服", "agent"),
    "everybody": ("全店", "whole shop"),
    "day": ("日期", "day"),
    "all-days": ("全部", "all"),
    "no-day": ("日期不明", "no date"),
    "messages": ("消息", "messages"),
    "conversations": ("会话", "conversations"),
    "at-once": ("最多同时", "at once"),
    "median": ("响应中位数(秒)", "median (s)"),
    "p90": ("响应p90(秒)", "p90 (s)"),
    "mean": ("响应平均(秒)", "mean (s)"),
    "first-median": ("首响中位数(秒)", "first, median (s)"),
    "first-p90": ("首响p90(秒)", "first, p90 (s)"),
    "asked": ("提问", "asked"),
    "answered": ("已答", "answered"),
    "in-time": ("{rule} {limit}秒内", "{rule} within {limit} s"),
    "rule-mean": ("{rule} 平均(秒)", "{rule} mean (s)"),
    "errors": ("错误", "errors"),
    "warnings": ("警告", "warnings"),
    "infos": ("提示", "info"),
    "findings": ("问题({group})", "findings ({group})"),
    "deducted": ("扣分", "deducted"),
    "each": ("每会话扣分", "deducted each"),
    "grade": ("等级", "grade"),
    "points": ("得分", "points"),
    "sum": ("总分", "sum"),
    "passed": ("合格", "passed"),
    "bonus": ("奖金", "bonus"),
    "trend": ("趋势", "trend"),
    "title": ("客服评分：{item}（满分 {full:g}）", "Scorecard: {item} (of {full:g} points)"),
    "days": ("按日期", "By day"),
    "definitions": ("响应时间的口径", "How answer times are measured"),
    "worst": ("扣分最多的会话", "Conversations that cost most"),
    "where": ("位置", "where"),
    "conversation": ("会话", "conversation"),
    "what": ("问题", "findings"),
    "longest": ("最长等待(秒)", "longest wait (s)"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "shop-findings": ("全店", "The shop as a whole"),
    "limits": (
        "只评聊天里看得见的；退款率、出勤等项目不在聊天里，可用 --import 导入。低分不是处分的依据，请由主管复核。",
        "Only what chats show is scored; refund rate, attendance and the like can be imported with --import. "
        "A low figure is no verdict: a supervisor has to look.",
    ),
}


def word(name: str, lang: Lang, **values: object) -> str:
    """The words for ``name``."""
    text = _WORDS[name][0 if lang == "zh" else 1]
    return text.format(**values) if values else text
