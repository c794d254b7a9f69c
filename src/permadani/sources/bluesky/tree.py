"""The records of a repository in the order of their keys: a walk through its Merkle search tree.

https://atproto.com/specs/repository: a node is ``{"l": link, "e": [{"p": …, "k": …, "v": record, "t": link}]}``; the
key of an entry shares its first ``p`` bytes with the one before. libipld's and atproto's readers give the blocks
without these keys, and without its key a post has no address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from permadani.sources.bluesky.car import Blocks, decode
from permadani.vocabulary import Problem

LONGEST_KEY = 1024
Step = tuple[str | None, bytes]
"""A record with its key, or (None) a node below."""


class Found(NamedTuple):
    """A record with its place, ``COLLECTION/KEY``."""

    collection: str
    key: str
    record: Any


class Tree:
    """Walks once; ``whole`` tells afterwards whether everything was there."""

    def __init__(self, blocks: Blocks, root: bytes) -> None:
        self._blocks, self._root = blocks, root
        self.whole = True

    def walk(self) -> Iterator[Found | Problem]:
        """Every record, without recursion; a node is entered once, so that rings and bombs come to an end."""
        steps: list[Iterator[Step]] = [iter([(None, self._root)])]
        last = ""
        while steps:
            step = next(steps[-1], None)
            if step is None:
                steps.pop()
                continue
            path, cid = step
            if path is None:
                below = self._node(cid)
                if isinstance(below, Problem):
                    self.whole = False
                    yield below
                else:
                    steps.append(self._entries(below))
            elif path == BROKEN:
                self.whole = False
                yield Problem(reason="broken_tree")
            elif path == last:
                yield Problem(reason="duplicate_id", place=path, lost=False)
            else:
                if path < last:
                    yield Problem(reason="broken_tree", place=path, lost=False)
                last = max(path, last)
                yield self._record(path, cid)

    def _node(self, cid: bytes) -> dict[str, Any] | Problem:
        block = self._blocks.get(cid)
        if block is None:
            return Problem(reason="missing_block", place="tree")
        if block[1]:
            return Problem(reason="broken_tree", example="a node stands in two places")
        node = _decoded(block[0])
        if not isinstance(node, dict) or not isinstance(node.get("e"), list):
            return Problem(reason="broken_tree", example="no node")
        return node

    @staticmethod
    def _entries(node: dict[str, Any]) -> Iterator[Step]:
        if isinstance(left := node.get("l"), bytes):
            yield None, left
        before = b""
        for entry in node["e"]:
            try:
                shared, rest, value, right = entry["p"], entry["k"], entry["v"], entry.get("t")
                fits = 0 <= shared <= len(before) and shared + len(rest) <= LONGEST_KEY
                before = before[:shared] + rest
                path = before.decode("ascii")
            except (TypeError, LookupError, AttributeError, ValueError):
                fits = False
            if not fits or not isinstance(value, bytes) or path.count("/") != 1:
                yield BROKEN, b""  # the keys after it cannot be told
                return
            yield path, value
            if isinstance(right, bytes):
                yield None, right

    def _record(self, path: str, cid: bytes) -> Found | Problem:
        block = self._blocks.get(cid)
        if block is None:
            self.whole = False
            return Problem(reason="missing_block", place=path)
        record = _decoded(block[0])
        if record is None:
            return Problem(reason="unreadable_record", place=path)
        collection, _, key = path.partition("/")
        return Found(collection, key, record)


BROKEN = ""
"""In place of the key of an entry that cannot be read."""


def _decoded(block: bytes) -> Any:
    try:
        return decode(block)
    except (ValueError, RecursionError):
        return None
