"""Terms to class keys: what the one automaton looks for.

A key is a string of symbols. A Hanzi whose syllable some term listens for has its syllable's symbol; any other needed
character has its own; the rest share one that no key contains. A spelling gives each slot of a form one letter:

    C  one symbol: the character, or one that sounds like it          P  its pinyin letters
    F  a syllable merged with its own (n/l, zh/z …)                   I  an initial
    G  a look-alike or a rare homophone                               D  its parts, written side by side
    N  a digit for a numeral, or for what it sounds like
    J  an initial in a term of two characters, which needs a cue
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from cslint.compiler import charts
from cslint.compiler.plan import Form, Slot, Spell
from cslint.rulebook.rule import Spelling

OTHER = "\x7e\xff"  # a character that no key contains
STROKES = charts.STROKES
LOW = 64
HIGHS = 0x7C  # below the high code point of OTHER
KEPT_APART = 16  # characters of a syllable with symbols of their own that a term of two is listened for in
LONGEST_MIXED = 6  # of terms of more characters no single one is written in pinyin
LONGEST_TWISTED = 4  # longer terms are listened for by sound and pinyin only: nobody twists a sentence
NUMERALS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "零": "0"}  # fmt: skip
MOST_TWINS = 4  # of each of two characters where both are look-alikes, or one is and the other a homophone
LEET = (("o", "0"), ("i", "1"), ("l", "1"), ("e", "3"), ("a", "4"), ("s", "5"), ("b", "8"), ("q", "9"), ("0", "o"), ("1", "l"), ("1", "i"))  # fmt: skip
MAX_LEET = 40  # spellings of a Latin form, those with the fewest changes first
# Digits that are said for a syllable: 傻13, 8要脸, 74了.
SAID = {
    "yi": "1",
    "yao": "1",
    "er": "2",
    "san": "3",
    "si": "4",
    "shi": "4",
    "wu": "5",
    "liu": "6",
    "qi": "7",
    "ba": "8",
    "bu": "8",
    "jiu": "9",
    "ling": "0",
}
EMOJI = {
    "nao": "🧠", "pi": "💨", "shang": "⬆👆↑⤴🔼", "wei": "🛰", "yin": "🎵🎶🎼🥈", "quan": "⭕🔘🎫🎟", "hong": "🔴🟥",
    "bi": "🖊🖋✒✏🖍", "si": "💀☠", "la": "🌶", "yang": "🐑🐏", "she": "🐍", "long": "🐲🐉", "hou": "🐒🐵", "niao": "🐦",
    "xia": "🦐⬇👇↓⤵🔽▼", "gua": "🍉", "ka": "💳", "sou": "🔍🔎", "lian": "🔗", "zui": "👄", "ding": "🔝📌📍", "yun": "☁",
    "xue": "❄", "yue": "🌙", "ri": "☀", "cha": "🍵", "jiu": "🍺🍶🍷", "kuai": "🚀🏃", "jing": "🐳🐋🪞", "xian": "🧂🧵",
    "xin": "✉📧📩📨💌❤♥❥💗💖💕💘💓♡🧡💙💛💜🖤💚💔", "qian": "💰💵💴", "gou": "🐶🐕", "zhu": "🐷🐖", "ji": "🐔🐓🐤🐥", "mao": "🐱🐈",
    "ma": "🐴🐎", "niu": "🐮🐂", "huo": "🔥", "xing": "⭐🌟", "wang": "👑🌐🕸", "dan": "🥚", "shu": "🐭🐀📕📗📘📙📚📖🌲🌳",
    "shi": "💩", "gui": "🐢👻", "tao": "🍑", "hua": "🌸🌺💐🌷🌼", "yu": "🐟🐠🐡🎣", "che": "🚗", "bao": "👜🎒💎", "dong": "🕳",
    "feng": "🐝", "gun": "🏒", "shou": "✋🤚🖐👋✊👐🙌🤝", "dian": "⚡🏪🏬", "jia": "🏠🏡➕", "di": "🌍🌏🌎", "shui": "💧",
    "dou": "🥜🫘", "pin": "🧩", "you": "⛽👬👭", "xiang": "🐘", "qun": "👗👥", "zhuan": "🧱🔄", "liao": "💬🗨",
    "cheng": "🍊", "zhong": "⏰🕰🔔", "gong": "🏹", "tuan": "🍡", "pan": "💿📀", "tong": "🪣", "shan": "⛰🏔",
    "qiu": "⚽🏀🎾🏐🍂", "e": "🦢", "zhan": "🚉🚏", "bo": "🥣", "hao": "👌", "yi": "☝", "er": "✌👂", "jian": "🗡⚔",
    "dao": "🔪", "pai": "🃏🀄", "bing": "🧊🍦🍪", "fei": "🛫", "lang": "🐺", "hu": "🐯🐅", "tu": "🐰🐇", "lu": "🦌",
    "lv": "🫏", "cao": "🌿☘",
}  # fmt: skip
MERGES = {"n/l": ("n", "l"), "zh/z": ("zh", "z"), "ch/c": ("ch", "c"), "sh/s": ("sh", "s"), "f/h": ("f", "h")}


def encode_symbol(number: int) -> str:
    """The two code points of a symbol; high and low ranges are disjoint, so a key never matches out of step."""
    high, low = divmod(number, LOW)
    if high >= HIGHS:
        raise ValueError(f"more than {HIGHS * LOW} symbols: the word lists need too many different characters")
    return chr(high + 1) + chr(0x80 + low)


class Alphabet:
    """The coarsest alphabet that the forms need, and the symbols of characters in it."""

    def __init__(self, listened: Iterable[str], needed: Iterable[str], alone: Iterable[str] = ()) -> None:
        self.listened = frozenset(listened)
        self._numbers: dict[str, int] = {}
        self.chars: dict[str, int] = {}
        self._apart: dict[str, list[int]] = defaultdict(list)
        for char in sorted(alone):  # a key of one symbol must not fire on all that sounds like it
            self.chars[char] = self._number(char)
            syllable = charts.syllable(char) or next((s for s, group in EMOJI.items() if char in group), "")
            if syllable in self.listened:
                self._apart[syllable].append(self.chars[char])
        for char, syllables in charts.readings().items():
            if (
                syllables[0] in self.listened
                and charts.is_hanzi(char)
                and char not in self.chars
                and char not in STROKES
            ):
                self.chars[char] = self._number("~" + syllables[0])
        for syllable, emoji in EMOJI.items():
            for char in emoji:
                if syllable in self.listened and char not in self.chars:
                    self.chars[char] = self._number("~" + syllable)
        for char in needed:
            if char not in self.chars:
                self.chars[char] = self._number(char)

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def char(self, char: str) -> str | None:
        number = self.chars.get(char)
        return None if number is None else encode_symbol(number)

    def syllable(self, syllable: str) -> str | None:
        number = self._numbers.get("~" + syllable)
        return None if number is None else encode_symbol(number)

    def all_sounding(self, syllable: str) -> list[str]:
        """The symbols of all characters of a syllable: its own and those kept apart."""
        own = self.syllable(syllable)
        return ([own] if own else []) + [encode_symbol(n) for n in self._apart.get(syllable, ())]

    def text(self, text: str) -> str | None:
        """The key of a literal text, or None if it holds a character without a symbol."""
        codes = [self.char(c) for c in text]
        return None if None in codes else "".join(codes)  # type: ignore[arg-type]


def merged(syllable: str, merges: Iterable[str]) -> set[str]:
    """The syllables that ``syllable`` is confused with under the merges asked for."""
    found = {syllable}
    for merge in merges:
        for one in list(found):
            if merge == "ng/n":
                found.add(one[:-1] if one.endswith("ng") else one + "g" if one.endswith("n") else one)
                continue
            long, short = MERGES[merge]
            if one.startswith(long) and (long[0] != short or len(long) > 1):
                found.add(short + one[len(long) :])
            elif one.startswith(short) and not (len(long) == 2 and one.startswith(long)):
                found.add(long + one[len(short) :])
    found.discard(syllable)
    return {s for s in found if s in _known_syllables()}


def _known_syllables() -> frozenset[str]:
    return frozenset(s[0] for s in charts.readings().values())


class Speller:
    """Writes the keys of forms and remembers which spelling each stands for."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.spells: dict[str, list[Spell]] = defaultdict(list)

    def literal(self, number: int, form: Form) -> None:
        """The plain key: each character by its own symbol."""
        key = self.alphabet.text(form.core)
        assert key is not None, form.core
        self._put(key, Spell(number, "C" * len(form.core), (1,) * len(form.core)))

    def evasive(self, number: int, form: Form, spelling: Spelling, *, cued: bool = False) -> None:
        """All other keys of a form that its term asks for; ``cued``: it has an evasive cue."""
        options = [self._options(slot, spelling) for slot in form.slots]
        if cued and spelling.sound and len(form.slots) == 2:
            for option, slot in zip(options, form.slots, strict=True):
                if slot.syllable and slot.syllable[0] not in "aeiou":
                    option["J"] = [(self.alphabet.char(slot.syllable[0]) or OTHER, 1)]
        letters = self._initials(form, spelling)
        for key, kinds, widths in self._combined(options, letters, spelling):
            self._put(key, Spell(number, kinds, widths))
        if spelling.sound or spelling.shape:
            self._doubled(number, form)

    def _put(self, key: str, spell: Spell) -> None:
        found = self.spells[key]
        if spell not in found:
            found.append(spell)

    def _options(self, slot: Slot, spelling: Spelling) -> dict[str, list[tuple[str, int]]]:
        """Per kind the keys of one slot with their widths in symbols."""
        own = self.alphabet.char(slot.char) or OTHER
        options: dict[str, list[tuple[str, int]]] = {"C": [(own, 1)]}
        if slot.spelt:
            options["P"] = [(self.alphabet.text(letters) or OTHER, len(letters)) for letters in slot.spelt]
        if spelling.sound and slot.syllable:
            options["C"] += [(code, 1) for code in self.alphabet.all_sounding(slot.syllable) if code != own]
            for other in merged(slot.syllable, spelling.fuzzy):
                options.setdefault("F", []).extend((code, 1) for code in self.alphabet.all_sounding(other))
            digits = {NUMERALS.get(slot.char), SAID.get(slot.syllable)} - {None}
            options["N"] = [(code, 1) for d in sorted(filter(None, digits)) if (code := self.alphabet.char(d))]
        twins = (slot.look if spelling.shape else "") + (slot.rare if spelling.sound else "")
        found = (self.alphabet.char(charts.fold_chart().get(c, c)) for c in twins)
        codes = list(dict.fromkeys(code for code in found if code and code != own))
        if codes:
            options["G"] = [(code, 1) for code in codes]
        if spelling.parts:
            for way in charts.written_parts(slot.char):
                if code := self.alphabet.text(way):
                    options.setdefault("D", []).append((code, len(way)))
        return options

    def _initials(self, form: Form, spelling: Spelling) -> list[set[str]]:
        letters: list[set[str]] = [set() for _ in form.slots]
        for word in spelling.initials:
            if len(word) == len(form.slots):
                for at, letter in enumerate(word.casefold()):
                    letters[at].add(letter)
        if spelling.sound and len(form.slots) >= 3:
            for at, slot in enumerate(form.slots):
                if slot.syllable:
                    letters[at].add(slot.syllable[0])
        return letters

    def _combined(
        self, options: list[dict[str, list[tuple[str, int]]]], letters: list[set[str]], spelling: Spelling
    ) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        size = len(options)
        base = [("C", *o["C"][0]) for o in options]
        letter = [("P", *o["P"][0]) if "P" in o else ("C", *o["C"][0]) for o in options]
        rows: list[list[tuple[str, str, int]]] = [base, letter]
        rows += [
            [*letter[:at], ("P", *o["P"][1]), *letter[at + 1 :]]
            for at, o in enumerate(options)
            if len(o.get("P", ())) > 1
        ]
        if size <= 3:
            most = 2 if size == 3 else KEPT_APART  # of the characters of a syllable that are kept apart (沙 beside 傻)
            ways = [[*(("C", *c) for c in o["C"][:most]), *(("P", *p) for p in o.get("P", ()))] for o in options]
            rows += map(list, product(*ways))
            for at, o in enumerate(options if size == 3 else ()):
                apart = [("C", *c) for c in o["C"][2:]]
                rows += map(list, product(*(apart if i == at else way for i, way in enumerate(ways))))
        elif size <= LONGEST_MIXED:
            rows += [[letter[i] if i == at else base[i] for i in range(size)] for at in range(size)]
            if size == 4:
                rows += [[*letter[:2], *base[2:]], [*base[:2], *letter[2:]]]  # lianxi方式
        rows += [[*base[:at], ("C", *c), *base[at + 1 :]] for at, o in enumerate(options) for c in o["C"][1:]]
        if size >= 4 and all(letters) and not any(set(group) & set("aeiou") for group in letters):
            rows.append([("I", self.alphabet.char(min(group)) or OTHER, 1) for group in letters])  # yylx
        if size == 4:  # characters kept apart, and their syllables, in every slot
            rows += [[("C", *o) for o in row] for row in product(*(option["C"][:2] for option in options))]
        for at, option in enumerate(options if size <= LONGEST_TWISTED else ()):
            odd = [(kind, *o) for kind in "FGDNJ" for o in option.get(kind, ())]
            if size == 3:  # GJ级: initials for all but one
                others = [i for i in range(size) if i != at]
                for pair in product(*(sorted(letters[i])[:1] for i in others)):
                    row = list(base)
                    for i, initial in zip(others, pair, strict=True):
                        row[i] = ("I", self.alphabet.char(initial) or OTHER, 1)
                    rows.append(row)
            odd += [("I", self.alphabet.char(c) or OTHER, 1) for c in sorted(letters[at])]
            nearest = [("G", *o) for o in option.get("G", ())[:MOST_TWINS]]
            for choice in odd:
                rows.append([*base[:at], choice, *base[at + 1 :]])
                if size == 2 and choice[0] in "DGF":  # the other one in letters
                    rows.append([choice if i == at else letter[i] for i in range(2)])
                if size == 2 and (choice[0] in "FND" or choice in nearest):  # the other one by its sound (惟①)
                    heard = options[1 - at]["C"][1:KEPT_APART]
                    rows += [[choice if i == at else ("C", *c) for i in range(2)] for c in heard]
        for kind, most, longest in (("D", 3, 3), ("F", 3, 3), ("G", MOST_TWINS, 2)):  # every slot at once
            columns = [[(kind, *o) for o in option.get(kind, ())][:most] for option in options]
            if size <= longest and all(columns):
                rows += [list(row) for row in product(*columns)]
        for row in rows:
            kinds = "".join(kind for kind, _, _ in row)
            if len(row) == 1 and kinds in ("P", "I"):
                continue  # one syllable or letter alone says nothing
            key = "".join(code for _, code, _ in row)
            yield key, kinds, tuple(width for _, _, width in row)
            if "P" in kinds and set(kinds) <= {"P", "C"} and spelling.sound and size <= 3:
                spelt = "C" not in kinds
                for latin, digit in LEET if spelt else LEET[:3]:  # we1xin, 支付ba0
                    one, other = self.alphabet.char(latin), self.alphabet.char(digit)
                    if not (one and other and one in key):
                        continue
                    yield key.replace(one, other), kinds, tuple(width for _, _, width in row)
                    for at in range(0, len(key) if spelt else 0, 2):
                        if key[at : at + 2] == one:
                            yield key[:at] + other + key[at + 2 :], kinds, tuple(width for _, _, width in row)

    def leet(self, number: int, form: Form) -> None:
        """A Latin form with a digit for a letter or a letter for a digit, everywhere or in one place (N0.1, lO0%)."""
        ways = [[c, *(digit for letter, digit in LEET if letter == c)] for c in dict.fromkeys(form.core)]
        texts: set[str] = set()
        for way in product(*ways):
            swap = dict(zip(dict.fromkeys(form.core), way, strict=True))
            texts.add("".join(swap[c] for c in form.core))
        for at, char in enumerate(form.core):
            texts |= {form.core[:at] + digit + form.core[at + 1 :] for letter, digit in LEET if letter == char}
        changed = sorted(texts - {form.core}, key=lambda t: (sum(a != b for a, b in zip(t, form.core, strict=True)), t))
        for text in changed[:MAX_LEET]:
            if key := self.alphabet.text(text):
                self._put(key, Spell(number, "L" * len(form.core), (1,) * len(form.core)))

    def _doubled(self, number: int, form: Form) -> None:
        """Repeated characters (支支付付宝宝); where the plain key lies inside the doubled one nothing is needed."""
        if not 3 <= len(form.slots) <= LONGEST_TWISTED:
            return
        codes = [self.alphabet.char(s.char) or OTHER for s in form.slots]
        ways = [[2] * len(codes)] + [
            [2 if i == at else 1 for i in range(len(codes))] for at in range(1, len(codes) - 1)
        ]
        for way in ways:
            key = "".join(code * times for code, times in zip(codes, way, strict=True))
            self._put(key, Spell(number, "R" * len(codes), tuple(way)))
