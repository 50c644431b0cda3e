"""Why the engine itself passes a candidate, in the reader's language. Rules bring their own reasons."""

from __future__ import annotations

REASONS: dict[str, dict[str, str]] = {
    "not-selected": {"zh": "这条规则没有启用", "en": "the rule is not selected"},
    "profile": {"zh": "只在场景 {0} 下检查", "en": "only under the profile {0}"},
    "own-platform": {
        "zh": "本平台自己的名称,或别的平台的规则",
        "en": "the platform's own, or a rule of another platform",
    },
    "needs-platform": {"zh": "要知道平台才能判断(--platform)", "en": "depends on the platform (--platform)"},
    "role": {"zh": "说话人是 {0},不作检查", "en": "said by {0}, who is not judged"},
    "unit": {"zh": "不是 {0} 要查的内容", "en": "not a matter of a {0}"},
    "inside-word": {"zh": "是更长的字母词、型号或数字的一部分", "en": "part of a longer Latin word, model or number"},
    "not-whole": {"zh": "不是单独成句({0})", "en": "not the whole {0}"},
    "plain-word": {"zh": "明写不违规,变着写才算", "en": "harmless where it is written plainly"},
    "no-cue": {"zh": "多义词,旁边没有佐证的词", "en": "an ambiguous word without a cue"},
    "no-evasive-cue": {"zh": "可能是普通词,旁边没有佐证的词", "en": "may be an ordinary word: no cue beside it"},
    "edge-of-words": {"zh": "相邻两个词的字:{0}", "en": "the edge of other words: {0}"},
    "english": {"zh": "夹在英文词之间", "en": "among English words"},
    "both-differ": {
        "zh": "两个字都不同,旁边也没有佐证的词",
        "en": "both characters differ and no cue stands beside them",
    },
    "ordinary": {"zh": "按普通词语理解更通顺", "en": "ordinary words explain it better"},
    "slot": {"zh": "模板变量的名字", "en": "the name of a template's variable"},
    "means-well": {
        "zh": "整句听来是正常答复(违规的可能 {0})",
        "en": "the whole sentence sounds ordinary ({0} sure of an offence)",
    },
    "person": {"zh": "人名", "en": "a person's name"},
    "told": {"zh": "同一句话已由别的规则报告", "en": "another rule reports this sentence"},
    "covered": {"zh": "同一规则的更长结果已包含它", "en": "a longer finding of the same rule covers it"},
}


class Phrasebook:
    """The reasons in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, *details: str) -> str:
        return REASONS[key][self.lang].format(*details)
