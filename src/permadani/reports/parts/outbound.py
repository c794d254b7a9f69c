"""Whom an account replies to, from its own messages alone, as pages and terminals tell it. No rate, no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from permadani.findings.results import Hours, Outbound, OutboundYear
from permadani.language import N_
from permadani.reports import pictures
from permadani.reports.foreign import safe
from permadani.reports.parts.composition import curve_rows
from permadani.reports.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

KINDS = (
    ("replies", N_("replies to others")),
    ("own_threads", N_("replies in its own threads")),
    ("unknown", N_("replies to somebody unknown")),
    ("addressed", N_("to somebody, in reply to nothing")),
    ("posts", N_("posts to everybody")),
    ("reshares", N_("reshares")),
)
KNOWN_BY = {
    "store": N_("from the message itself, in the store"),
    "x": N_("from its id (X)"),
    "bluesky": N_("from its id (Bluesky), as the writer's program claims it"),
    "mastodon": N_("from its id (Mastodon)"),
}
AUDIENCES = (
    ("fewer_than_tenth", N_("under a tenth of its own")),
    ("between", N_("between")),
    ("third_or_more", N_("a third of its own or more")),
)
CURVE_ACROSS, CURVE_UP = N_("of 100 people, least replied to first"), N_("of 100 replies")
QUARTILE_HEADS = (N_("of 100 first replies"), N_("hours"), N_("range"))
KNOWN_HEADS = (N_("how the message's time is known"), N_("messages"))
YEAR_HEADS = (
    N_("year"), N_("messages"), N_("replies to others"), N_("people"), N_("half replied to within, hours"), N_("range"),
    N_("times known"),
)  # fmt: skip
CLIENT_HEADS = (N_("program"), N_("replies"), N_("kind"))
MOST_HEADS = (N_("who"), N_("replies"), N_("first"), N_("last"))
NOTHING_INBOUND = N_(
    "These are counts of what it wrote. Messages that it left without a reply are not among them, so no share that was "
    "answered follows from anything here."
)
CLIENTS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A count with its bar of the largest or of the whole."""

    name: str
    count: int
    of: int

    @property
    def bar(self) -> Markup:
        return pictures.share_bar(self.count, self.of, "neutral")


