"""The cslint.toml that `cslint init` writes: every key with what it does, in Chinese or English."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cslint.reporters.labels import Lang

_HEAD = {
    "zh": "cslint 的配置。离文件最近的 cslint.toml（或 pyproject.toml 里的 [tool.cslint]）生效；路径相对于本文件。",
    "en": "Configuration of cslint. The nearest cslint.toml (or [tool.cslint] in pyproject.toml) holds; paths are relative to it.",
}
_LINES: Sequence[tuple[str, str, str]] = (
    ('# extend = "../cslint.toml"', "先读另一份配置", "read another configuration first"),
    ("{platform}", "文字用在哪个平台；可写多个", "where the texts are used; one or several"),
    (
        '# unit = "public"',
        "文字的性质：message 一对一聊天，listing 商品文案，public 发给多人；auto 看文件",
        "what the texts are: message, listing, public; auto goes by the file",
    ),
    ('# agents = ["本店:*"]', "聊天里客服的账号", "names of the shop's own people in a chat"),
    ("# header-row = 3", "表头在第几行，自动找不到时用", "the row of the header, where it is not found by itself"),
    ("# code = true", "源代码只查字符串", "of source code, only the string literals"),
    ('# profiles = ["strict-style", "cosmetics"]', "行业或店铺规范", "a trade or a house style"),
    (
        '# select = ["TPP", "uncivil"]',
        "只用这些规则：编号、名称、分组或前缀",
        "only these rules: id, name, group or prefix",
    ),
    ('# ignore = ["SAY013"]', "不用这些规则", "not these rules"),
    ('# extend-select = ["PRM"]', "另外再用这些", "these as well"),
    (
        '# wordlists = ["words.txt"]',
        "自己的词表：每行“词”或“词 => 改法”，或 YAML 规则",
        "word lists of your own: `term` or `term => rewrite` a line, or YAML rules",
    ),
    ('# allowed = ["第一医药"]', "允许的词：店名、品牌", "words that may be said: the shop's name, brands"),
    ('# exclude = ["drafts/"]', "不检查的文件，写法同 .gitignore", "files left out, as in .gitignore"),
    (
        '# baseline = "cslint-baseline.json"',
        "旧问题的基线（cslint baseline 生成）",
        "old findings (written by `cslint baseline`)",
    ),
    ('# fail-on = "warning"', "退出码为 1 的最低级别", "the least that makes the exit code 1"),
    ('# min-severity = "warning"', "显示的最低级别", "the least that is shown"),
    ('# lang = "zh"', "说明用中文（zh）或英文（en）", "reasons in Chinese (zh) or English (en)"),
)
_TABLES: Sequence[tuple[str, str, str]] = (
    ("# [severity]\n# SAY = \"info\"\n# TPP001 = \"error\"", "改规则的级别", "another severity for rules"),
    ("# [per-file.\"listings/**\"]\n# unit = \"listing\"\n# platform = [\"taobao\", \"jd\"]", "某些文件另有设置",
     "other settings for some files"),
    ("# [columns]\n# content = [\"回复内容\"]\n# sender = \"坐席\"", "表格的列名（conversation、time、sender、role、content、listing、text）",
     "headers of tables (conversation, time, sender, role, content, listing, text)"),
    ("# [parts]\n# title = [\"宝贝标题\"]\n# detail = [\"图文描述\"]", "商品表哪些列是标题、卖点、详情（title、selling_point、detail）",
     "which columns of a listing are title, selling_point, detail"),
    ("# [score]\n# item = \"客服素质（聊天记录）\"", "cslint score 的评分表，见 docs/scorecard.md",
     "the sheet of `cslint score`, see docs/scorecard.md"),
)  # fmt: skip


def template(lang: Lang, platforms: Sequence[str] = ()) -> str:
    """The file's text. It is a valid configuration as it stands."""
    at = 1 if lang == "zh" else 2
    platform = f"platform = {json.dumps(list(platforms))}" if platforms else '# platform = ["pdd"]'
    parts = [f"# {_HEAD[lang]}\n"]
    parts += [f"# {line[at]}\n{line[0].replace('{platform}', platform)}\n" for line in _LINES]
    parts += [f"# {table[at]}\n{table[0]}\n" for table in _TABLES]
    return "\n".join(parts)
