"""Long texts (more than 280 characters, since 2023): note-tweet.js has them, with another id and the tweet's time."""

from __future__ import annotations

import re
from collections import defaultdict

from permadani.errors import InputError
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import pieces
from permadani.sources.x.shapes import moment
from permadani.sources.x_archive.kinds import kind_of
from permadani.sources.x_archive.shapes import NOTE, decoded

MOST_CHARACTERS = 64_000_000
MOST_AT_ONCE = 100
"""More long texts of one second are not compared: nobody writes them, and comparing would take hours."""
_CALLS = re.compile(r"(?:@\w{1,50}\s+)+")
_LINK = re.compile(r"https?://\S+")


def _key(text: str) -> str:
    """What is the same in a tweet and its long text: without links and the sign that it is cut."""
    return " ".join(_LINK.sub(" ", text.removesuffix("…")).split()).rstrip("…")


class Notes:
    """The long texts beside a file, by the second in which they were published."""

    def __init__(self) -> None:
        self._by_second: dict[int, list[str]] = defaultdict(list)
        self.unreadable = 0

    @classmethod
    def beside(cls, file: InputFile) -> Notes:
        notes = cls()
        other, number = file.beside("note-tweet.js"), 0
        while other is not None:
            notes._read(other)
            number += 1
            other = file.beside(f"note-tweet-part{number}.js")
        return notes

    def _read(self, file: InputFile) -> None:
        room = MOST_CHARACTERS
        try:
            kind = kind_of(file.head)
            for _, raw in pieces(file, kind.skip if kind else 0):
                if raw == b";":
                    continue
                entry = decoded(NOTE, raw)[0]
                note = entry.noteTweet if entry is not None else None
                time = moment(note.createdAt) if note is not None else None
                text = note.core.text if note is not None and note.core is not None else None
                room -= len(text or "")
                if time is not None and text and room > 0:
                    self._by_second[time // 1_000_000].append(text)
                else:
                    self.unreadable += 1
        except InputError:
            self.unreadable += 1

    def whole(self, text: str, published: int) -> str | None:
        """The long text of a tweet: of the same second, and beginning as it does; None where there is none, or not one
        alone. The people called before a reply's text are no part of the long text and put before it again."""
        waiting = self._by_second.get(published // 1_000_000)
        if not waiting or len(waiting) > MOST_AT_ONCE:
            return None
        calls = _CALLS.match(text)
        for before in ("", calls[0]) if calls else ("",):
            begin = _key(text[len(before) :])
            fitting = [note for note in waiting if begin and _key(note).startswith(begin)]
            if len(fitting) == 1:
                waiting.remove(fitting[0])
                return before + fitting[0]
        return None

    def left(self) -> list[str]:
        """The texts whose tweet was not found."""
        return [text for texts in self._by_second.values() for text in texts]