@dataclass(frozen=True, slots=True)
class Told:
    """One result in one language; ``words`` make sentences, ``plain`` labels."""

    found: Outbound
    words: Words
    plain: Words

    # the opening

    @property
    def headline(self) -> str:
        words, written, people = self.words, self.found.written, self.found.replied_to.people
        name = words.name(self.found.actor)
        by_hand = written.replies - written.automatic
        if not written.messages and not written.reshares:
            return words.say(N_("Nothing that {name} wrote was collected."), name=name)
        if not written.replies:
            return words.say(N_("No reply of {name} to anybody who is known was collected."), name=name)
        if not by_hand:
            sent = N_("All replies of {name} to others ({n}) were sent by a program.")
            return words.say(sent, name=name, n=words.count(written.replies))
        return words.say(
            N_("{name} wrote {replies} to {people}."), name=name,
            replies=words.plural(by_hand, N_("{n} reply"), N_("{n} replies")),
            people=words.plural(people, N_("{n} person"), N_("{n} people")),
        )  # fmt: skip

    @property
    def pace(self) -> str | None:
        """How fast, in one sentence; None where too few times are known."""
        words, delay = self.words, self.found.delay
        if delay.median is None:
            return None
        half = self.time(delay.median)
        return words.say(N_("Of the messages it did reply to, half had the reply within {time}."), time=half)

    @property
    def no_rate(self) -> str:
        """Why there is no rate here, or who tells it."""
        words, found = self.words, self.found
        name = words.name(found.actor)
        whys = {one.reason.key: one.reason for one in found.rate}
        if any(one.measurable for one in found.rate):
            return words.join(words.say(NOTHING_INBOUND), words.reason(whys["rate_by_audit"]))
        unknown = words.say(N_("How often {name} answers cannot be known from this data."), name=name)
        return words.join(unknown, words.reason(next(iter(whys.values())))) if len(whys) == 1 else unknown

    def rates(self) -> list[tuple[str, str]]:
        """Channel, and whether a rate can be said there and why."""
        return [(self.plain.channel(one.channel), self.plain.reason(one.reason)) for one in self.found.rate]

    # whom

    def kinds(self) -> list[Row]:
        written = self.found.written
        counts = [(name, getattr(written, key)) for key, name in KINDS]
        most = max([1, *(count for _, count in counts if count is not None)])
        return [Row(self.plain.say(name), count, most) for name, count in counts if count is not None]

    def unseen_reshares(self) -> str | None:
        if self.found.written.reshares is not None:
            return None
        return self.words.say(N_("The data shows nobody's reshares, so its own are not known."))

    def people(self) -> list[Row]:
        people, plain = self.found.replied_to, self.plain
        if not people.people:
            return []
        return [
            Row(plain.say(N_("replied to once")), people.once, people.people),
            Row(plain.say(N_("more than once")), people.again, people.people),
        ]

    @property
    def once(self) -> str:
        people, words = self.found.replied_to, self.words
        return words.say(
            N_("Of {people}, {once} got one reply and {again} more than one."),
            people=words.plural(people.people, N_("{n} person"), N_("{n} people")), once=words.count(people.once),
            again=words.count(people.again),
        )  # fmt: skip

    @property
    def concentration(self) -> str | None:
        """How unequally; None where nothing was replied to."""
        people, words = self.found.replied_to, self.words
        found = people.concentration
        if not people.people:
            return None
        if found is None:
            return words.say(
                N_("How unequally the replies are spread is not said for fewer than {needed} people."),
                needed=words.count(people.needed),
            )
        return words.say(
            N_(
                "Of 100 replies, {share} went to the tenth of the people it replied to most ({top} of {people}). "
                "Gini {gini} (0: all alike, 1: everything to one)."
            ),
            share=words.of_hundred(found.top_share), top=words.count(found.top_people),
            people=words.count(people.people), gini=words.decimal(found.gini),
        )  # fmt: skip

    def curve(self) -> Markup | None:
        found, plain = self.found.replied_to.concentration, self.plain
        if found is None:
            return None
        label = plain.say(
            N_("Lorenz curve: people from the least to the most replied to, and how many of 100 replies they had.")
        )
        return pictures.lorenz(found.lorenz, plain.say(CURVE_ACROSS), plain.say(CURVE_UP), label)

    def curve_rows(self) -> list[tuple[str, str]]:
        found = self.found.replied_to.concentration
        return [] if found is None else curve_rows(found.lorenz, self.plain)

    def audiences(self) -> list[Row]:
        found = self.found.audience
        if found is None or found.own is None:
            return []
        return [Row(self.plain.say(name), getattr(found, key) or 0, found.known) for key, name in AUDIENCES]

    @property
    def audience(self) -> str | None:
        found, words = self.found.audience, self.words
        if found is None or found.own is None:
            return None
        return words.say(
            N_("Followers are known of {known} of {people}; the account itself has {own}."),
            known=words.count(found.known),
            people=words.plural(self.found.replied_to.people, N_("{n} person"), N_("{n} people")),
            own=words.followers(found.own),
        )  # fmt: skip

    def most(self) -> list[tuple[str, str, str, str]]:
        plain = self.plain
        return [
            (safe(one.name, 60), plain.count(one.replies), plain.date(one.first), plain.date(one.last))
            for one in self.found.most or ()
        ]

    # how fast

    def time(self, found: Hours) -> str:
        """``3 hours [2 hours – 5 hours]``; an open end is an ellipsis."""
        low, high = ("…" if end is None else self.plain.hours(end) for end in (found.low, found.high))
        return self.words.bounded(self.plain.hours(found.hours), f"[{low} – {high}]")

    @property
    def quartiles(self) -> tuple[Hours, Hours, Hours] | None:
        delay = self.found.delay
        if delay.quarter is None or delay.median is None or delay.three_quarters is None:
            return None
        return delay.quarter, delay.median, delay.three_quarters

    def delay(self) -> Markup | None:
        """Quartiles on a line, with the sentence that says the same."""
        if self.quartiles is None:
            return None
        quarter, median, three = self.quartiles
        label, name = self._middle_half(self.plain, self.quartiles), self.plain.hours(median.hours)
        return pictures.delays(quarter.hours, median, three.hours, label, name, self.scale())

    def scale(self) -> list[tuple[float, str]]:
        """The strokes of the line, in hours, and their names."""
        texts = (N_("a minute"), N_("an hour"), N_("a day"), N_("a week"), N_("a year"))
        return list(zip(pictures.DELAY_STROKES, map(self.plain.say, texts), strict=True))

    def middle_half(self) -> str | None:
        return None if self.quartiles is None else self._middle_half(self.words, self.quartiles)

    @staticmethod
    def _middle_half(words: Words, quartiles: tuple[Hours, Hours, Hours]) -> str:
        quarter, half, three = (words.hours(one.hours) for one in quartiles)
        template = N_(
            "Of 100 first replies, 25 came within {quarter}, 50 within {half}, 75 within {three}, counted from the "
            "message they reply to."
        )
        return words.say(template, quarter=quarter, half=half, three=three)

    def within_day(self) -> tuple[Markup, str] | None:
        rate, plain = self.found.delay.within_24h, self.plain
        if rate is None or rate.rate is None:
            return None
        said = plain.say(N_("Of 100 first replies, {figure} came within a day."), figure=plain.figure(rate))
        return pictures.interval(rate.rate, rate.low, rate.high, "neutral", said), said

    def times_known(self) -> str:
        """Of how many messages the time is known."""
        delay, words = self.found.delay, self.words
        said = words.say(
            N_("It replied to {messages} of others; of {measured} of them the time is known."),
            messages=words.plural(delay.messages, N_("{n} message"), N_("{n} messages")),
            measured=words.count(delay.measured),
        )  # fmt: skip
        if delay.median is None:
            needed = words.say(N_("At least {n} are needed to say how fast."), n=words.count(delay.needed))
            return words.join(said, needed)
        return said

    def quartile_rows(self) -> list[tuple[str, str, str]]:
        delay, plain = self.found.delay, self.plain
        rows = (("25", delay.quarter), ("50", delay.median), ("75", delay.three_quarters))
        return [(name, plain.decimal(one.hours), self._range(one)) for name, one in rows if one is not None]

    def _range(self, found: Hours) -> str:
        return f"[{self.plain.decimal(found.low)}–{self.plain.decimal(found.high)}]"

    def known_by(self) -> list[tuple[str, str]]:
        delay, plain = self.found.delay, self.plain
        rows = [(plain.say(KNOWN_BY[key]), count) for key, count in delay.known_by.items() if count]
        rows.append((plain.say(N_("not known")), delay.unknown))
        rows.append((plain.say(N_("later than the reply, so a clock was wrong")), delay.earlier))
        return [(name, plain.count(count)) for name, count in rows if count]

    # when, and with what

    def years(self) -> list[Row]:
        years = self.found.over_time
        most = max([1, *(year.replies for year in years)])
        return [Row(str(year.year), year.replies, most) for year in years]

    def year_rows(self) -> list[tuple[str, ...]]:
        return [self._year(year) for year in self.found.over_time]

    def _year(self, year: OutboundYear) -> tuple[str, ...]:
        plain, median = self.plain, year.median
        counts = map(plain.count, (year.messages, year.replies, year.people))
        half = ("–", "–") if median is None else (plain.decimal(median.hours), self._range(median))
        return (str(year.year), *counts, *half, plain.count(year.measured))

    def automation(self) -> tuple[Markup, str] | None:
        clients, plain = self.found.clients, self.plain
        if clients.share is None:
            return None
        said = plain.say(
            N_("Of 100 replies whose program is known, {share} were sent automatically."),
            share=plain.of_hundred(clients.share),
        )
        return pictures.parts_of([(clients.share, "automatic"), (1 - clients.share, "by-hand")], said), said

    def clients(self) -> list[tuple[str, str, str]]:
        plain = self.plain
        kinds = {True: plain.say(N_("automatic")), False: plain.say(N_("by hand"))}
        return [
            (safe(one.name, 60), plain.count(one.objects), kinds[one.automatic])
            for one in self.found.clients.clients[:CLIENTS_SHOWN]
        ]
