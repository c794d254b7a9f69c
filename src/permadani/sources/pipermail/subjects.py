"""Conversations by subject, for answers whose program named nothing that they answer."""

from __future__ import annotations

import re

DAYS = 30 * 86_400_000_000
"""An answer by its subject alone belongs to a conversation that began at most this long before."""
MOST = 20_000
_RE, _TAG = r"(?:re|aw|sv|vs|antw|balas|odp|r[eé]f)\s?(?:\[\d{1,3}\])?\s?[:：]\s*+", r"\[[^\[\]]{1,60}\]\s*+"
_PREFIX = re.compile(rf"\s*+(?:{_RE}|{_TAG})", re.IGNORECASE)
_ANSWER = re.compile(rf"\s*+(?:{_TAG})*+{_RE}", re.IGNORECASE)


def plain_subject(subject: str) -> str:
    """A subject without "Re:" and the tag of the list."""
    while found := _PREFIX.match(subject):
        subject = subject[found.end() :]
    return " ".join(subject.split())


class Subjects:
    """The message that opened each conversation of this file, by its subject."""

    def __init__(self) -> None:
        self._openings: dict[str, tuple[str, int]] = {}

    def saw(self, subject: str, id: str, published: int, *, opens: bool) -> None:
        """Remember a message that opens a conversation, or is the first known of one."""
        key = plain_subject(subject).casefold()
        known = self._openings.get(key)
        if not key or (known is not None and not opens and published - known[1] <= DAYS):
            return
        if len(self._openings) >= MOST:
            del self._openings[next(iter(self._openings))]
        self._openings[key] = (id, published)

    def parent(self, subject: str, published: int) -> str | None:
        """The opening of the conversation that a message with "Re:" belongs to by its subject, or None."""
        if not _ANSWER.match(subject):
            return None
        known = self._openings.get(plain_subject(subject).casefold())
        return known[0] if known is not None and 0 <= published - known[1] <= DAYS else None
