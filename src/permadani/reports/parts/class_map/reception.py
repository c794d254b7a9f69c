"""Who is heard: of 100 posts, how many anybody else answered; by class, by tenure and by followers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from permadani.findings.results import Band, Reception
from permadani.findings.results.class_map import TENURES_OF_POSTS
from permadani.language import N_
from permadani.reports.parts.class_map.figures import Section, share, share_or_few
from permadani.reports.parts.class_map.names import CLASSES, LABELS, NAMES
from permadani.reports.words import Words

TITLE = N_("Who is heard")
HEADS = (N_("who"), N_("posts"), N_("people"), N_("answered"), N_("of 100"))
FOLLOWERS_HEADS = (N_("followers"), *HEADS[1:])
ROWS_RIGHT = range(1, 5)
TITLES = {
    "class": N_("By class"),
    "tenure": N_("First posts and later ones"),
    "followers": N_("By how many follow them"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of icons and of the table beside it. ``figure``: of 100 with its range, or why there is none."""

    key: str
    name: str
    of: Reception
    figure: str
    known: bool


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
        return words.say(
            N_("Of 100 posts, {figure} were answered by anybody ({posts} posts of {people})."),
            figure=figure, posts=words.count(found.posts),
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
        found, words = self.found.reception.by_tenure, self.words
        first, later = share(found.get("newcomer"), words), share(found.get("regular"), words)
        if first and later:
            template = N_("Of 100 first posts {first} were answered, of 100 later ones {later}.")
            return words.say(template, first=first, later=later)
        if first:
            return words.say(N_("Of 100 first posts {first} were answered."), first=first)
        if later:
            return words.say(N_("Of 100 later posts {later} were answered."), later=later)
        return None

    def all_sentences(self) -> list[str]:
        return self.sentences(self.overall, self.by_followers, self.by_class, self.by_tenure)

    # pictures and tables

    def everybody(self) -> Shown:
        return self._shown("all", self.plain.say(LABELS["all"]), self.found.reception.all)

    def classes(self) -> list[Shown]:
        return self._groups(CLASSES, self.found.reception.by_class)

    def tenures(self) -> list[Shown]:
        return self._groups(TENURES_OF_POSTS, self.found.reception.by_tenure)

    def followers(self) -> list[Shown]:
        """Least followed first; empty where no follower counts are known."""
        bands = self.found.reception.by_followers or ()
        return [self._shown(str(one.least), band_name(one, self.plain), one.reception) for one in bands]

    def rows(self, shown: Iterable[Shown]) -> list[tuple[str, ...]]:
        """Lines of a table under ``HEADS`` or ``FOLLOWERS_HEADS``."""
        plain = self.plain
        return [
            (
                (one.name, *map(plain.count, (one.of.posts, one.of.people, one.of.answered)), one.figure)
                if one.of.posts
                else (one.name, "–", "–", "–", one.figure)
            )
            for one in shown
        ]  # fmt: skip

    def _groups(self, keys: Sequence[str], found: dict[str, Reception]) -> list[Shown]:
        """Every group, those without a post too; none where no reception is seen at all."""
        if not self.found.reception.all.posts:
            return []
        return [self._shown(key, self.plain.say(LABELS[key]), found[key]) for key in keys if key in found]

    def _shown(self, key: str, name: str, of: Reception) -> Shown:
        plain = self.plain
        figure = share(of, plain)
        none = plain.say(N_("none known")) if not of.posts else share_or_few(of, plain)
        return Shown(key, str(name), of, str(figure or none), figure is not None)

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
