"""What the user typed, and what cannot be read live."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permadani.errors import NoDoor
from permadani.sources.live import asked
from permadani.sources.live.closed import closed


@pytest.mark.parametrize(
    ("text", "kind", "host", "name"),
    [
        ("@ada@social.example", "acct", "social.example", "ada"),
        ("ada@Social.Example", "acct", "social.example", "ada"),
        ("@ada@localhost:8080", "acct", "localhost:8080", "ada"),
        ("did:plc:abc123", "did", "", "did:plc:abc123"),
        ("at://did:plc:abc123", "did", "", "did:plc:abc123"),
        ("@ada.bsky.social", "domain", "ada.bsky.social", ""),
        ("ada.bsky.social", "domain", "ada.bsky.social", ""),
        ("blog.example/2019/a-post/", "domain", "blog.example", ""),
        ("https://blog.example/2019/", "url", "blog.example", ""),
        ("HTTP://Blog.Example:8080/", "url", "blog.example:8080", ""),
        ("https://user:word@blog.example/", "url", "blog.example", ""),
        ("@ada", "name", "", ""),
        ("Ada Pena", "name", "", ""),
        ("https://", "name", "", ""),
        ("https://[half", "name", "", ""),
        ("", "name", "", ""),
    ],
)
def test_what_was_typed(text: str, kind: str, host: str, name: str) -> None:
    found = asked(text)
    assert (found.kind, found.host, found.name) == (kind, host, name)


def test_an_at_sign_makes_a_domain_a_handle() -> None:
    assert asked("@ada.example").at
    assert not asked("ada.example").at
    assert asked("ada.example/about").url == "https://ada.example/about"


@given(st.text())
def test_anything_may_be_typed(text: str) -> None:
    assert asked(text).kind in ("acct", "did", "url", "domain", "name")


@pytest.mark.parametrize("text", ["https://x.com/ada", "https://www.facebook.com/ada", "plus.google.com/+Ada"])
def test_networks_without_a_door_name_another_way(text: str) -> None:
    error = closed(asked(text))
    assert isinstance(error, NoDoor)
    assert "permadani import" in (error.hint_text() or "")


def test_others_may_be_tried() -> None:
    assert closed(asked("https://x.com.example/")) is None
    assert closed(asked("https://notfacebook.com/")) is None
