"""JSON and JSONL: what json.loads reads, with a pointer and a place for every string."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslint.model import Unit
from cslint.readers import ReadNotes, Source, UnreadableError, read
from cslint.readers.json_text import JsonArray, JsonError, JsonNode, JsonObject, JsonText, parse_json

Read = Callable[..., list[Unit]]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def plain(node: JsonNode) -> Any:
    if isinstance(node, JsonText):
        return node.value
    if isinstance(node, JsonArray):
        return [plain(item) for item in node.items]
    if isinstance(node, JsonObject):
        return {key: plain(item) for key, item in node.items}
    return json.loads(node.raw)


@given(JSON, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_reads_what_json_reads(value: Any, ascii_only: bool, indent: int | str | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert plain(parse_json(Source(text))) == value


@given(st.text(st.sampled_from('{}[]",:\\u00e5d8 \n\t-1.eE+trufalsn亲'), max_size=25))
def test_refuses_what_json_refuses(text: str) -> None:
    try:
        value = json.loads(text)
    except ValueError:
        with pytest.raises(JsonError):
            parse_json(Source(text))
    else:
        assert repr(plain(parse_json(Source(text)))) == repr(value)


@given(st.text(min_size=1), st.booleans())
def test_every_character_of_a_string_has_its_place(value: str, ascii_only: bool) -> None:
    source = Source('\n  ["x",\n ' + json.dumps(value, ensure_ascii=ascii_only) + "]")
    array = parse_json(source)
    assert isinstance(array, JsonArray)
    node = array.items[1]
    assert isinstance(node, JsonText)
    unit = Unit(node.value, anchors=source.anchors(node.value, node.joints(source), node.end))
    places = [source.offset(*unit.position(at)) for at in range(len(value) + 1)]
    for character, start, end in zip(value, places, places[1:], strict=False):
        assert json.loads(f'"{source.text[start:end]}"') == character


def test_an_escaped_text_points_to_its_escapes(read_as: Read) -> None:
    (unit,) = read_as("a.jsonl", '{"text": "\\u4eb2\\n\\u52a0\\ud83d\\ude00微信"}')
    assert unit.text == "亲\n加😀微信"
    assert [unit.position(at) for at in range(len(unit.text))] == [
        (1, 11), (1, 17), (1, 19), (1, 25), (1, 37), (1, 38),
    ]  # fmt: skip
    assert unit.position(len(unit.text)) == (1, 39)


def test_chat_records_a_line(read_as: Read, notes: ReadNotes) -> None:
    lines = [
        {
            "会话ID": "T1",
            "发送时间": "2024-05-01 09:00:01",
            "发送人": "tb88**1",
            "角色": "买家",
            "内容": "在吗",
            "心情": "着急",
        },
        {"会话ID": "T1", "发送时间": "2024-05-01 09:00:05", "发送人": "小花", "角色": "客服", "内容": "在的亲"},
        {"会话ID": "T1", "发送时间": None, "发送人": "小蜜", "角色": "机器人", "内容": "为您转人工"},
        {"会话ID": "T2", "发送时间": 1714525205, "发送人": "路人", "角色": "", "内容": "你好"},
    ]
    units = read_as("a.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    assert [(u.role, u.sender, u.time, u.conversation, u.text) for u in units] == [
        ("customer", "tb88**1", "2024-05-01 09:00:01", "T1", "在吗"),
        ("agent", "小花", "2024-05-01 09:00:05", "T1", "在的亲"),
        ("bot", "小蜜", None, "T1", "为您转人工"),
        ("unknown", "路人", "1714525205", "T2", "你好"),
    ]
    assert {u.unit for u in units} == {"message"}
    assert units[1].pointer == "/内容"
    assert units[1].field == "内容"
    assert units[1].position(0)[0] == 2
    assert notes.columns_aside == {"心情": 1}
    assert notes.unknown_speakers == {"路人": 1}


def test_conversations_with_their_messages(read_as: Read) -> None:
    document = [
        {
            "id": "c-7",
            "shop": "小花家",
            "messages": [{"role": "user", "content": "在吗"}, {"role": "agent", "content": "在"}],
        },
        {"messages": [{"role": "user", "content": "几天到"}]},
    ]
    units = read_as("a.json", json.dumps(document, ensure_ascii=False))
    assert [(u.conversation, u.role, u.text) for u in units] == [
        ("c-7", "customer", "在吗"),
        ("c-7", "agent", "在"),
        ("/1", "customer", "几天到"),
    ]
    lines = "\n".join(json.dumps(item, ensure_ascii=False) for item in document)
    assert [u.conversation for u in read_as("a.jsonl", lines)] == ["c-7", "c-7", "2"]


def test_a_sender_and_a_content_that_are_objects(read_as: Read) -> None:
    record = {"msgtime": 1, "sender": {"type": "customer", "id": "wm1"}, "roomid": "r", "text": {"content": "你好"}}
    (unit,) = read_as("a.jsonl", json.dumps(record))
    assert (unit.role, unit.sender, unit.conversation, unit.pointer) == ("customer", "wm1", "r", "/text/content")


@pytest.mark.parametrize(("flag", "role"), [(True, "agent"), (False, "customer"), (1, "agent"), ("0", "customer")])
def test_flags_for_the_shops_side(read_as: Read, flag: object, role: str) -> None:
    (unit,) = read_as("a.jsonl", json.dumps({"content": "好", "waiterSend": flag, "sid": 5}))
    assert (unit.role, unit.conversation) == (role, "5")


def test_listing_records_read_the_known_keys_and_count_the_rest(read_as: Read, notes: ReadNotes) -> None:
    record = {
        "sku": "A-1",
        "title": "春季新款",
        "selling_points": ["纯棉", "不起球"],
        "price": 99,
        "seo": {"title": "连衣裙"},
    }
    units = read_as("a.json", json.dumps([record], ensure_ascii=False))
    assert [(u.unit, u.pointer, u.field) for u in units] == [
        ("listing", "/0/title", "title"),
        ("listing", "/0/selling_points/0", "selling_points"),
        ("listing", "/0/selling_points/1", "selling_points"),
        ("listing", "/0/seo/title", "title"),
    ]
    assert notes.columns_aside == {"sku": 1}
    assert notes.unrecognised == []


def test_a_document_of_templates_is_read_whole(read_as: Read, notes: ReadNotes) -> None:
    document = {"title": "售后", "greeting": "亲,您好", "refund": {"a/b": "可以退的", "~": ["好的"]}, "empty": " "}
    units = read_as("a.json", json.dumps(document, ensure_ascii=False))
    assert [u.pointer for u in units] == ["/title", "/greeting", "/refund/a~1b", "/refund/~0/0"]
    assert {u.role for u in units} == {"agent"}
    assert notes.unrecognised == []


def test_records_without_a_known_key_are_read_whole_and_noted(read_as: Read, notes: ReadNotes) -> None:
    units = read_as("a.jsonl", '{"x": "加微信"}\n"只有一句"\n')
    assert [(u.text, u.unit, u.pointer) for u in units] == [("加微信", "public", "/x"), ("只有一句", "public", "")]
    assert notes.unrecognised == ["a.jsonl"]


def test_the_column_map_names_keys(read_as: Read) -> None:
    (unit,) = read_as("a.jsonl", '{"who": "买家", "said": "在吗"}', columns={"sender": "who", "content": ["said"]})
    assert (unit.unit, unit.role, unit.text) == ("message", "customer", "在吗")


def test_a_bad_line_is_reported_after_the_good_ones() -> None:
    data = '{"text": "好"}\n{"text": "坏}\n{"text": "也好"}\n{\n'.encode()
    units = read("bad.jsonl", data=data)
    assert [next(units).text, next(units).text] == ["好", "也好"]
    with pytest.raises(UnreadableError) as caught:
        next(units)
    assert "line 2, column 10: a string is not closed on its line" in str(caught.value)
    assert "line 4, column 2: expected a key in double quotes, found the end of the line" in str(caught.value)


def test_many_bad_lines_are_counted() -> None:
    with pytest.raises(UnreadableError, match=r"line 1, .*line 2, .*line 3, .*and 7 more lines"):
        list(read("bad.jsonl", data=b"x\n" * 10))


def test_a_bad_document_names_line_and_column() -> None:
    with pytest.raises(UnreadableError, match=r"a\.json: line 2, column 8: expected ',' or '}', found '\"'"):
        list(read("a.json", data=b'{\n "a":1 "b":2}'))
    with pytest.raises(UnreadableError, match="levels of nesting"):
        list(read("a.json", data=b"[" * 5000))


def test_content_corrects_the_extension(read_as: Read) -> None:
    lines = '{"text": "一"}\n{"text": "二"}'
    assert [u.text for u in read_as("a.json", lines)] == ["一", "二"]
    assert [u.text for u in read_as("a.jsonl", '[\n {"text": "一"},\n {"text": "二"}\n]')] == ["一", "二"]
    assert [u.text for u in read_as("-", lines)] == ["一", "二"]
    assert [u.text for u in read_as("-", "[微笑]亲,您好")] == ["[微笑]亲,您好"]


def test_lone_surrogates_and_controls_are_kept(read_as: Read) -> None:
    (unit,) = read_as("a.jsonl", '{"text": "加\\ud800微\\u200b信\\u0001"}')
    assert unit.text == "加\ud800微\u200b信\x01"


def test_html_in_a_listing_and_in_a_message_is_read_as_it_is_seen(read_as: Read) -> None:
    text = '[{"title": "新款", "detail": "<p>国\\u5bb6<b>级</b></p><img alt=\\"最佳\\">"}]'
    units = read_as("a.json", text)
    assert [u.text for u in units] == ["新款", "国家级", "最佳"]
    places = [u.place(0, len(u.text)) for u in units[1:]]
    assert [text[p.column - 1 : p.end_column - 1] for p in places] == ["国\\u5bb6<b>级", "最佳"]
    (unit,) = read_as("b.json", '[{"role": "客服", "content": "亲<br>加微信"}]')
    assert (unit.text, unit.role) == ("亲\n加微信", "agent")
