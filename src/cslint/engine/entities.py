"""Numbers, accounts, addresses and links, in every style of digit: what no list of words can name.

An entity only says "this is such a number"; whether it leads off the platform is for the rule's cues and exemptions.
All functions take folded text (half-width, lower case) and give half-open spans in its code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple


class Entity(NamedTuple):
    """A span, the digits or text it stands for, and how it was written."""

    start: int
    end: int
    value: str
    how: str  # exact | folded | noise | sound


DIGITS = {c: str(n) for n, group in enumerate(
    ("0零〇洞", "1一壹幺", "2二贰两", "3三叁参仨", "4四肆", "5五伍", "6六陆", "7七柒拐", "8八捌", "9九玖勾")
) for c in group}  # fmt: skip
DIGITS |= {"o": "0", "l": "1", "i": "1"} | {c: str(n) for n, c in zip((2, 3, 4, 6, 7, 8, 9), "ⅡⅢⅣⅥⅦⅧⅨ", strict=True)}
# Characters that sound like a digit, flat accents included: they count only in a run of eleven.
HEARD = {c: str(n) for n, group in enumerate((
    "领林令另临陵灵岭龄邻凌磷淋霖菱鳞铃琳凛玲麟伶羚聆拎棂苓赁躏绫吝",
    "以要已意义议药易依医艺亿益宜衣异遗移伊疑摇仪役亦腰译翼咬邀妖耀乙遥夷忆抑椅瑶疫窑姚肴毅谊逸矣姨怡倚溢驿裔翊谣蚁彝奕揖邑钥懿颐翌吆咦胰尧诣熠贻绎佚沂夭轶徭漪迤饴肄弈缢",
    "而儿尔耳饵迩洱珥良亮粮梁辆俩量", "山善散闪陕扇珊衫擅杉伞膳缮删煽姗汕鳝讪赡",
    "是时市事实十使石世司师式斯史死始士思示势施失视食试识似适室诗私丝释寺尸侍湿氏饰拾狮驶祀蚀誓逝饲嗣厮撕仕矢匙嘶嗜恃屎柿噬驷拭泗巳",
    "无物武务吴午屋误舞乌污吾雾悟兀呜勿侮巫芜晤诬坞梧毋捂戊钨蜈庑唔邬", "流楼留刘柳漏瘤溜硫琉浏榴搂陋镂馏娄篓",
    "其起期气器企奇齐旗汽骑妻启弃棋岂欺漆契栖戚鳍琦歧砌蕲乞凄泣绮祁祈沏迄祺杞圻琪耆崎淇葺麒蹊憩",
    "把巴吧罢拔爸坝霸粑跋扒灞靶叭芭耙疤笆钯", "就究酒久救旧纠舅揪鸠灸韭柩阄咎疚臼",
)) for c in group}  # fmt: skip
# Digits that are spelled out, in pinyin, as pilots say them, or in English.
SPELLED = {word: str(n) for n, group in enumerate((
    "ling dong zero oh", "yao yi one", "er liang two", "san three", "si four", "wu five", "liu six", "qi guai seven",
    "ba eight", "jiu gou nine",
)) for word in group.split()}  # fmt: skip
NUMERAL = "".join(c for c in DIGITS if not c.isascii())
SYLLABLE = "|".join(sorted(SPELLED, key=len, reverse=True))
SOUNDING = re.compile(f"{SYLLABLE}|[0-9oil{NUMERAL}{''.join(HEARD)}]")
SOUNDING_RUN = re.compile(
    rf"(?<![0-9a-z])(?:(?:{SOUNDING.pattern})[ \-.·~*]{{0,2}}){{10}}(?:{SOUNDING.pattern})(?![0-9a-z])"
)
SPELLED_NUMBER = re.compile(rf"(?<![a-z])(?:(?:{SYLLABLE})[ \-]?){{6,12}}(?![a-z])")
LETTERED_RUN = re.compile(r"(?<![0-9a-z])[0-9oilszbgq]{11}(?![0-9a-z])")
LETTERED = str.maketrans("oilszbgq", "01152869")
GAP = r"[^\w\n。!?;:,、×]"
RUN = re.compile(
    rf"(?:(?<![0-9a-z])|(?<=call)|(?<=tel)|(?<=phone)|(?<=qun)|(?<=qq)|(?<=vx)|(?<=wx))"
    rf"[0-9{NUMERAL}](?:{GAP}{{0,3}}[0-9{NUMERAL}ol]|(?<=[0-9{NUMERAL}])i(?=[0-9])){{4,24}}"
)
N = f"[0-9{NUMERAL}]"
BREATH = "(?:[加杠减空]|横杠|短杠|然后|再|接着|后面)"
PAUSE = rf" ?(?:[,，、。;；]|{BREATH}) ?"
PARTED = re.compile(
    rf"(?<![0-9a-z.])({N}{{3}}){PAUSE}({N}{{4}}){PAUSE}({N}{{4}})(?!{N}|[a-z])"
)  # said in three breaths
DOUBLE = re.compile(r"(?<![0-9a-z])(?:([0-9])\1){11}(?![0-9a-z])")  # each digit twice
BAR = r"(?:下划线|下滑线|下横线|中划线|横杠|横线|底杠|杠)"
ACCOUNT = re.compile(
    r"(?<![0-9a-z_@./\-丶])(?=[a-z0-9_\-丶]*[a-z])[a-z0-9](?:[a-z0-9_\-丶]{4,19}|[a-z0-9_]{3,15}[0-9〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{3,8})(?![0-9a-z_@\-丶]|\.[a-z])"
)
# An account in which digits are written out, a bar is named, or every letter stands alone.
WRITTEN_ACCOUNT = re.compile(
    rf"(?<![0-9a-z_@.])(?:(?=[a-z])[a-z0-9_]{{2,16}}(?:[0-9{NUMERAL}]{{2,10}}|{BAR}[a-z0-9_{NUMERAL}]{{2,16}}(?:{BAR}[a-z0-9_{NUMERAL}]{{1,12}})?)"
    rf"|(?:[a-z0-9] ){{5,19}}[a-z0-9])(?![0-9a-z_@])"
)
ACCOUNT_DIGIT = re.compile(rf"[0-9{NUMERAL}_]|{BAR}")
AT = r"(?:@|#|\(at\)|\[at\]|艾特|爱特|哎特|圈a|圈 a|(?<=[0-9]) at |(?<=[0-9])at(?=qq|1))"
POINT = r"(?:\.|。|·|丶|点|dot|\(dot\))"
HOST = rf"(?:[a-z0-9\-{NUMERAL}]{{1,20}}|扣扣|抠抠|球球|企鹅|网易|新浪|搜狐|谷歌)"
TOP = "com|cn|net|org|cc|vip|c o m|c0m|康姆|康木|康母|康目|抗姆|抗母|烤姆|扣姆|抠姆|靠姆|康|扣母"
EMAIL = re.compile(
    rf"(?<![a-z0-9])[a-z0-9{NUMERAL}][a-z0-9._\-{NUMERAL}]{{1,31}} ?{AT} ?(?:{HOST} ?{POINT} ?){{1,3}}(?:{TOP})(?![a-z])"
)
SUFFIX = r"(?:c ?[o0] ?m|康姆|抗姆|抗母|康母|烤姆|cn|net|org|cc|top|xyz|vip|shop|store|link|info|co|me|io|tv|ltd|club|wang|site|online)"
LINK = re.compile(
    rf"(?:https?|hxxps?)[:：]?//[^\s\u4e00-\u9fff，。,\"'<>]{{3,200}}"
    rf"|(?<![a-z0-9])w ?w ?w ?[.。·点丶] ?[a-z0-9\-]{{2,30}} ?[.。·点丶] ?{SUFFIX}(?![a-z0-9@])"
    rf"|(?<![a-z0-9@._\-])(?:[a-z0-9\-]{{1,30}} ?(?:\.|。|点|丶|dot) ?){{1,3}}{SUFFIX}(?![a-z0-9@])(?:/[^\s\u4e00-\u9fff，。,\"'<>]{{0,120}})?"
)
PASSPHRASE = re.compile(r"[¥￥$€₤《(/「]([a-z0-9]{9,14})[¥￥$€₤》)/「:]")
MOBILE = 11
CARD_LENGTHS = range(16, 20)
CALL = re.compile(r"(?<![a-z])(?:call|tel|phone|qun|qq|vx|wx)\Z")
AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")


def _runs(text: str) -> Iterator[tuple[int, int, str, list[int]]]:
    """Digit runs: span, value, and the offsets of the digits in it."""
    for match in RUN.finditer(text):
        spots = [i for i in range(match.start(), match.end()) if text[i] in DIGITS]
        service = len(spots) == 10 and text[spots[0]] in "48"
        if len(spots) != MOBILE and not service:  # a letter o may end a mobile number (…8ooo), elsewhere it is a letter
            while spots and text[spots[-1]] in "oli":
                spots.pop()
        if len(spots) >= 5:
            yield spots[0], spots[-1] + 1, "".join(DIGITS[text[i]] for i in spots), spots


def _how(text: str, start: int, end: int) -> str:
    span = text[start:end]
    if any(c in NUMERAL or c in "oli" for c in span):
        return "sound"
    return "exact" if span.replace("-", "").replace(" ", "").isdigit() else "noise"


def _attached(text: str, start: int, end: int) -> bool:
    """A letter or a hyphenated piece touches the number: a model, a batch, a tracking number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (
        before
        and ((before.isascii() and before.isalnum()) or before in "-_#.")
        and not text[:start].endswith(("-86", "+86-"))
        and not CALL.search(text, max(0, start - 6), start)
    ):
        return True
    beyond = text[end + 1 : end + 2]
    return bool(after) and (
        (after.isascii() and after.isdigit()) or (after in "-_" and beyond.isascii() and beyond.isalnum())
    )


