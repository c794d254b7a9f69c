"""Newcomers' second post, when the first was answered or not; with the caution that this proves no cause."""

from __future__ import annotations

from permadani.findings.results import Reception
from permadani.language import N_
from permadani.reports.parts.class_map.figures import Section, share, share_or_few
from permadani.reports.parts.class_map.reception import Shown
from permadani.reports.words import Words, whole

TITLE = N_("Do newcomers write again?")
HEADS = (N_("first post"), N_("newcomers"), N_("wrote again"), N_("of 100"))
CAUTION = N_(
    "This is no proof of cause: who writes a better first post may be answered more, and would perhaps have come back "
    "anyway."
)
AGAIN = N_("Wrote again: in another conversation, within 90 days.")


class NewcomersTold(Section):
    """Of people whose first post was a newcomer's."""

    def all_sentences(self) -> list[str]:
        """With the caution wherever a figure is said."""
        found, words = self.found.newcomers, self.words
        answered, unanswered = share(found.answered_first, words), share(found.unanswered_first, words)
        if answered is None and unanswered is None:
            newcomers = found.answered_first.posts + found.unanswered_first.posts
            if not newcomers:
                return [words.say(N_("Nobody is known to be new, long enough ago to tell whether they wrote again."))]
            few = N_("Whether newcomers write again is not said: {n} are too few.")
            return [words.say(few, n=words.count(newcomers))]
        return self.sentences(self._shares(answered, unanswered), self._difference(words), words.say(CAUTION))

    def _shares(self, answered: str | None, unanswered: str | None) -> str:
        words = self.words
        if answered and unanswered:
            return words.say(
                N_(
                    "Of 100 newcomers whose first post was answered, {answered} wrote again in another conversation "
                    "within 90 days; of 100 whose first post was not, {unanswered}."
                ),
                answered=answered, unanswered=unanswered,
            )  # fmt: skip
        if answered:
            return words.say(
                N_(
                    "Of 100 newcomers whose first post was answered, {answered} wrote again in another conversation "
                    "within 90 days; of the others there are too few."
                ),
                answered=answered,
            )
        return words.say(
            N_(
                "Of 100 newcomers whose first post was not answered, {unanswered} wrote again in another conversation "
                "within 90 days; of the others there are too few."
            ),
            unanswered=unanswered,
        )

    def _difference(self, words: Words) -> str | None:
        found = self.found.newcomers.difference
        if found is None:
            return None
        value, low, high = (_signed(one) for one in (found.value, found.low, found.high))
        figure = words.bounded(value, f"[{low}–{high}]" if found.low >= 0 else f"[{low} … {high}]")
        return words.say(N_("The difference: {figure} of 100."), figure=figure)

    def shown(self) -> list[Shown]:
        """Those whose first post was answered, and the others; nothing where nobody is known to be new."""
        found, plain = self.found.newcomers, self.plain
        if not found.answered_first.posts and not found.unanswered_first.posts:
            return []
        both = ((N_("answered"), "answered", found.answered_first), (N_("not answered"), "no", found.unanswered_first))
        return [self._shown(plain.say(name), key, of) for name, key, of in both]

    def _shown(self, name: str, key: str, of: Reception) -> Shown:
        plain = self.plain
        figure = share(of, plain)
        none = plain.say(N_("nobody")) if not of.posts else share_or_few(of, plain)
        return Shown(key, str(name), of, str(figure or none), figure is not None)

    def rows(self) -> list[tuple[str, ...]]:
        """Under ``HEADS``."""
        plain = self.plain
        return [
            (one.name, plain.count(one.of.posts), plain.count(one.of.answered if one.of.posts else None), one.figure)
            for one in self.shown()
        ]


def _signed(share: float) -> str:
    """Of 100, with its sign where it is below 0."""
    return f"−{whole(-share)}" if share < 0 and whole(-share) else str(whole(share))
