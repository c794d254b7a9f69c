"""Ways of damaging a file, each a function of the bytes and a random source; all are repeatable."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

Damage = Callable[[bytes, Random], bytes]
GIANT = "9" * 400
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**18, 2**63, 10**400, 1e308, "", " ", "\0", "\ud800", "NaN", "9" * 5000, [], {}, [[]], [None],
    {"": {"": []}}, {"id": {}}, "2015-13-45T99:99:99Z", "1e400", "<script>alert(1)</script>", "../../../etc/passwd",
    "http://" + "a" * 3000, "😀" * 500, "\u202e\u2066\n\r\t\x1b[31m",
)  # fmt: skip
BYTES = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"\\",
    b'"', b"'", b"<", b"]]>", b"&#0;", b"&x;", b"-->",
    b"\xf0\x9f", b"\x80", b"e+400", GIANT.encode(), b"[" * 3000, b"{" * 3000, b"<a>" * 3000, b"From ", b",",
    b";", b"%00",
)  # fmt: skip


def truncate(data: bytes, draw: Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def behead(data: bytes, draw: Random) -> bytes:
    return data[draw.randrange(len(data) + 1) :]


def flip_bits(data: bytes, draw: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def insert(data: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(BYTES) + data[at:]


def noise(data: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.randbytes(draw.choice((1, 16, 1000))) + data[at + draw.choice((0, 1, 16, 1000)) :]


def cut_out(data: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[at + draw.choice((1, 10, 100, 1000)) :]


def repeat(data: bytes, draw: Random) -> bytes:
    at, size = draw.randrange(len(data) + 1), draw.choice((1, 10, 100, 1000, len(data)))
    return data[:at] + data[at : at + size] * draw.choice((2, 3, 50)) + data[at + size :]


def change_number(data: bytes, draw: Random) -> bytes:
    """One number of the text made impossible."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return insert(data, draw)
    one = draw.choice(found)
    new = draw.choice((b"0", b"-1", b"1e999", b"5.24956e+17", b"18446744073709551616", GIANT.encode(), b"NaN"))
    return data[: one.start()] + new + data[one.end() :]


def wrong_type(data: bytes, draw: Random) -> bytes:
    """One value of a JSON text replaced by another kind of value; a JavaScript assignment before it stays."""
    start = re.search(rb"[\[{]", data)
    if start is None:
        return flip_bits(data, draw)
    prefix, body = data[: start.start()], data[start.start() :]
    try:
        value = json.loads(body)
        lines = None
    except (ValueError, RecursionError):
        lines = body.split(b"\n")
        which = draw.randrange(len(lines))
        try:
            value = json.loads(lines[which])
        except (ValueError, RecursionError):
            return flip_bits(data, draw)
    places = list(_places(value))
    if not places:
        return insert(data, draw)
    holder, key = draw.choice(places)
    if draw.random() < 0.15 and isinstance(holder, dict):
        del holder[key]
    elif draw.random() < 0.1:
        holder[key] = _deep(draw)
    else:
        holder[key] = draw.choice(ODD)
    text = json.dumps(value, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")
    if lines is None:
        return prefix + text
    lines[which] = text
    return prefix + b"\n".join(lines)


def _places(value: Any, most: int = 5000) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting and len(found) < most:
        one = waiting.pop()
        parts = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, part in parts:
            found.append((one, key))
            if isinstance(part, dict | list):
                waiting.append(part)
    return found


def _deep(draw: Random) -> Any:
    value: Any = 1
    for _ in range(draw.choice((50, 400))):
        value = [value] if draw.random() < 0.5 else {"a": value}
    return value


def odd_text(data: bytes, draw: Random) -> bytes:
    """What stands between two quotes, tags or commas replaced by something strange."""
    found = list(re.finditer(rb'(?<=[">,])[^">,<\n]{1,80}(?=["<,])', data))
    if not found:
        return insert(data, draw)
    one = draw.choice(found)
    new = str(draw.choice(ODD)).encode("utf-8", "surrogatepass")[:6000]
    return data[: one.start()] + new + data[one.end() :]


def nest(data: bytes, draw: Random) -> bytes:
    """The whole in very many brackets or elements."""
    opening, closing = draw.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>")))
    times = draw.choice((1, 5, 2000, 100_000))
    return opening * times + data + closing * times


def gzipped(data: bytes, draw: Random) -> bytes:
    """Packed, and mostly damaged afterwards."""
    packed = gzip.compress(data, mtime=0)
    return packed if draw.random() < 0.2 else draw.choice((truncate, flip_bits))(packed, draw)


def swap_lines(data: bytes, draw: Random) -> bytes:
    lines = data.split(b"\n")
    draw.shuffle(lines)
    return b"\n".join(lines)


DAMAGES: tuple[Damage, ...] = (
    truncate, behead, flip_bits, insert, noise, cut_out, repeat, change_number, wrong_type, wrong_type, wrong_type,
    odd_text, nest, swap_lines,
)  # fmt: skip


def damaged(data: bytes, draw: Random) -> tuple[bytes, str]:
    """The data with one to three kinds of damage, and which."""
    told = []
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        one = draw.choice(DAMAGES)
        data = one(data, draw)
        told.append(one.__name__)
        if len(data) > 4_000_000:
            data = data[:4_000_000]
    return data, "+".join(told)