def _whole(text: str, spots: list[int], lengths: range | tuple[int, ...]) -> Iterator[tuple[int, int, str]]:
    """The run itself, or one of its groups, if it has one of the lengths."""
    value = "".join(DIGITS[text[i]] for i in spots)
    if len(value) in lengths:
        yield spots[0], spots[-1] + 1, value
        return
    groups = [[s for _, s in g] for _, g in groupby(enumerate(spots), key=lambda p: p[1] - p[0])]
    groups += [list(g) for _, g in groupby(spots, key=lambda s: text[s].isascii())]  # 1-3-8…0, 三句: two styles
    for group in groups:
        if len(group) in lengths:
            yield group[0], group[-1] + 1, "".join(DIGITS[text[i]] for i in group)


def mobile(text: str) -> Iterator[Entity]:
    """Mainland mobile numbers: eleven digits from 13 to 19, also with 86 before them."""
    end = 0
    for one in sorted(_mobiles(text), key=lambda e: (e.start, -e.end)):
        if one.start >= end:
            end = one.end
            yield one


def _mobiles(text: str) -> Iterator[Entity]:
    for start, end, value, spots in _runs(text):
        if value.startswith("86") and len(value) == 13 and re.match(r"861[3-9]", value):
            yield Entity(start, end, value[2:], _how(text, start, end))
            continue
        for low, high, number in _whole(text, spots, (MOBILE,)):
            if re.match(r"1[3-9]", number) and not _attached(text, low, high):
                yield Entity(low, high, number, _how(text, low, high))
    yield from _sounding(text)
    for match in LETTERED_RUN.finditer(text):
        number = match[0].translate(LETTERED)
        if not match[0].isdigit() and re.match(r"1[3-9]", number) and sum(map(str.isdigit, match[0])) >= 5:
            yield Entity(match.start(), match.end(), number, "sound")
    for match in PARTED.finditer(text):
        number = "".join(DIGITS[c] for part in match.groups() for c in part)
        if re.match(r"1[3-9]", number):
            yield Entity(match.start(), match.end(), number, "sound")
    for match in DOUBLE.finditer(text):
        if re.match(r"1[3-9]", match[0][::2]):
            yield Entity(match.start(), match.end(), match[0][::2], "sound")


