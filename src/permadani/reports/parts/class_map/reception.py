"""Who is heard: of 100 posts, how many anybody else answered; by class, by tenure and by followers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from permadani.findings.reasons import reason
from permadani.findings.results import Band, Reception
from permadani.findings.results.class_map import TENURES_OF_POSTS
from permadani.language import N_
from permadani.reports.parts.class_map.figures import Section, apart, share, share_or_few, vague
from permadani.reports.parts.class_map.names import CLASSES, LABELS, NAMES
from permadani.reports.words import Words

TITLE = N_("Who is heard")
HEADS = (
    N_("who"), N_("posts"), N_("people"), N_("answered"), N_("of 100"), N_("begin a conversation"), N_("of 100 such"),
)  # fmt: skip
FOLLOWERS_HEADS = (N_("followers"), *HEADS[1:])
ROWS_RIGHT = range(1, 7)
CHANNELS_TITLE = N_("Each channel by itself")
CHANNELS_HEADS = (
    N_("channel"), N_("posts"), N_("people"), N_("everybody"), N_("juniors"), N_("middle"), N_("seniors"),
    N_("first posts"), N_("later posts"),
)  # fmt: skip
CHANNELS_NOTE = N_("Of 100 posts on the channel, answered by anybody.")
SEVERAL_ROWS = N_("One person can stand in several of these rows, so people add up to more than everybody.")
TITLES = {
    "class": N_("By class"),
    "tenure": N_("First posts and later ones"),
    "followers": N_("By how many follow them"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of icons and of the table beside it. ``figure``: of 100 with its range, or why there is none.

    ``opening``: of those posts alone that begin a conversation.
    """

    key: str
    name: str
    of: Reception
    figure: str
    known: bool
    opening: Reception | None = None


