"""HTML, Markdown, YAML, TOML and source code: what is seen, what is not, and where it stands."""

from __future__ import annotations

import pytest

from cslint.model import Unit
from cslint.readers import ReadOptions, UnreadableError, read


def spans(name: str, text: str, **options: object) -> list[tuple[str, str | None, str]]:
    """Each text, its attribute, and what stands in the source between its places."""
    lines = text.split("\n")
    found = []
    for unit in read(name, data=text.encode(), options=ReadOptions(**options)):  # type: ignore[arg-type]
        place = unit.place(0, len(unit.text))
        assert place.line == place.end_line, unit
        found.append((unit.text, unit.field, lines[place.line - 1][place.column - 1 : place.end_column - 1]))
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>国家<b>级</b></p>", [("国家级", None, "国家<b>级")]),
        ("<td>甲</td><td>乙</td>", [("甲", None, "甲"), ("乙", None, "乙")]),
        ("甲<br>乙<br/>丙", [("甲", None, "甲"), ("乙", None, "乙"), ("丙", None, "丙")]),
        ("<p>&#22269;&#x5bb6;级&nbsp;</p>", [("国家级", None, "&#22269;&#x5bb6;级")]),
        ('<img alt="最&quot;佳" title=\'好\' src="最佳.png">', [('最"佳', "alt", "最&quot;佳"), ("好", "title", "好")]),
        ('<meta name="keywords" content="国家级"><meta name="x" content="y">', [("国家级", "content", "国家级")]),
        ("<title>国家级</title>", [("国家级", None, "国家级")]),
        ("<style>国家级</style><script>'国家级'</script><!-- 国家级 --><noscript>国家级</noscript>", []),
        ("<![if !x]>国家级<![endif]>", [("国家级", None, "国家级")]),
        ("1 < 2 & 3 国家级", [("1 < 2 & 3 国家级", None, "1 < 2 & 3 国家级")]),
        ("<p>国家级", [("国家级", None, "国家级")]),
        ("国<!-- 级 -->家", [("国家", None, "国<!-- 级 -->家")]),
    ],
)
def test_html(source: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert spans("a.html", source) == expected


def test_a_line_end_in_html_is_a_space() -> None:
    (unit,) = read("a.html", data="<p>国家\r\n   级</p>".encode())
    assert unit.text == "国家 级"
    assert [unit.position(at) for at in (0, 1, 3)] == [(1, 4), (1, 5), (2, 4)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 国家**级**茶", [("国家级茶", None, "国家**级**茶")]),
        ("> - [x] 国家_级_", [("国家_级_", None, "国家_级_")]),
        ("1. *国家级* ~~最佳~~", [("国家级 最佳", None, "国家级* ~~最佳")]),
        ('[国家级](http://最佳.cn "最低")', [("最低", "title", "最低"), ("国家级", None, "国家级")]),
        ('![国家级](a.png "最低") 好', [("国家级", "alt", "国家级"), ("最低", "title", "最低"), ("好", None, "好")]),
        ("[![国家级](a.png)](b.html)", [("国家级", "alt", "国家级")]),
        (
            "| 甲 | 乙 |\n|----|:--:|\n| 丙 | 丁 |",
            [("甲", None, "甲"), ("乙", None, "乙"), ("丙", None, "丙"), ("丁", None, "丁")],
        ),
        ("`国家级` a\\*b &amp;", [("国家级 a*b &", None, "国家级` a\\*b &amp;")]),
        ("```html\n<b>国家级\n```", [("<b>国家级", None, "<b>国家级")]),
        ("<!-- 国家级 -->最佳<!-- cslint: ignore -->", [("最佳", None, "最佳")]),
        ("<!-- 国家级\n国家级 -->最佳", [("最佳", None, "最佳")]),
        ("国家<b>级</b><br>最佳", [("国家级", None, "国家<b>级"), ("最佳", None, "最佳")]),
        ('<img src="a" alt="国家级">', [("国家级", "alt", "国家级")]),
        ('[1]: http://x.cn "国家级"', [("国家级", "title", "国家级")]),
        ("<https://x.cn>国家级", [("https://x.cn国家级", None, "https://x.cn>国家级")]),
        ("---\n***\n===", []),
    ],
)
def test_markdown(source: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert spans("a.md", source) == expected


def test_values_of_yaml_and_never_its_keys() -> None:
    text = "国家级: &a 最佳\n引用: *a\n数: 5\n空:\n列: [甲, '乙''', \"丙\\u4e00\"]\n---\n- title: 国家级\n  id: x1\n"
    units = list(read("a.yaml", data=text.encode()))
    assert [(u.pointer, u.text, u.unit) for u in units] == [
        ("/国家级", "最佳", "public"),
        ("/列/0", "甲", "public"),
        ("/列/1", "乙'", "public"),
        ("/列/2", "丙一", "public"),
        ("/0/title", "国家级", "listing"),
    ]


def test_chats_in_yaml_and_toml() -> None:
    text = "messages:\n- {role: 买家, content: 在吗}\n- {role: 客服, content: 在的}\n"
    assert [u.role for u in read("a.yaml", data=text.encode())] == ["customer", "agent"]
    text = '[[messages]]\nrole = "买家"\ncontent = "在吗"\n[[messages]]\nrole = "客服"\ncontent = "在的"\n'
    assert [(u.role, u.pointer) for u in read("a.toml", data=text.encode())] == [
        ("customer", "/messages/0/content"),
        ("agent", "/messages/1/content"),
    ]


def test_aliases_of_yaml_are_not_expanded() -> None:
    levels = "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 30))
    (unit,) = read("a.yaml", data=f"a0: &a0 [最佳]\n{levels}".encode())
    assert unit.pointer == "/a0/0"


def test_where_toml_is_wrong_is_said() -> None:
    with pytest.raises(UnreadableError, match=r"not TOML \(.*line 2, column 5"):
        list(read("a.toml", data=b"a = 1\nb = ?\n"))


CODE = {
    "a.py": 'x = "国家\\u7ea7"  # 最佳\ny = f"亲{name}" "好"\ndef f():\n    """最佳"""\nz = r"\\n甲"\n',
    "a.go": 'package m\n// 最佳\nvar a = "亲,\\"国家级\\""\nvar b = `甲\\n`\n',
    "a.js": "const a = '国家级'; /* 最佳 */ const b = `亲${name}好`;\n",
    "A.java": 'class A { String a = "国家级"; } // 最佳\n',
}


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("a.py", ["国家级", "亲{name}", "好", "\\n甲"]),
        ("a.go", ['亲,"国家级"', "甲\\n"]),
        ("a.js", ["国家级", "亲${name}好"]),
        ("A.java", ["国家级"]),
    ],
)
def test_string_literals_of_source_code(name: str, texts: list[str]) -> None:
    units = list(read(name, data=CODE[name].encode(), options=ReadOptions(code=True)))
    assert [unit.text for unit in units] == texts
    assert {(unit.unit, unit.role) for unit in units} == {("public", "agent")}
    for unit in units:
        line, column = unit.position(0)
        assert CODE[name].split("\n")[line - 1][column - 1] == unit.text[0]


def test_source_code_is_read_by_lines_unless_its_literals_are_asked_for() -> None:
    units: list[Unit] = list(read("a.py", data=CODE["a.py"].encode()))
    assert len(units) == 5
