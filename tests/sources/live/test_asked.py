"""What the user typed, and what cannot be read live."""

from __future__ import annotations

import shlex
from pathlib import Path

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
        ("127.0.0.1:8080", "url", "127.0.0.1:8080", ""),
        ("LocalHost:8080/blog", "url", "localhost:8080", ""),
        ("localhost", "name", "", ""),
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


def test_servers_of_this_computer_have_no_certificate() -> None:
    assert asked("localhost:8080/blog").url == "http://localhost:8080/blog"
    assert asked(" 127.0.0.1:80 ").url == "http://127.0.0.1:80"


@given(st.text())
def test_anything_may_be_typed(text: str) -> None:
    assert asked(text).kind in ("acct", "did", "url", "domain", "name")


@pytest.mark.parametrize("text", ["https://x.com/ada", "https://www.facebook.com/ada", "plus.google.com/+Ada"])
def test_networks_without_a_door_name_another_way(text: str) -> None:
    error = closed(asked(text))
    assert isinstance(error, NoDoor)
    assert "permadani import" in (error.hint_text() or "")


@pytest.mark.parametrize(
    "text",
    ["my-export.zip", "exports/Takeout.ZIP", "./list.mbox.gz", "a b.json", "blog.example", "exports", "x.tgz"],
)
def test_files_are_not_read_live(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("blog.example").touch()
    Path("exports").mkdir()
    error = closed(asked(text))
    assert isinstance(error, NoDoor)
    assert (error.hint_text() or "").startswith(f"Files are read by: permadani import {shlex.quote(text)}. ")


@pytest.mark.parametrize(
    "text",
    ["blog.example/feed.xml", "https://blog.example/x.zip", "@my.zip", "ada@my.zip", "", "Ada", "\0", 5000 * "a", "~"],
)
def test_what_is_no_file(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert closed(asked(text)) is None


def test_others_may_be_tried() -> None:
    assert closed(asked("https://x.com.example/")) is None
    assert closed(asked("https://notfacebook.com/")) is None
