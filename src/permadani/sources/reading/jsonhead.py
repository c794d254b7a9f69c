"""What keys the beginning of a JSON file has, though it may be cut off anywhere: for recognising a format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

BOM = b"\xef\xbb\xbf"
UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
DEPTH = 3
"""Keys are looked at this deep."""
ENTRIES = 50
"""How many entries are looked at."""
_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)("|\\?\Z)(\s*+:)?|[{}\[\]]', re.DOTALL)

Keys = set[tuple[bytes, ...]]
"""Paths of keys, arrays not counted: ``{"a": [{"b": 1}]}`` has ``(b"a",)`` and ``(b"a", b"b")``."""


def json_text(head: bytes) -> bytes:
    """The head without blanks and byte order mark, from UTF-16 to UTF-8; empty where it does not begin as JSON."""
    if encoding := UTF16.get(head[:2]):
        head = head[2:].decode(encoding, "ignore").encode("utf-8", "ignore")
    head = head.removeprefix(BOM).lstrip()
    return head if head.startswith((b"{", b"[")) else b""


def entries(head: bytes, most: int = ENTRIES) -> list[Keys]:
    """The keys of the first entries of an array, of JSON Lines, or of the one object. ``head``: see ``json_text``."""
    if head.startswith(b"{") and not is_spread(head):
        return [keys for part in head.split(b"\n", most)[:most] for keys in islice(outlines(part), 1)]
    return list(islice(outlines(head), most))


def top(keys: Keys) -> set[bytes]:
    """The keys of the object itself."""
    return {path[0] for path in keys if len(path) == 1}


def is_spread(head: bytes) -> bool:
    """Whether an object is written over several lines: then its first line ends where JSON must go on."""
    first, newline, _ = head.lstrip().partition(b"\n")
    return bool(newline) and first.rstrip().endswith((b"{", b"[", b",", b":"))


def outlines(head: bytes) -> Iterator[Keys]:
    """The paths of keys of each top-level object (or object in a top-level array), arrays not counted; linear."""
    paths: Keys = set()
    open_: list[bytes | None] = []  # the key under which each open object stands; None for an array
    path: tuple[bytes, ...] = ()
    key = b""
    for token in _TOKEN.finditer(head):
        mark = token[0]
        if mark == b"{":
            open_.append(key)
            if len(open_) <= 2 * DEPTH:
                path = tuple(k for k in open_ if k)
            key = b""
        elif mark == b"[":
            open_.append(None)
            # an array hands its key on to the objects in it
            if len(open_) <= 2 * DEPTH and key:
                open_[-1] = key
                path = tuple(k for k in open_ if k)
                key = b""
        elif mark in (b"}", b"]"):
            if open_:
                open_.pop()
                path = tuple(k for k in open_[: 2 * DEPTH] if k)
            if mark == b"}" and not any(k is not None for k in open_):
                yield paths
                paths = set()
            key = b""
        elif token[3]:
            key = token[1]
            if len(open_) <= 2 * DEPTH and len(path) < DEPTH:
                paths.add((*path, key))
        else:
            key = b""
    if paths:
        yield paths
