"""Where a turn ends: the lines in a chat text that nobody says, such as headings, rulers, forms and essays."""

from __future__ import annotations

import re

from .source import Source

DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AP]M)?"
WHEN = rf"(?:{DATE}[ T]*)?{CLOCK}"

DAY = re.compile(DATE)

LONG_LINE = 400  # code points: longer than any platform lets one message be typed, short of an essay
_LONG_TURN = 1500  # code points of a turn after which its next line is no longer its own
_STRAY = 300  # code points after a blank line that may still be the same speaker's next paragraph
_STOP = r",\uff0c。!\uff01?\uff1f"  # fullwidth marks are written as escapes here: they look like the others
_COLON = r"[:\uff1a]"
_HEADING = re.compile(
    rf"第[一二三四五六七八九十百\d]+(?:[篇章][^{_STOP}]{{0,40}}|(?:节|部分|课|讲|题)(?:[:\uff1a、.\uff0e\s][^{_STOP}]{{0,40}})?)$"
    rf"|篇[一二三四五六七八九十\d]+{_COLON}"
    rf"|[一二三四五六七八九十]{{1,3}}[、.\uff0e:\uff1a][^{_STOP}]{{1,25}}$"
    r"|#{1,6}\s"
    r"|[-=*_—\uff1d]{3,}(?:[^-=*_—\uff1d]{0,30}[-=*_—\uff1d]{3,})?$"
    r"|【[^【】\n]{1,20}】$"
    rf"|(?:审核|考核|制表|填表)人\s*{_COLON}|(?:签名|签字|日期)\s*{_COLON}[\s\d年月日_]*$"
    rf"|[^\s:\uff1a]{{1,6}}{_COLON}[^:\uff1a\n]*{_COLON}.*{_COLON}$"  # a form left blank: name: … sex: … phone:
)
CONVERSATION = re.compile(
    r"^[-=—\s【\[]*(?:会话|对话|conversation|session)\s*(?:ID|编号|号|#)?\s*[:\uff1a#]?\s*"
    r"([A-Za-z0-9][\w.-]*)[-=—\s】\]]*$",
    re.IGNORECASE,
)
TIME_LINE = re.compile(rf"^[-=—\s]*(?:{DATE}|{WHEN})[-=—\s]*$")
NOISE = re.compile(  # lines that a chat window shows under or between messages, and nobody says
    r"^(?:已读|未读|已送达|送达|发送中|发送失败|\d+条新消息|以上是历史消息|以下为新消息)$"
    rf"|^消息(?:分组|对象|记录){_COLON}?.{{0,60}}$|^[=\uff1d]{{6,}}$|^[-—]{{10,}}$"
)
CORRESPONDENT = re.compile(rf"^消息对象{_COLON}\s*(.{{1,60}}?)\s*$")
_SENTENCE_ENDS = tuple("。!\uff01?\uff1f…~\uff5e.;\uff1b)\uff09】”\"'哦哈呢呀啊吧了")


def is_heading(line: str) -> bool:
    """Whether a line after a turn is a heading, ruler, form, time line or name of a conversation, said by nobody."""
    line = line.strip()
    return bool(_HEADING.match(line) or CONVERSATION.match(line) or TIME_LINE.match(line))


def turn_end(source: Source, start: int, limit: int, *, last: bool) -> int:
    """Where the turn whose text begins at ``start`` ends, at most ``limit`` (the next turn, or the end of the file).

    A heading ends it, and so does a line of essay length after a finished sentence, and a blank line, unless a short
    paragraph alone stands between it and the next turn: that is the same speaker's (``last``: no turn follows).
    """
    text, end, begun = source.text, start, False
    for at, line in enumerate(source.lines(start, limit)):
        content = text[line.start : line.end].strip()
        if content and at and is_heading(content):
            return end
        if not begun:  # the text may begin on the line after the marker
            begun, end = bool(content), line.end if content else end
        elif not content:
            if last or not _same_speaker(source, line.end, limit):
                return end
        elif (len(content) > LONG_LINE or end - start > _LONG_TURN) and _is_finished(text, end):
            return end
        else:
            end = line.end
    return end


def record_end(source: Source, start: int, limit: int) -> int:
    """Where the text of an exported record ends, at most ``limit``, the next record: all lines between are its own.

    Only what the export itself writes ends it: rulers, dates, the names of conversations, the marks of delivery.
    """
    text, end = source.text, start
    for at, line in enumerate(source.lines(start, limit)):
        content = text[line.start : line.end].strip()
        if at and content and (NOISE.match(content) or CONVERSATION.match(content) or TIME_LINE.match(content)):
            return end
        if content:
            end = line.end
    return end


def _is_finished(text: str, end: int) -> bool:
    return text[max(0, end - 20) : end].rstrip().endswith(_SENTENCE_ENDS)


def _same_speaker(source: Source, start: int, limit: int) -> bool:
    rest = source.text[start:limit].strip()
    if len(rest) > _STRAY:
        return False
    return not any(is_heading(source.text[line.start : line.end]) for line in source.lines(start, limit))