def _sounding(text: str) -> Iterator[Entity]:
    """Mobile numbers of which some digits are only heard: 腰散舞…, yi三qi九…"""
    at = 0
    while match := SOUNDING_RUN.search(text, at):
        tokens = list(SOUNDING.finditer(text, match.start(), match.end()))
        at = match.start() + 1
        heard = any(t[0] not in DIGITS or t[0] in "oil" for t in tokens)
        number = "".join(DIGITS.get(t[0]) or HEARD.get(t[0]) or SPELLED[t[0]] for t in tokens)
        if heard and re.match(r"1[3-9]", number):
            yield Entity(match.start(), match.end(), number, "sound")
            at = match.end()


def landline(text: str) -> Iterator[Entity]:
    """Fixed lines with their area code, and 400/800 numbers."""
    for start, end, value, _spots in _runs(text):
        service = len(value) == 10 and value[:3] in ("400", "800")
        if (service or AREA.fullmatch(value)) and not _attached(text, start, end):
            yield Entity(start, end, value, _how(text, start, end))


def number(text: str) -> Iterator[Entity]:
    """A bare run of five to twelve digits: an account where a cue says so."""
    for _start, _end, _value, spots in _runs(text):
        for low, high, digits in _whole(text, spots, range(5, 13)):
            alike = text[low:high].isascii() or not any(c.isascii() and c.isalnum() for c in text[low:high])
            counted = alike and (digits in "0123456789" or digits in "9876543210")  # 一二三四五六七: somebody counts
            if not counted and not _attached(text, low, high):
                yield Entity(low, high, digits, _how(text, low, high))

    for match in SPELLED_NUMBER.finditer(text):
        digits = "".join(SPELLED[s] for s in re.findall("|".join(SPELLED), match[0]))
        yield Entity(match.start(), match.end(), digits, "sound")


