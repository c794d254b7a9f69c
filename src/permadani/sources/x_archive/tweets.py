"""tweets.js, community-tweet.js, deleted-tweets.js, and the months of the archives before 2019."""

from __future__ import annotations

from collections.abc import Iterator

from permadani.errors import UnexpectedEnd
from permadani.sources.base import ReadOptions
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.jsonrecords import example, pieces
from permadani.sources.x.shapes import FloatMangled, moment, number, words
from permadani.sources.x_archive.archive import around, needed, owner_beside
from permadani.sources.x_archive.kinds import DELETED, MONTH, TWEETS, Kind, nothing
from permadani.sources.x_archive.notes import Notes
from permadani.sources.x_archive.originals import is_reshare, original, quoted
from permadani.sources.x_archive.reading import Timeline, mangled
from permadani.sources.x_archive.shapes import TWEET, ArchiveTweet, decoded, second_of
from permadani.sources.x_archive.versions import versions
from permadani.vocabulary import Record

MOST_HELD = 10_000
"""Earlier versions of edited tweets that are kept until the last one comes."""


def read_tweets(file: InputFile, kind: Kind, options: ReadOptions) -> Iterator[Record]:
    """Records of every tweet; coverage where the file is meant to hold all of the owner's tweets.

    Raises: see ``Source.read``.
    """
    owner = owner_beside(file, options)
    reading = _Reading(file, kind, Timeline(owner if kind.name == MONTH else needed(owner, options)))
    timeline, records = reading.timeline, reading.timeline.records
    cut: UnexpectedEnd | None = None
    try:
        for records.place, raw in pieces(file, kind.skip):
            if raw != b";":
                reading.take(raw)
                yield from records.out
                records.out.clear()
        reading.finish()
    except UnexpectedEnd as error:
        cut = error
        reading.release()
    except FloatMangled as error:
        raise mangled(error, records.place) from None
    yield from records.out
    if kind.name in TWEETS or kind.name == MONTH:
        yield from timeline.claims(around(file, kind))
    if cut is not None:
        raise cut
    if timeline.entries == 0:
        yield nothing(kind)
    timeline.refuse_if_empty()


class _Reading:
    """One file: what is known of its tweets before they are read, and what waits."""

    def __init__(self, file: InputFile, kind: Kind, timeline: Timeline) -> None:
        self.timeline, self._deleted = timeline, kind.name in DELETED
        current = kind.name != MONTH
        self._versions = versions(file) if current else {}
        self._notes = Notes.beside(file) if current and not self._deleted else Notes()
        # where there are other parts, they may have the tweets whose long texts are left here
        part_of_many = kind.part > 0 or file.beside("tweets-part1.js") is not None
        self._tells_left = kind.name in TWEETS and not part_of_many
        self._held: dict[str, ArchiveTweet] = {}
        self._done: set[str] = set()

    def take(self, raw: bytes) -> None:
        """One entry."""
        self.timeline.entries += 1
        records = self.timeline.records
        entry, reason = decoded(TWEET, raw)
        if reason is not None:
            records.problem(reason, example(raw), lost=entry is None)
        if entry is None:
            return
        tweet = entry.tweet or entry
        key = number(tweet.id_str, tweet.id)
        if key is None and tweet.created_at is None and tweet.full_text is None and tweet.text is None:
            records.problem("not_a_tweet", example(raw))
        elif key is not None and (ids := self._versions.get(key)) is not None:
            self._edited(tweet, key, ids)
        else:
            self._add(tweet)

    def _edited(self, tweet: ArchiveTweet, key: str, ids: tuple[str, str]) -> None:
        """Of all versions one message: the last one's text and id, the first one's time."""
        first, last = ids
        published = moment(tweet.created_at)
        whole = self._notes.whole(_text(tweet), published) if published is not None else None
        tweet.full_text = whole or tweet.full_text
        tweet.created_at = second_of(first) or tweet.created_at
        if key == last:
            self._held.pop(last, None)
            self._done.add(last)
            self._add(tweet)
            return
        self.timeline.records.problem("older_version", f"tweet {key}", lost=False)
        if last in self._done:
            return
        held = self._held.get(last)
        if held is None or int(number(held.id_str, held.id) or 0) < int(key):
            self._held[last] = tweet
        if len(self._held) > MOST_HELD:
            self._release(next(iter(self._held)))

    def _release(self, last: str) -> None:
        tweet = self._held.pop(last)
        tweet.id_str = last
        self._add(tweet)

    def _add(self, tweet: ArchiveTweet) -> None:
        if self._deleted and (tweet.retweeted_status is not None or is_reshare(tweet)):
            self.timeline.records.tweets += 1
            self.timeline.records.problem("deleted_upstream", _text(tweet).partition(":")[0], lost=False)
            return
        if tweet.retweeted_status is None and is_reshare(tweet):
            tweet.retweeted_status = original(tweet)
            if tweet.retweeted_status is None:
                self._unknown(tweet)
                return
        parent = number(tweet.in_reply_to_status_id_str, tweet.in_reply_to_status_id)
        if parent is not None and parent in self._versions:
            tweet.in_reply_to_status_id_str = self._versions[parent][1]
        tweet.quoted_status_id_str = quoted(tweet)
        published = moment(tweet.created_at)
        if published is not None and (whole := self._notes.whole(_text(tweet), published)):
            tweet.full_text = whole
        self.timeline.add(tweet, deleted=self._deleted)

    def _unknown(self, tweet: ArchiveTweet) -> None:
        """A reshare of a tweet whose id nothing tells: not invented, but counted, and the owner was there."""
        records, key = self.timeline.records, number(tweet.id_str, tweet.id)
        published = records.time(key, tweet.created_at) if key else None
        if key is None or published is None:
            records.problem("missing_id" if key is None else "unparsable_time", _text(tweet))
            return
        records.tweet(key, published, nested=False)
        records.problem("reshare_without_original", _text(tweet).partition(":")[0], lost=False)

    def release(self) -> None:
        """Earlier versions whose last one never came."""
        for last in list(self._held):
            self._release(last)

    def finish(self) -> None:
        self.release()
        records = self.timeline.records
        if self._tells_left:
            records.place = "note-tweet.js"
            for _ in range(self._notes.unreadable):
                records.problem("unreadable_note", lost=False)
            for text in self._notes.left():
                records.problem("note_without_tweet", text, lost=False)


def _text(tweet: ArchiveTweet) -> str:
    return words(tweet.full_text or tweet.text) or ""
