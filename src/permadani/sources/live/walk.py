"""Reading an account back in time: what it wrote, and what came under each of its messages. A walk

1. reads what is new since the last run, and the conversations of the last weeks whose counts changed;
2. then goes further back, one page and its conversations after the other.

After each page it claims what is known by then: that everything the account wrote since the oldest page was seen, and
everything that came under its messages since ``LATE`` after that (a reply may come late under a message that was not
read). Whoever stops in between has a whole, shorter stretch.

Two things would make an account look better than it is, and are left out. Who is answered is seen through the answer
also under a message whose conversation is not read; who is not answered there is not seen. And a list that breaks off
is no beginning: it is believed only if it is about as long as the server itself says.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from permadani.errors import BadAnswer, BadStatus, FetchError
from permadani.language import N_
from permadani.sources.live.base import FetchOptions, Page, State
from permadani.sources.live.cursors import Cursors
from permadani.sources.live.timeline import Conversation, Entry, Stretch, Timeline
from permadani.vocabulary import Addressed, Completeness, Coverage, Direction, Object, Problem, Record

DAY = 86_400_000_000
LATE = 14 * DAY
"""Conversations are read again for this long, and what comes later under an older message is not claimed."""
TOLERATED = 0.01
"""With a larger share of replies not shown, what came under the messages is partial."""
LISTED = 0.98
"""A list that holds this share of what the server counts is whole: counts lag behind deletions."""
MOST_REMEMBERED = 20_000
MOST_FAILURES = 3
"""Conversations in a row that cannot be read."""
MOST_AGAIN = 20
"""Conversations that could not be read before and are tried again in one run."""
GONE = (404, 410)


class Walked(msgspec.Struct):
    """What a walk remembers between runs."""

    until: int | None = None
    """Up to here everything is read; None before the first page."""
    oldest: int | None = None
    """Back to here everything is read."""
    begun: int | None = None
    """The earliest message met: the beginning, where the end of the list is reached."""
    older: str | None = None
    at_end: bool = False
    total: int | None = None
    """How many messages the account had when the walk began, as the server counts."""
    listed: int = 0
    """How many of them the pages held that were read by now."""
    counts: dict[str, int | None] = {}
    """Replies of messages whose conversation was read, as the server counted them then."""
    seen: dict[str, tuple[str, int]] = {}
    """Own messages and replies of the last weeks, with author and time: what is missing later was deleted."""
    under: dict[str, list[str]] = {}
    """The replies in each of those conversations."""
    doing: list[str] = []
    """The messages of the older page that is being read: after an interruption it goes on behind those that were."""
    replies: int = 0
    """How many replies were seen."""
    cut: dict[str, int] = {}
    """How many the server does not show, by conversation."""
    failed: dict[str, tuple[int, int | None]] = {}
    """Conversations that could not be read at all, with time and replies of their messages: they are tried again."""
    unasked: int = 0
    """Messages whose conversations were not read because the server counts no replies."""
    miscounted: bool = False
    """Whether there were replies where the server counts none: then it is not believed any more."""
    apart: list[str] = []
    """Replies that were met beside their answers; they are kept when their conversation is read."""
    named: tuple[int, int] | None = None
    """From when to when all that names the account elsewhere was read."""


class Walk:
    """One run over one timeline."""

    def __init__(self, timeline: Timeline, state: State | None, options: FetchOptions) -> None:
        self._timeline, self._options = timeline, options
        self._walked = msgspec.convert(state, Walked) if state else Walked(total=timeline.total)
        self._failures = 0
        self._answered: set[str] = set()
        self._apart: dict[str, list[Record]] = {}

    def pages(self) -> Iterator[Page]:
        """Pages as ``Door.pages`` yields them. The state must come back as it was given out."""
        if self._walked.until is not None:
            yield from self._news(self._walked.until)
            yield from self._again()
        self._walked.until = self._options.now
        yield from self._back()
        if apart := self._walked.apart:
            self._walked.apart = []
            yield self._kept([Problem(reason="conversation_not_read", place=id, lost=False) for id in apart], "")

    def _news(self, before: int) -> Iterator[Page]:
        """What is new since the last run, and what changed in the last weeks."""
        met: set[str] = set()
        read_to = 0 if self._walked.at_end else self._walked.oldest or 0
        older, floor, cursors, listed = None, max(before - LATE, read_to), Cursors(), 0
        while True:
            stretch = self._timeline.page(older)
            met.update(entry.id for entry in stretch.entries)
            listed += stretch.counted
            yield self._kept(self._unread_apart(stretch), f"{len(met):,}")
            yield from self._conversations([entry for entry in stretch.entries if entry.published >= floor])
            yield self._kept(self._timeline.rest(), "")
            if stretch.oldest is not None and stretch.oldest < floor:
                break
            if stretch.older is None:
                self._must_be_whole(listed)
                break
            older = cursors.new(stretch.older)
        start = floor if stretch.older is not None else 0
        own = {
            id: told for id, told in self._walked.seen.items()
            if told[0] == self._timeline.actor and start <= told[1] <= before and id not in met
        }  # fmt: skip
        if own:
            yield self._kept(self._gone(own), "")
        self._forget_old()

    def _must_be_whole(self, listed: int) -> None:
        """The list ended before it came to what is known: either much was deleted, and the server counts less too, or
        the server is out of order."""
        total = self._timeline.total
        if listed < LISTED * self._walked.listed - 2 and (total is None or listed < LISTED * total - 2):
            raise BadAnswer(
                N_("the server lists {listed} messages of the account; {known} are known"),
                hint=N_("What was read before is kept; try again later."), listed=listed, known=self._walked.listed,
            )  # fmt: skip

    def _back(self) -> Iterator[Page]:
        """Further back, page by page, to the beginning or to where the user wants to stop."""
        walked, cursors = self._walked, Cursors()
        while not walked.at_end and (walked.oldest is None or walked.oldest > self._options.since):
            stretch = self._timeline.page(walked.older)
            walked.doing = [entry.id for entry in stretch.entries]
            yield self._kept(self._unread_apart(stretch), f"{len(stretch.entries):,}")
            yield from self._conversations(stretch.entries)
            records = self._timeline.rest()
            walked.doing = []
            met = [entry.published for entry in stretch.entries] + ([walked.begun] if walked.begun is not None else [])
            walked.begun = min(met, default=None)
            if stretch.oldest is not None:
                walked.oldest = stretch.oldest if walked.oldest is None else min(walked.oldest, stretch.oldest)
            if stretch.older is None:
                records += self._ended(walked.listed + stretch.counted)
                if not walked.at_end:  # asked for again by the next run, but not all that is under it
                    walked.doing = [entry.id for entry in stretch.entries]
            else:
                walked.listed += stretch.counted
                walked.older = cursors.new(stretch.older)
            self._forget_old()
            yield self._kept([*records, *self._claims()], "")
            if stretch.older is None:
                return
        yield self._kept(self._claims(), "")

    def _ended(self, listed: int) -> list[Record]:
        """The list has no further page: the beginning of the account, if it is about as long as the server says. If
        not, its last page is asked for again by the next run, and nothing is claimed of what may lie before."""
        total = self._walked.total
        if (total is None and listed) or (total is not None and listed >= LISTED * total - 2):
            self._walked.at_end, self._walked.listed = True, listed
            return []
        return [
            Problem(reason="list_ends_early", place=self._timeline.actor, example=f"{listed:,} / {total}", lost=False)
        ]

    def _unread_apart(self, stretch: Stretch) -> list[Record]:
        """The records of a page without replies to the account that stand on it only because they were answered. They
        are kept once their conversation is read, beside those that were not answered."""
        told, walked = list[Record](), self._walked
        for one in stretch.records:
            parent = one.in_reply_to if type(one) is Object and one.actor != self._timeline.actor else None
            if (
                type(one) is Object
                and parent is not None
                and self._timeline.owns(parent)
                and not self._was_read(parent)
            ):
                self._answered.add(parent)
                self._apart.setdefault(one.id, []).append(one)
                if one.id not in walked.apart:
                    walked.apart.append(one.id)
            elif type(one) is Addressed and one.object in self._apart:
                self._apart[one.object].append(one)
            else:
                told.append(one)
        return told

    def _was_read(self, id: str) -> bool:
        """Whether the conversation under a message was read, as far as is remembered."""
        return id in self._walked.under or bool(self._walked.counts.get(id))

    # -- conversations ------------------------------------------------------------------------------------------

    def _conversations(self, entries: list[Entry]) -> Iterator[Page]:
        for entry in entries:
            self._walked.seen[entry.id] = (self._timeline.actor, entry.published)
            if entry.id in self._walked.failed or not self._changed(entry):
                continue
            try:
                yield self._conversation(entry)
            except (BadStatus, BadAnswer) as error:
                self._walked.failed[entry.id] = (entry.published, entry.replies)
                told: list[Record] = [Problem(reason="conversation_unreadable", place=entry.id, example=error.text())]
                yield self._kept(told, entry.id)
                self._failures += 1
                if self._failures >= MOST_FAILURES:  # it is the server that fails: nothing is gained by asking on
                    raise
            else:
                self._failures = 0

    def _changed(self, entry: Entry) -> bool:
        """Whether a conversation has to be read. A count of none is not believed where somebody was answered, nor where
        it was wrong before."""
        walked = self._walked
        if entry.replies == 0 and entry.id not in walked.under:
            if walked.miscounted or entry.id in self._answered:
                return True
            if entry.id not in walked.counts:
                walked.unasked += 1
                walked.counts[entry.id] = 0
        return entry.id not in walked.counts or walked.counts[entry.id] != entry.replies

    def _again(self) -> Iterator[Page]:
        """What could not be read before. Whatever stays unreadable holds nobody up."""
        failures = 0
        for id, told in list(self._walked.failed.items())[:MOST_AGAIN]:
            try:
                page = self._conversation(Entry(id, *told))
            except (BadStatus, BadAnswer):
                failures += 1
                if failures >= MOST_FAILURES:
                    return
                self._walked.failed[id] = self._walked.failed.pop(id)  # others get their turn before
            else:
                yield page

    def _conversation(self, entry: Entry) -> Page:
        """Read a conversation and remember what was in it."""
        walked, found = self._walked, self._read(entry)
        known = walked.under.get(entry.id, [])
        missing = {id: walked.seen[id] for id in known if id in walked.seen and id not in found.replies}
        asked = missing and (not found.missing or len(missing) <= MOST_AGAIN)  # each is asked for by name
        records = [*found.records, *(self._gone(missing) if asked else [])]
        records += [one for id in found.replies for one in self._apart.pop(id, ())]
        walked.apart = [id for id in walked.apart if id not in found.replies]
        walked.failed.pop(entry.id, None)
        walked.cut.pop(entry.id, None)
        if found.missing:
            walked.cut[entry.id] = found.missing
        walked.miscounted |= entry.replies == 0 and bool(found.replies)
        walked.replies += max(0, len(found.replies) - len(known))
        walked.counts[entry.id] = entry.replies
        walked.under[entry.id] = list(found.replies)
        walked.seen.update(found.replies)
        return self._kept(records, entry.id)

    def _read(self, entry: Entry) -> Conversation:
        """A conversation; of a message that was deleted since it was listed, that it is gone."""
        try:
            return self._timeline.conversation(entry)
        except BadStatus as error:
            if error.status not in GONE:
                raise
            deleted = self._gone({entry.id: (self._timeline.actor, entry.published)})
            if not deleted:  # it is there: what is under it is only not shown, and none of it was read
                raise
            return Conversation(deleted)

    def _gone(self, missing: dict[str, tuple[str, int]]) -> list[Record]:
        """The bare rows of what was deleted. A server that is out of order may say of anything that it does not exist:
        it is believed only if it still lists something of the account."""
        records = self._timeline.gone(missing)
        if records and self._timeline.page(None).oldest is None:
            raise FetchError(
                N_("the server lists nothing of the account any more"),
                hint=N_("What was read before is kept; try again later."),
            )
        for id in missing:
            self._walked.seen.pop(id, None)
        return records

    def _forget_old(self) -> None:
        """What is older than the weeks in which conversations are read again need not be remembered."""
        walked, limit = self._walked, self._options.now - LATE
        kept = {id for id, (_, published) in walked.seen.items() if published >= limit}
        for id in list(walked.under):
            if id not in kept:
                kept.difference_update(walked.under.pop(id))
        for id in sorted(kept, key=lambda id: walked.seen[id][1])[:-MOST_REMEMBERED]:
            kept.discard(id)
            kept.difference_update(walked.under.pop(id, ()))
        walked.seen = {id: told for id, told in walked.seen.items() if id in kept}
        doing = set(walked.doing)
        walked.counts = {id: count for id, count in walked.counts.items() if id in kept or id in doing}
        walked.under = {id: [one for one in under if one in kept] for id, under in walked.under.items()}

    # -- what is known ------------------------------------------------------------------------------------------

    def _kept(self, records: list[Record], reading: str) -> Page:
        return Page(records, msgspec.to_builtins(self._walked), reading)

    def _claims(self) -> list[Record]:
        """All that may be said by now; it takes the place of what was said before."""
        walked, timeline = self._walked, self._timeline
        assert walked.until is not None  # noqa: S101
        until = walked.until
        first = walked.oldest if walked.oldest is not None else until
        if walked.at_end:
            first = min([first, *(time for time in (walked.begun, timeline.created) if time is not None)])
        under = first if walked.at_end else first + LATE
        if timeline.mentions_since is not None:
            walked.named = (timeline.mentions_since, until)
        begin, end = walked.named or (until, until)
        begin, end = max(first, begin), max(first, end)
        told: tuple[tuple[Direction, int, int, Completeness], ...] = (
            ("outbound", first, until, "complete"),
            ("inbound", under if under < until else first, until, "complete" if self._whole(under) else "partial"),
            ("mentions", first, begin, "none"),
            ("mentions", begin, end, "complete"),
            ("mentions", end, until, "none"),
        )
        return [
            Coverage(
                actor=timeline.actor, channel=timeline.channel, direction=direction, since=since, until=to,
                completeness=how, basis=timeline.basis,
            )
            for direction, since, to, how in told if since < to
        ]  # fmt: skip

    def _whole(self, under: int) -> bool:
        walked = self._walked
        missing = sum(walked.cut.values()) + sum(max(1, replies or 1) for _, replies in walked.failed.values())
        missing += walked.unasked if walked.miscounted else 0
        return under < (walked.until or 0) and missing <= TOLERATED * (walked.replies + missing)