def account(text: str) -> Iterator[Entity]:
    """A Latin account name: five letters and more, digits, `_` and `-`, with a digit or a bar among them."""
    for one in name(text):
        if any(c.isdigit() or c in "_" or c in NUMERAL for c in one.value):
            yield one
    for match in WRITTEN_ACCOUNT.finditer(text):
        if " " in match[0] or (ACCOUNT_DIGIT.search(match[0]) and not match[0].isascii()):
            yield Entity(match.start(), match.end(), match[0], "sound")


def name(text: str) -> Iterator[Entity]:
    """A Latin name of six to twenty characters, which may be any word."""
    for match in ACCOUNT.finditer(text):
        if len(match[0]) >= 6 and not match[0].startswith("http"):
            yield Entity(match.start(), match.end(), match[0], "exact")


def email(text: str) -> Iterator[Entity]:
    """Mail addresses, also with 点 for the dot."""
    for match in EMAIL.finditer(text):
        yield Entity(
            match.start(), match.end(), match[0], "exact" if "@" in match[0] and "点" not in match[0] else "noise"
        )


def link(text: str) -> Iterator[Entity]:
    """Links and bare domains, also with 点 for the dot."""
    for match in LINK.finditer(text):
        yield Entity(match.start(), match.end(), match[0], "noise" if "点" in match[0] or "丶" in match[0] else "exact")


def passphrase(text: str) -> Iterator[Entity]:
    """Tokens that a shopping application reads from the clipboard (￥…￥)."""
    for match in PASSPHRASE.finditer(text):
        yield Entity(match.start(), match.end(), match[1], "exact")


def bank_card(text: str) -> Iterator[Entity]:
    """Sixteen to nineteen digits that fulfil the Luhn check."""
    for _start, _end, _value, spots in _runs(text):
        for low, high, digits in _whole(text, spots, CARD_LENGTHS):
            if luhn(digits) and digits[0] in "3456" and not _attached(text, low, high):
                yield Entity(low, high, digits, _how(text, low, high))


def long_number(text: str) -> Iterator[Entity]:
    """Sixteen to nineteen digits, whatever their check: a card where a cue says so."""
    for _start, _end, _value, spots in _runs(text):
        for low, high, digits in _whole(text, spots, CARD_LENGTHS):
            if not _attached(text, low, high):
                yield Entity(low, high, digits, _how(text, low, high))


def id_card(text: str) -> Iterator[Entity]:
    """Mainland identity numbers with a right check digit."""
    for match in re.finditer(r"(?<![0-9a-z])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[0-9x](?![0-9a-z])", text):
        digits = match[0]
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(int(d) * w for d, w in zip(digits, weights, strict=False))
        if "10x98765432"[total % 11] == digits[-1]:
            yield Entity(match.start(), match.end(), digits, "exact")


def luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


FINDERS: dict[str, Callable[[str], Iterator[Entity]]] = {
    "mobile": mobile,
    "landline": landline,
    "number": number,
    "account": account,
    "name": name,
    "email": email,
    "link": link,
    "passphrase": passphrase,
    "bank-card": bank_card,
    "long-number": long_number,
    "id-card": id_card,
}
# What must stand in a folded text before any finder is worth its time. The characters of SIGNS and DOTS, and six or
# more Latin letters and numerals that stand close together, are what the arrays of a batch ask for.
SIGNS = "@¥￥艾哎圈#划滑横杠"
DOTS = ".。·点丶"
NUMERIC = f"0-9{NUMERAL}{''.join(HEARD)}"
WORTH = re.compile(
    rf"[{NUMERIC}](?:[^\u4e00-\u9fff\n]{{0,3}}[oli{NUMERIC}]){{4}}|[a-z0-9_\-丶{NUMERAL}]{{6}}|(?:[a-z0-9] ){{5}}[a-z0-9]"
    rf"|[{DOTS}][a-z]{{2}}|[a-z0-9]{BAR}|(?<![a-z])(?:(?:{SYLLABLE})[ \-]){{3}}|[@¥￥]|[a-z0-9]#[a-z0-9]|[艾哎]特|圈 ?a|{N}{{3}} ?{BREATH} ?{N}{{4}}"
)
