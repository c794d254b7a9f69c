"""What the files with tweets have in common: tweets become API v1.1's, then what source x makes of them."""

from __future__ import annotations

from typing import Any

import msgspec

from permadani.errors import Unreadable
from permadani.language import N_
from permadani.sources.reading.markup import display_name
from permadani.sources.x.records import CHANNEL, Records
from permadani.sources.x.shapes import Tweet, User, moment, number
from permadani.sources.x.v1 import add_status
from permadani.sources.x_archive.archive import Around, Owner
from permadani.sources.x_archive.shapes import second_of, utc
from permadani.vocabulary import Coverage, Object, Record, account

INBOUND = "archives hold only what their owner wrote"
COMPLETE = "archive of all the owner's tweets"
PARTIAL = "part of an archive of the owner's tweets"
MIDNIGHT = "T00:00:00Z"


def mangled(error: Exception, place: str) -> Unreadable:
    """Ids that went through floats: nothing of the file can be used."""
    return Unreadable(
        N_("ids in it passed through floating-point numbers ({example}, {place}); they are lost"),
        hint=N_("Without ids no reply finds its tweet. Use the file as it came, not as a spreadsheet saved it."),
        example=error,
        place=place,
    )


class Timeline:
    """The tweets of one file on their way to records. ``owner`` is None where each tweet has to tell its author."""

    def __init__(self, owner: Owner | None) -> None:
        self.owner = owner
        self.records = Records()
        self.entries = 0

    def add(self, tweet: Tweet, *, deleted: bool = False) -> None:
        """A tweet with all that the file tells of it. The text of a deleted one is not kept."""
        records = self.records
        self._complete(tweet)
        if tweet.retweeted_status is not None:
            self._complete(tweet.retweeted_status)
        if isinstance(tweet.created_at, str) and tweet.created_at.endswith(MIDNIGHT) and moment(tweet.created_at):
            key = number(tweet.id_str, tweet.id)
            if key and second_of(key) is None:  # archives of 2012 and 2013: before November 2010 only the day is told
                records.problem("only_day_known", f"tweet {key}", lost=False)
        if self.owner is None and tweet.user is not None and (key := number(tweet.user.id_str, tweet.user.id)):
            self.owner = Owner(key, tweet.user.screen_name, tweet.user.name)
        if tweet.user is None and self.owner is not None:
            tweet.user = self.owner.user()
        if deleted:
            tweet.full_text = tweet.text = tweet.extended_tweet = None
        before = len(records.out)
        add_status(records, tweet)
        if deleted:
            records.out[before:] = [
                msgspec.structs.replace(record, deleted=True) if isinstance(record, Object) else record
                for record in records.out[before:]
            ]

    @staticmethod
    def _complete(tweet: Tweet) -> None:
        tweet.created_at = utc(tweet.created_at)
        if tweet.user is not None and tweet.user.name:
            tweet.user = msgspec.structs.replace(tweet.user, name=display_name(tweet.user.name))

    def claims(self, known: Around) -> list[Record]:
        """The owner's own side, from the first tweet to the making of the archive; nothing of what others wrote."""
        span = self.records.span
        since, until = span.since, span.until
        if self.owner is None or since is None or until is None:
            return []
        missing = known.expected is not None and self.entries < known.expected
        complete = known.whole is not False and not missing
        if complete and known.whole and known.generated is not None:
            until = max(until, known.generated) if span.impossible(known.generated) is None else until
        common: dict[str, Any] = {"actor": account(CHANNEL, self.owner.key), "channel": CHANNEL, "since": since}
        common["until"] = until
        return [
            Coverage(direction="inbound", completeness="none", basis=INBOUND, **common),
            Coverage(
                direction="outbound",
                completeness="complete" if complete else "partial",
                basis=COMPLETE if complete else PARTIAL,
                **common,
            ),
        ]

    def refuse_if_empty(self) -> None:
        """A file in which no tweet could be read at all."""
        if self.records.tweets == 0 and (loss := self.records.first_loss) is not None:
            raise Unreadable(
                N_("no tweet in it could be read (first: {reason}, {place})"), reason=loss.reason, place=loss.place
            )


def unknown_user(key: str | None) -> User | None:
    """Somebody of whom only the number is told."""
    return User(id_str=key) if key else None
