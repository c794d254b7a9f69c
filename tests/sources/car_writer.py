"""Repositories of Bluesky as CAR files, written from their records: for tests and measurements.

Independent of what reads them: its own encoder, and trees as https://atproto.com/specs/repository describes them (a
test compares their roots with those of real repositories).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


class Cid(bytes):
    """A link to a block, as it stands in a CAR file (without the zero before it)."""


def encode(value: Any) -> bytes:
    """DAG-CBOR."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, Cid):
        return b"\xd8\x2a" + encode(b"\0" + bytes(value))
    if isinstance(value, bytes | str):
        raw = value.encode() if isinstance(value, str) else value
        return _head(2 + isinstance(value, str), len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(encode, value))
    keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
    return _head(5, len(keys)) + b"".join(encode(key) + encode(value[key]) for key in keys)


def _head(major: int, number: int) -> bytes:
    for limit, mark, width in ((24, number, 0), (1 << 8, 24, 1), (1 << 16, 25, 2), (1 << 32, 26, 4)):
        if number < limit:
            return bytes([major << 5 | mark]) + (number.to_bytes(width) if width else b"")
    return bytes([major << 5 | 27]) + number.to_bytes(8)


def cid_of(block: bytes) -> Cid:
    return Cid(b"\x01\x71\x12\x20" + sha256(block).digest())


def varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def section(block: bytes, cid: bytes | None = None) -> bytes:
    """A block with its name before it and its length before both."""
    cid = cid_of(block) if cid is None else cid
    return varint(len(cid) + len(block)) + cid + block


def car(roots: list[bytes], blocks: list[bytes]) -> bytes:
    """A file of whole blocks."""
    header = encode({"version": 1, "roots": [Cid(root) for root in roots]})
    return varint(len(header)) + header + b"".join(map(section, blocks))


def tid(microseconds: int, clock: int = 0) -> str:
    """The record key of a moment."""
    number, out = microseconds << 10 | clock, ""
    for _ in range(13):
        number, rest = divmod(number, 32)
        out = DIGITS[rest] + out
    return out


def layer(key: str) -> int:
    """How high in the tree a key stands: the pairs of zero bits that its hash begins with."""
    digest = int.from_bytes(sha256(key.encode()).digest())
    return (256 - digest.bit_length()) // 2


def tree(leaves: dict[str, Cid]) -> tuple[Cid, list[bytes]]:
    """The root of the tree of all records, and its nodes."""
    nodes: list[bytes] = []
    keys = sorted(leaves)
    layers = [layer(key) for key in keys]

    def node(begin: int, end: int, height: int) -> Cid:
        here = [n for n in range(begin, end) if layers[n] == height]
        edges = [begin, *(n + 1 for n in here)], [*here, end]
        below = [node(a, b, height - 1) if a < b else None for a, b in zip(*edges, strict=True)]
        entries, before = [], b""
        for n, right in zip(here, below[1:], strict=True):
            key = keys[n].encode()
            shared = next((i for i, (a, b) in enumerate(zip(before, key, strict=False)) if a != b),
                          min(len(before), len(key)))  # fmt: skip
            entries.append({"p": shared, "k": key[shared:], "v": leaves[keys[n]], "t": right})
            before = key
        nodes.append(encode({"l": below[0], "e": entries}))
        return cid_of(nodes[-1])

    root = node(0, len(keys), max(layers, default=0))
    return root, nodes


def repository(did: str, records: dict[str, Any], rev: str | None = None, **commit: Any) -> tuple[Cid, list[bytes]]:
    """The root of a repository and its blocks, commit first. ``records``: by ``COLLECTION/KEY``."""
    bodies = {path: encode(record) for path, record in records.items()}
    root, nodes = tree({path: cid_of(body) for path, body in bodies.items()})
    signed: dict[str, Any] = {"did": did, "version": 3, "data": root, "prev": None, "sig": bytes(64), **commit}
    if rev is not None:
        signed["rev"] = rev
    first = encode(signed)
    return cid_of(first), [first, *nodes, *dict.fromkeys(bodies.values())]


def repository_file(did: str, records: dict[str, Any], rev: str | None = None, **commit: Any) -> bytes:
    root, blocks = repository(did, records, rev, **commit)
    return car([root], blocks)
