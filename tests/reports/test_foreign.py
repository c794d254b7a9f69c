"""Words of strangers act on nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.reports.foreign import safe, web_link

from .samples import HOSTILE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\n lines\tand more", "two lines and more"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07after", "after"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("na\u200bme\ufeff", "name"),
        ("o" + "\u0301" * 40, "o" + "\u0301" * 3),
        ("👩‍💻 ok", "👩‍💻 ok"),
        ("\ud800", "\ufffd"),
        (None, ""),
        ("x" * 200, "x" * 79 + "…"),
    ],
)
def test_safe(text: str | None, expected: str) -> None:
    assert safe(text) == expected


@given(st.text(alphabet=st.characters(categories=("Cc", "Cf", "Cs", "Lu", "Mn", "Zl", "Zs")), max_size=300))
def test_nothing_acts(text: str) -> None:
    line = safe(text, 40)
    assert len(line) <= 40
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(c) for c in line} & {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI", "PDI"}
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://school.example/@budi/1?x=1&y=2#z", True),
        ("http://school.example", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//school.example", False),
        ("https:///nowhere", False),
        ("http://[broken", False),
        ("http://\u202eexample", False),
        (HOSTILE, False),
        ("https://x.example/" + "a" * 3000, False),
        (None, False),
    ],
)
def test_only_plain_links(url: str | None, allowed: bool) -> None:
    assert web_link(url) == (url if allowed else None)
