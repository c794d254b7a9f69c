"""Bodies that are read no further than they may be, unpacked here: httpx would unpack a whole piece at once, and 64 kB
of a hostile one hold 64 MB."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from permadani.errors import BadAnswer
from permadani.language import N_
from permadani.sources.http.wire import Reply

PIECE = 65_536
_MEMBERS = 1000


def pieces(reply: Reply, limit: int, host: str) -> Iterator[bytes]:
    """The body, unpacked, in pieces of 64 kB at most. Raises BadAnswer before it gives more than ``limit`` bytes."""
    told = reply.headers.get("content-length", "")
    if told.isdecimal() and int(told[:20]) > limit:
        raise too_large(host, limit)
    packing = reply.headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        body = iter(reply.body)
    elif packing in ("gzip", "x-gzip"):
        body = _unpacked(reply, limit, host)
    else:
        raise BadAnswer(N_("{host} packed its answer in a way that was not asked for"), host=host)
    total = 0
    for piece in body:
        total += len(piece)
        if total > limit:
            raise too_large(host, limit)
        yield piece


def too_large(host: str, limit: int) -> BadAnswer:
    return BadAnswer(N_("{host} sent more than {limit} bytes at once"), host=host, limit=limit)


def _unpacked(reply: Reply, limit: int, host: str) -> Iterator[bytes]:
    unpacker, members, received = zlib.decompressobj(31), 1, 0
    for packed in reply.body:
        received += len(packed)
        if received > limit + PIECE:  # members without content
            raise too_large(host, limit)
        rest = packed
        while rest:
            if unpacker.eof:
                if not rest.startswith(b"\x1f") or members == _MEMBERS:  # padding, or a game
                    break
                unpacker, members = zlib.decompressobj(31), members + 1
            try:
                piece = unpacker.decompress(rest, PIECE)
            except zlib.error:
                raise BadAnswer(N_("{host} sent a packed answer that is damaged"), host=host) from None
            if piece:
                yield piece
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if received and not unpacker.eof:
        if piece := unpacker.flush():
            yield piece
        if not unpacker.eof:
            raise BadAnswer(N_("{host} sent a packed answer that is damaged"), host=host)
