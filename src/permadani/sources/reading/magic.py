"""Pictures, films, sounds and fonts, told by their first bytes: exports are full of them, and none is a message."""

from __future__ import annotations

_BEGINS = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"%PDF-",
    b"wOFF", b"wOF2", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00",
)  # fmt: skip


def is_media(head: bytes) -> bool:
    """Whether these are the first bytes of a picture, film, sound, font or PDF."""
    return head.startswith(_BEGINS) or head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in _RIFF)


_RIFF = (b"WEBP", b"WAVE", b"AVI ")
