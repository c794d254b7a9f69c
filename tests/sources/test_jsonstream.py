"""The stream splitter against json.loads, on arrays cut at every possible place."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.errors import TooLarge, UnexpectedEnd
from permadani.sources.reading.jsonstream import elements, lines

texts = st.text(alphabet=st.sampled_from('\\"[]{},: \n\tab\u00e9\U0001f600\ud83d'), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=25,
)
chunks = st.integers(1, 70)


def split(text: str, chunk: int) -> list[Any]:
    return [json.loads(e) for e in elements(io.BytesIO(text.encode("utf-8", "surrogatepass")), chunk=chunk)]


@given(st.lists(values), chunks, st.sampled_from([None, 0, 2]), st.booleans())
def test_elements_are_those_of_json_loads(array: list[Any], chunk: int, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(array, indent=indent, ensure_ascii=ascii_only)
    assert split(text, chunk) == array


@given(st.lists(st.lists(values) | st.dictionaries(texts, values, min_size=1), max_size=4), chunks)
def test_values_may_follow_each_other(several: list[Any], chunk: int) -> None:
    text = "\n".join(json.dumps(value) for value in several)
    flat = [e for value in several for e in (value if isinstance(value, list) else [value])]
    assert split(text, chunk) == flat


@given(st.lists(values, min_size=1), chunks, st.data())
def test_a_cut_array_gives_its_complete_elements_and_then_says_so(array: list[Any], chunk: int, data: Any) -> None:
    text = json.dumps(array).encode()
    cut = data.draw(st.integers(1, len(text) - 1))
    found = []
    with pytest.raises(UnexpectedEnd, match=f"byte {cut:,}$"):
        found.extend(elements(io.BytesIO(text[:cut]), chunk=chunk))  # extend keeps what came before the error
    assert [json.loads(e) for e in found] == array[: len(found)]
    assert len(found) < len(array)


def test_garbage_between_values_is_handed_on() -> None:
    assert list(elements(io.BytesIO(b'[1] x {"a":1}, {"b":[1,2]}  y'))) == [
        b"1",
        b"x",
        b'{"a":1}',
        b",",
        b'{"b":[1,2]}',
        b"y",
    ]
    assert list(elements(io.BytesIO(b"[1,,2,]"))) == [b"1", b"", b"2", b""]
    assert list(elements(io.BytesIO(b"[ ]"))) == []
    assert list(elements(io.BytesIO(b""))) == []


def test_deep_nesting_is_split_in_one_pass() -> None:
    deep = b"[" * 200_000 + b"]" * 200_000
    assert list(elements(io.BytesIO(b"[1," + deep + b",2]"), chunk=1000)) == [b"1", deep, b"2"]


def test_an_element_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge, match="larger than"):
        list(elements(io.BytesIO(b'["' + b"x" * 2000 + b'"]'), limit=1000, chunk=64))


def test_lines_are_numbered_and_limited() -> None:
    assert list(lines(io.BytesIO(b"a\n\n \r\nb"))) == [(1, b"a\n"), (4, b"b")]
    with pytest.raises(TooLarge, match="line 2"):
        list(lines(io.BytesIO(b"a\n" + b"x" * 100), limit=50))
