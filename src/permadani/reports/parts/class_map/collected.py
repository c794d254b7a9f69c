"""What was collected, what the classes are on each channel, what was left out, and what could not be known."""

from __future__ import annotations

from permadani.findings.results import ChannelOfMap
from permadani.language import N_
from permadani.reports.parts.class_map.figures import Section

TITLE = N_("What was collected")
HEADS = (
    N_("channel"), N_("posts speak to"), N_("collected"), N_("people"), N_("of known class"), N_("posts"),
    N_("from"), N_("until"), N_("how that is known"),
)  # fmt: skip
AUDIENCES = {"personal": N_("their author's readers"), "group": N_("a group")}
CLASSES_HEADS = (N_("channel"), N_("ranked by"), N_("juniors"), N_("seniors"))
STANDINGS = {
    "followers": N_("how many follow them"),
    "network": N_("how many had replied to them or reshared them in 90 days"),
}
LEFT_OUT_HEADS = (N_("left out"), N_("messages"))
LEFT_OUT = (
    ("spam", N_("marked as spam")),
    ("automatic", N_("sent by a program")),
    ("deleted", N_("deleted")),
    ("unobserved", N_("answers to them could not be seen")),
    ("flat", N_("comments where nobody can reply to a comment")),
    ("unseen_mentions", N_("mentions of accounts of which not all mentions could be read")),
)
NO_TEXT_READ = N_("No text is read: sales pitches and bare applause count as posts here.")


class CollectedTold(Section):
    """Names of channels are strangers' text; ``Words.channel`` makes them harmless."""

    @property
    def partial(self) -> bool:
        """Whether some of what the figures rest on was collected in part only."""
        return any(one.level == "partial" for one in self.found.channels)

    @property
    def unseen(self) -> bool:
        """Whether nobody's reception could be seen on any channel."""
        return all(one.level == "none" for one in self.found.channels)

    @property
    def meta(self) -> str:
        """Channels, period, people and posts in one line."""
        plain, found = self.plain, self.found
        names = [plain.channel(one.channel) for one in found.channels]
        shown = ", ".join(names[:5])
        if len(names) > 5:
            shown = plain.say(N_("{channels} and {n} more"), channels=shown, n=plain.count(len(names) - 5))
        parts = [shown or plain.say(N_("no channel")), plain.period(*found.period)]
        if found.posts:
            parts.append(plain.plural(found.people, N_("{n} person"), N_("{n} people")))
            parts.append(plain.plural(found.posts, N_("{n} post"), N_("{n} posts")))
        return " · ".join(map(str, parts))

    def rows(self) -> list[tuple[str, ...]]:
        """Under ``HEADS``."""
        plain = self.plain
        return [
            (
                plain.channel(one.channel), plain.say(AUDIENCES[one.audience]), plain.completeness(one.level),
                plain.count(one.people or None), plain.count(one.known if one.standing else None),
                plain.count(one.posts or None),
                plain.date(one.since), plain.date(one.until), plain.basis(one.basis, 200),
            )
            for one in self.found.channels
        ]  # fmt: skip

    # what the classes are

    def classes(self) -> list[str]:
        """A sentence a channel: from what standing on one is a senior there, and up to what a junior."""
        return [self._classes(one) for one in self.found.channels]

    def classes_rows(self) -> list[tuple[str, ...]]:
        """Under ``CLASSES_HEADS``."""
        plain = self.plain
        return [
            (
                plain.channel(one.channel),
                plain.say(N_("not known") if one.standing is None else STANDINGS[one.standing]),
                "–" if one.junior_to is None else plain.say(N_("up to {n}"), n=plain.count(one.junior_to)),
                "–" if one.senior_from is None else plain.say(N_("{n} or more"), n=plain.count(one.senior_from)),
            )
            for one in self.found.channels
        ]  # fmt: skip

    def _classes(self, one: ChannelOfMap) -> str:
        words = self.words
        channel = words.channel(one.channel)
        if one.standing is None or (one.junior_to is None and one.senior_from is None):
            return words.say(N_("{channel}: nobody's standing is known, so all are of unknown class."), channel=channel)
        said = [words.say(N_("{channel}."), channel=channel), self._seniors(one)]
        if one.junior_to is not None:
            said.append(self._juniors(one.junior_to, followers=one.standing == "followers"))
        return words.join(*said)

    def _seniors(self, one: ChannelOfMap) -> str:
        words = self.words
        if one.senior_from is None:
            return words.say(N_("Nobody is a senior: too few are known, or too many stand alike."))
        if one.standing == "followers":
            return words.say(N_("Seniors: {n} followers or more."), n=words.count(one.senior_from))
        said = N_("Seniors: {n} or more people had replied to them or reshared them in 90 days.")
        return words.say(said, n=words.count(one.senior_from))

    def _juniors(self, most: int, *, followers: bool) -> str:
        words = self.words
        if followers:
            return words.plural(most, N_("Juniors: up to {n} follower."), N_("Juniors: up to {n} followers."))
        if not most:
            return words.say(N_("Juniors: nobody had replied to them or reshared them."))
        return words.plural(
            most, N_("Juniors: up to {n} person had replied to them or reshared them."),
            N_("Juniors: up to {n} people had replied to them or reshared them."),
        )  # fmt: skip

    # limits

    def left_out(self) -> list[tuple[str, str]]:
        """What was left out and how many; nothing that was not there. Under ``LEFT_OUT_HEADS``."""
        plain, found = self.plain, self.found.left_out
        rows = [(plain.say(text), getattr(found, key)) for key, text in LEFT_OUT]
        return [(name, plain.count(count)) for name, count in rows if count]

    def limits(self) -> list[str]:
        return [self.words.reason(one) for one in self.found.limits]
