"""Personal data made unreadable, at the same length: phones, identity and card numbers, mails, accounts, names, addresses, orders."""

from __future__ import annotations

import re
import unicodedata

_STAR = "*"
SENSITIVE = ("contact", "privacy")  # groups whose spans are contacts or personal data by themselves
_HANZI_DIGITS = dict(zip("〇零一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖", "0011223456789123456789", strict=True))

_GAP = r"[^\w\s:,;/，；：、。!?！？]|[ _]"  # what people put between the digits of a number
_GAPS = rf"(?:{_GAP}){{0,2}}"
_HANZI = r"[\u4e00-\u9fff]"
_NUMBERS = (  # read in digits folded to ASCII; all but the first three and last two digits are masked
    re.compile(r"(?<!\d)(?:(?:00)?86)?1[3-9]\d{9}(?!\d)"),
    re.compile(rf"(?<!\d)1[3-9]\d{_GAPS}\d{{4}}{_GAPS}\d{{4}}(?!\d)"),
    re.compile(rf"(?<!\d)(?<!\d[ .-])1{_GAPS}[3-9](?:{_GAPS}\d){{9}}(?!(?:{_GAP})?\d)"),
    re.compile(r"(?<!\d)0\d{2,3}[ )-]{0,2}[2-9]\d{6,7}(?!\d)"),
    re.compile(
        r"(?<!\d)[1-9]\d{5}[ -]?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![\dA-Za-z])"
    ),
)
_CARD = re.compile(r"(?<!\d)[3-6](?:[ -]?\d){14,18}(?!\d)")
_MAIL = re.compile(r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,63})@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ACCOUNT = re.compile(
    r"(?i)(?:微信|v信|薇信|qq|扣扣|wechat|vx|wx|wxid)号?码?[ :：=是]{0,3}((?=[\w-]*\d)[a-z0-9][\w-]{4,19})", re.ASCII
)
_SURNAME = (  # the hundred that four in five people bear
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
)
_NAMES = (
    re.compile(rf"(?:收件人|收货人|联系人|姓名|户名)\s*[:：]\s*{_HANZI}((?:{_HANZI}|·){{1,3}}?)(?!{_HANZI}|·)"),
    re.compile(rf"(?:收件人|收货人|姓名)[是为叫]?\s*{_SURNAME}({_HANZI}{{1,2}})"),
)
_NAME_BEFORE = re.compile(rf"(?<!{_HANZI}){_SURNAME}({_HANZI}{{1,2}})[\s,，:：、]{{1,3}}$")  # … a phone
_NAME_AFTER = re.compile(rf"[\s,，:：、]{{1,3}}{_SURNAME}({_HANZI}{{1,2}})(?!{_HANZI})")
_NEXT_TO = 8  # code points next to a phone in which a name is looked for
_ADDRESS_FIELD = re.compile(r"(?:地址|住址)\s*[:：]\s*\S{3}([^,，;；。|\"\t]{3,60})")
_ROAD = rf"(?:(?![省市区县镇乡]){_HANZI}){{1,8}}?(?:路|街|大道|道|巷|胡同|村|小区|花园|家园|苑|公寓|大厦|广场|新村)"
_DOOR = r"(?:\s*[\dA-Za-z-]+\s*(?:号楼|号院|号|弄|栋|幢|座|单元|室|层|楼))+(?:\s*\d{3,4})?"
_ADDRESS = re.compile(rf"({_ROAD}{_DOOR})")  # province, city and district stay
_ORDER = re.compile(
    r"(?i)(?:订单|单号|运单|快递|物流|包裹|order)(?:编?号码?|id|no\.?)?(?:[ :：=#]|号|是|为){0,3}((?:[a-z]{0,4})\d[\d-]{7,30})(?!\d)",
    re.ASCII,
)
_WORTH = re.compile(r"[\dA-Za-z@]|收件人|收货人|联系人|姓名|户名|址")  # each of the expressions above needs one


class _Fold(dict[int, int]):
    """Any digit (full-width, circled, Chinese) to its ASCII digit; anything else to itself. One for one."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        digit = _HANZI_DIGITS.get(character) or str(unicodedata.digit(character, "")) or character
        self[code] = ord(digit)
        return self[code]


_FOLD = _Fold()


def mask(text: str) -> str:
    """``text`` with what looks like personal data starred out. The length in code points stays."""
    folded = text.translate(_FOLD)
    if _WORTH.search(folded) is None:
        return text
    masked = list(text)
    for pattern in _NUMBERS:
        for match in pattern.finditer(folded):
            _star_digits(masked, folded, *match.span())
            _star_name_beside(masked, text, *match.span())
    for match in _CARD.finditer(folded):
        if _is_card(match[0]):
            _star_digits(masked, folded, *match.span())
    for match in _MAIL.finditer(folded):
        _star(masked, match.start(1) + 1, match.end(1))
    for match in _ACCOUNT.finditer(text):
        _star(masked, match.start(1) + (3 if len(match[1]) > 6 else 1), match.end(1) - 2)
    for match in _ORDER.finditer(folded):
        _star_digits(masked, folded, *match.span(1))
    for pattern in (*_NAMES, _ADDRESS_FIELD, _ADDRESS):
        for match in pattern.finditer(text):
            _star(masked, match.start(1), match.end(1))
    return "".join(masked)


def mask_contact(text: str) -> str:
    """As ``mask``, for a span which a contact or privacy rule found: every run of five digits and more goes too."""
    masked = list(mask(text))
    folded = text.translate(_FOLD)
    for match in re.finditer(rf"\d(?:{_GAPS}\d){{4,}}", folded):
        _star_digits(masked, folded, *match.span())
    return "".join(masked)


def mask_span(text: str, group: str) -> str:
    """The span that a rule of ``group`` found: in some groups it is a contact or personal data by itself."""
    return mask_contact(text) if group in SENSITIVE else mask(text)


def mask_name(name: str) -> str:
    """A person's account or name: its first character stays."""
    return name[:1] + _STAR * (len(name) - 1) if len(name) > 1 else _STAR * len(name)


def _star(characters: list[str], start: int, end: int) -> None:
    for at in range(start, end):
        if not characters[at].isspace():
            characters[at] = _STAR


def _star_name_beside(characters: list[str], text: str, start: int, end: int) -> None:
    """Star the given name next to a phone: people paste 张三，13812345678，浙江省…"""
    first = max(0, start - _NEXT_TO)
    before = _NAME_BEFORE.search(text[first:start])
    if before:
        _star(characters, first + before.start(1), first + before.end(1))
    after = _NAME_AFTER.match(text, end, end + _NEXT_TO)
    if after:
        _star(characters, *after.span(1))


def _star_digits(characters: list[str], folded: str, start: int, end: int) -> None:
    """Star the digits of a run, all but the first three and last two (of a short run, but the first and last)."""
    digits = [at for at in range(start, end) if folded[at].isdigit() or folded[at] in "Xx"]
    head, tail = (3, 2) if len(digits) >= 7 else (1, 1)
    for at in digits[head : len(digits) - tail]:
        characters[at] = _STAR


def _is_card(number: str) -> bool:
    """The Luhn check, which order numbers pass one time in ten."""
    digits = [int(c) for c in number if c.isdigit()]
    doubled = [d * 2 - 9 * (d > 4) for d in digits[-2::-2]]
    return 16 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
