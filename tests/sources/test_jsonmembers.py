"""Arrays inside objects, piece by piece, against json.loads."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.errors import TooLarge, UnexpectedEnd
from permadani.sources import InputFile
from permadani.sources.reading import jsonmembers
from permadani.sources.reading.jsonmembers import members

texts = st.text(alphabet=st.sampled_from('\\"[]{},: \nab\u00e9\U0001f600'), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-9, 99) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts | st.just("items"), values, max_size=5)


def held(text: str | bytes) -> InputFile:
    data = text.encode() if isinstance(text, str) else text
    return InputFile("memory", "memory.json", len(data), lambda: io.BytesIO(data))


def expected(whole: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """What becomes of an object: the pieces do not tell an array of one from its element."""
    items = whole.get("items", [])
    spread = isinstance(items, list | dict)
    rest = {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in whole.items()}
    if spread:
        rest.pop("items", None)
    return rest, [items] if isinstance(items, dict) else items if spread else []


@given(st.lists(objects, min_size=1, max_size=3), st.sampled_from([None, 0, 2]), st.booleans())
def test_every_object_comes_back(several: list[dict[str, Any]], indent: int | None, ascii_only: bool) -> None:
    text = "\n".join(json.dumps(o, indent=indent, ensure_ascii=ascii_only) for o in several)
    found, items = [], []
    for whole, raw in members(held(text), {"items"}):
        if raw is not None:
            items.append(json.loads(raw))
            continue
        assert not whole.broken
        found.append((dict(whole.fields), items))
        items = []
    assert found == [expected(o) for o in several]


@given(st.data())
def test_a_cut_object_gives_the_elements_before_the_cut(data: Any) -> None:
    text = '{"id": "a", "items": [{"n": 1}, "two", [3]], "type": "x"}'
    cut = data.draw(st.integers(1, len(text) - 1))
    found: list[Any] = []
    with pytest.raises(UnexpectedEnd):
        found.extend(members(held(text[:cut]), {"items"}))
    items = [json.loads(raw) for _, raw in found if raw is not None]
    assert items == [{"n": 1}, "two", [3]][: len(items)] and (cut < 44 or len(items) == 3)


def test_the_object_is_known_as_far_as_it_was_read() -> None:
    seen = [
        (dict(whole.fields), raw) for whole, raw in members(held('{"id": "a", "items": [1], "type": "x"}'), {"items"})
    ]
    assert seen == [({"id": "a"}, b"1"), ({"id": "a", "type": "x"}, None)]


@pytest.mark.parametrize(
    "text",
    ['{"a": tru, "items": [1]}', '{a: 1, "items": [1]}', '{"a" "b" "c", "items": [1]}', '{"a\\x": [], "items": [1]}'],
)
def test_broken_parts_are_counted_and_the_elements_still_come(text: str) -> None:
    found = list(members(held(text), {"items"}))
    assert [raw for _, raw in found] == [b"1", None] and found[-1][0].broken


@pytest.mark.parametrize(
    "text", ["{}}}}", "{]", '{"a": 1]', "{" * 99 + "}" * 99, '{"items": [1}', '{"items": ]', "{,}"]
)
def test_wrong_brackets_end_somehow(text: str) -> None:
    with suppress(UnexpectedEnd):
        list(members(held(text), {"items"}))


def test_an_object_may_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonmembers, "KEPT_LIMIT", 1000)
    with pytest.raises(TooLarge):
        list(members(held('{"other": [' + "1," * 999 + "1]}"), {"items"}))
    assert len(list(members(held('{"items": [' + "1," * 999 + "1]}"), {"items"}))) == 1001


def test_a_byte_order_mark_is_passed_over() -> None:
    found = [raw for _, raw in members(held(b'\xef\xbb\xbf{"items": [1]}'), {"items"})]
    assert found == [b"1", None]
