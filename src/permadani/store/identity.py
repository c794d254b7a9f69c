"""URIs to 64-bit ids: the one place where hashing happens (joins on strings cost 2.2 times as much)."""

from __future__ import annotations

from hashlib import blake2b

LOST_URI = "permadani:id/"
"""``permadani:id/NUMBER`` stands for an id whose URI was erased; it hashes to that number, so exports stay closed."""


def identify(uri: str) -> int:
    """The signed 64-bit id of a URI: blake2b with 8 bytes, little-endian, of its UTF-8 form."""
    if is_lost(uri):
        return int(uri[len(LOST_URI) :])
    digest = blake2b(uri.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def is_lost(uri: str) -> bool:
    """Whether this only stands for an id whose URI is not known; it is no URI to keep, and collides with none."""
    if not uri.startswith(LOST_URI):
        return False
    try:
        number = int(uri[len(LOST_URI) :])
    except ValueError:
        return False
    return -(2**63) <= number < 2**63 and uri == f"{LOST_URI}{number}"