class ReceptionTold(Section):
    """Sentences, pictures and tables of the same figures."""

    # sentences

    @property
    def overall(self) -> str:
        found, words = self.found.reception.all, self.words
        if not found.posts:
            return words.say(N_("Whether posts were answered cannot be seen in this data."))
        figure = share(found, words)
        if figure is None:
            return words.say(
                N_("{answered} of {posts} posts of {people} were answered: too few to say how many of 100."),
                answered=words.count(found.answered), posts=words.count(found.posts),
                people=words.plural(found.people, N_("{n} person"), N_("{n} people")),
            )  # fmt: skip
        partial = any(one.level == "partial" for one in self.found.channels)
        return words.say(
            N_("Of 100 posts that were collected, {figure} were answered by anybody ({posts} posts of {people}).")
            if partial
            else N_("Of 100 posts, {figure} were answered by anybody ({posts} posts of {people})."),
            figure=figure, posts=words.count(found.posts),
            people=words.plural(found.people, N_("{n} person"), N_("{n} people")),
        )  # fmt: skip

    @property
    def first(self) -> str:
        """``overall`` as a headline: in numbers alone where the range is nearly everything."""
        found, words = self.found.reception.all, self.words
        if share(found, words) is None or not vague(found.low, found.high):
            return self.overall
        return words.say(
            N_("{answered} of {posts} posts of {people} were answered, which tells little of how many of 100 are."),
            answered=words.count(found.answered), posts=words.count(found.posts),
            people=words.plural(found.people, N_("{n} person"), N_("{n} people")),
        )  # fmt: skip

    @property
    def by_followers(self) -> str | None:
        """The most and the least followed of whom something can be said."""
        words = self.words
        bands = [one for one in self.found.reception.by_followers or () if share(one.reception, words)]
        if not bands:
            return None
        most, least = bands[-1], bands[0]
        first = share(most.reception, words)
        if most is least:
            said = N_("A post by someone with {audience} was answered {figure} times of 100.")
            return words.say(said, audience=self._audience(most, words), figure=first)
        return words.say(
            N_(
                "A post by someone with {audience} was answered {figure} times of 100; by someone with {other_audience}"
                ", {other}."
            ),
            audience=self._audience(most, words), figure=first,
            other_audience=band_name(least, words), other=share(least.reception, words),
        )  # fmt: skip

    @property
    def beginning_by_followers(self) -> str | None:
        """The same two bands, of posts that begin a conversation: who is followed more may begin more of them."""
        words, shown = self.words, [one for one in self.followers() if one.known and one.opening is not None]
        bands = {str(one.least): one for one in self.found.reception.by_followers or ()}
        if len(shown) < 2:
            return None
        (most, first), (least, other) = ((one.of, one.opening or one.of) for one in (shown[-1], shown[0]))
        said = words.say(
            N_(
                "By people with {audience}, {opening} of {posts} posts begin a conversation; by people with "
                "{other_audience}, {other_opening} of {other_posts}."
            ),
            audience=self._audience(bands[shown[-1].key], words), opening=words.count(first.posts),
            posts=words.count(most.posts), other_audience=band_name(bands[shown[0].key], words),
            other_opening=words.count(other.posts), other_posts=words.count(least.posts),
        )  # fmt: skip
        figure, second = share(first, words), share(other, words)
        if figure and second:
            template = N_("Of 100 of these {figure} and {other} were answered.")
            return words.join(said, words.say(template, figure=figure, other=second))
        found = self.found.reception
        begun = found.openings.all if found.openings else found.all
        if not apart(begun, found.all) or (begun.rate or 0) < (found.all.rate or 0):
            return said
        return words.join(said, words.say(N_("Posts that begin a conversation are answered oftener than others.")))

    @property
    def several(self) -> str | None:
        """Why each channel is told by itself; None where there is one only."""
        return self.words.reason(reason("map_several_channels")) if self.found.by_channel else None

    @property
    def no_followers(self) -> str | None:
        if self.found.reception.by_followers is not None:
            return None
        return self.words.say(N_("How many people follow those who posted is not known on these channels."))

    @property
    def by_class(self) -> str | None:
        found, words = self.found.reception.by_class, self.words
        said = [(key, figure) for key in ("senior", "middle", "junior") if (figure := share(found.get(key), words))]
        if not said:
            return None
        (one, figure), (other, second) = said[0], said[-1]
        if one == other:
            template = N_("Of 100 posts of {group}, {figure} were answered.")
            return words.say(template, group=words.say(NAMES[one]), figure=figure)
        return words.say(
            N_("Of 100 posts of {group}, {figure} were answered; of 100 of {other_group}, {other}."),
            group=words.say(NAMES[one]), figure=figure, other_group=words.say(NAMES[other]), other=second,
        )  # fmt: skip

    @property
    def by_tenure(self) -> str | None:
        """Of posts that begin a conversation: first ones mostly do, later ones are mostly replies, answered less."""
        openings, words = self.found.reception.openings, self.words
        found = openings.by_tenure if openings is not None else {}
        first, later = share(found.get("newcomer"), words), share(found.get("regular"), words)
        if first and later:
            return words.say(
                N_(
                    "Of 100 first posts that began a conversation {first} were answered, of 100 later ones that did "
                    "{later}."
                ),
                first=first, later=later,
            )  # fmt: skip
        if first:
            return words.say(N_("Of 100 first posts that began a conversation {first} were answered."), first=first)
        if later:
            return words.say(N_("Of 100 later posts that began a conversation {later} were answered."), later=later)
        return None

    def all_sentences(self) -> list[str]:
        return self.sentences(
            self.overall, self.several, self.by_followers, self.beginning_by_followers, self.by_class, self.by_tenure
        )

    # pictures and tables

    def everybody(self) -> Shown:
        found = self.found.reception
        opening = None if found.openings is None else found.openings.all
        return self._shown("all", self.plain.say(LABELS["all"]), found.all, opening)

    def classes(self) -> list[Shown]:
        found = self.found.reception
        return self._groups(CLASSES, found.by_class, found.openings.by_class if found.openings else {})

    def tenures(self) -> list[Shown]:
        found = self.found.reception
        return self._groups(TENURES_OF_POSTS, found.by_tenure, found.openings.by_tenure if found.openings else {})

    def followers(self) -> list[Shown]:
        """Least followed first; empty where no follower counts are known."""
        found = self.found.reception
        opening = {one.least: one.reception for one in (found.openings and found.openings.by_followers) or ()}
        return [
            self._shown(str(one.least), band_name(one, self.plain), one.reception, opening.get(one.least))
            for one in found.by_followers or ()
        ]

    def add_up(self, shown: Iterable[Shown]) -> str | None:
        """That rows share people, where they do."""
        many = sum(one.of.people for one in shown) > self.found.reception.all.people
        return self.words.say(SEVERAL_ROWS) if many else None

    def channel_rows(self) -> list[tuple[str, ...]]:
        """Under ``CHANNELS_HEADS``; empty where there is one channel only."""
        plain, rows = self.plain, []
        for one in self.found.by_channel:
            found = one.reception
            groups = [found.by_class.get(key) for key in ("junior", "middle", "senior")]
            groups += [found.by_tenure.get(key) for key in ("newcomer", "regular")]
            cells = [str(share_or_few(of, plain)) if of and of.posts else "–" for of in (found.all, *groups)]
            counts = (plain.count(found.all.posts or None), plain.count(found.all.people or None))
            rows.append((plain.channel(one.channel), *counts, *cells))
        return rows

    def rows(self, shown: Iterable[Shown]) -> list[tuple[str, ...]]:
        """Lines of a table under ``HEADS`` or ``FOLLOWERS_HEADS``."""
        plain = self.plain
        return [
            (
                (
                    one.name, *map(plain.count, (one.of.posts, one.of.people, one.of.answered)), one.figure,
                    *self._beginning(one.opening),
                )
                if one.of.posts
                else (one.name, "–", "–", "–", one.figure, "–", "–")
            )
            for one in shown
        ]  # fmt: skip

    def _beginning(self, of: Reception | None) -> tuple[str, str]:
        plain = self.plain
        if of is None or not of.posts:
            return ("–", "–")
        return plain.count(of.posts), str(share_or_few(of, plain))

    def _groups(self, keys: Sequence[str], found: dict[str, Reception], openings: dict[str, Reception]) -> list[Shown]:
        """Every group, those without a post too; none where no reception is seen at all."""
        if not self.found.reception.all.posts:
            return []
        return [
            self._shown(key, self.plain.say(LABELS[key]), found[key], openings.get(key)) for key in keys if key in found
        ]

    def _shown(self, key: str, name: str, of: Reception, opening: Reception | None = None) -> Shown:
        plain = self.plain
        figure = share(of, plain)
        none = plain.say(N_("none known")) if not of.posts else share_or_few(of, plain)
        return Shown(key, str(name), of, str(figure or none), figure is not None, opening)

    def _audience(self, band: Band, words: Words) -> str:
        """``100,000 followers or more``, ``100 to 999 followers``."""
        if band.most is None:
            return words.say(N_("{n} followers or more"), n=words.count(band.least))
        if band.least <= 0:
            return words.say(N_("fewer than {n} followers"), n=words.count(band.most + 1))
        return words.say(N_("{least} to {most} followers"), least=words.count(band.least), most=words.count(band.most))


def band_name(band: Band, words: Words) -> str:
    """``100,000 or more``, ``100 to 999``, ``fewer than 100``."""
    if band.most is None:
        return words.say(N_("{n} or more"), n=words.count(band.least))
    if band.least <= 0:
        return words.say(N_("fewer than {n}"), n=words.count(band.most + 1))
    return words.say(N_("{least} to {most}"), least=words.count(band.least), most=words.count(band.most))
