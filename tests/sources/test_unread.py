"""Formats that are known but not read: named by their content, whatever the file is called."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from permadani.errors import InputError
from permadani.sources import InputFile, known_but_unread, recognise, walk

SHARED = Path(__file__).parents[3] / "shared" / "data"
KNOWN = {
    '{"comments_media_comments": [{"title": "a"}]}': "Instagram",
}
UNKNOWN = ("", "{", "From me to you: hello\n", '{"timestamp": 1, "title": "a"}', "<html><feed>", "\0" * 99, "window.x")


def opened(path: Path, content: bytes) -> InputFile:
    path.write_bytes(content)
    (file,) = walk(path)
    assert isinstance(file, InputFile)
    return file


@pytest.mark.parametrize("content", KNOWN)
def test_a_known_format_is_named(tmp_path: Path, content: str) -> None:
    for written in (content, "\ufeff" + content):
        file = opened(tmp_path / "file", written.encode())
        assert KNOWN[content] in (known_but_unread(file) or "") and recognise(file) is None


@pytest.mark.parametrize("content", UNKNOWN)
def test_anything_else_is_not(tmp_path: Path, content: str) -> None:
    assert known_but_unread(opened(tmp_path / "file", content.encode())) is None


def test_a_damaged_file_raises_nothing(tmp_path: Path) -> None:
    file = opened(tmp_path / "a.gz", gzip.compress(b"From a")[:10] + b"\xff" * 40)
    with pytest.raises(InputError):
        _ = file.head
    assert known_but_unread(file) is None


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("facebook-export/**/post_comments.json", "Instagram"),
    ],
)
def test_real_exports_are_named(pattern: str, word: str) -> None:
    found = [
        known_but_unread(file) for path in SHARED.glob(pattern) for file in walk(path) if isinstance(file, InputFile)
    ]
    assert found and all(word in (notice or "") for notice in found)
