"""What was collected, what the classes are on each channel, what was left out, and what could not be known."""

from __future__ import annotations

from permadani.findings.results import ChannelOfMap
from permadani.language import N_
from permadani.reports.foreign import safe
from permadani.reports.parts.class_map.figures import Section

TITLE = N_("What was collected")
HEADS = (
    N_("channel"), N_("for --channel"), N_("posts speak to"), N_("collected"), N_("people"), N_("of known class"),
    N_("posts"), N_("from"), N_("until"), N_("how that is known"),
)  # fmt: skip
AUDIENCES = {"personal": N_("their author's readers"), "group": N_("a group")}
CLASSES_HEADS = (
    N_("channel"), N_("ranked by"), N_("juniors"), N_("their standing"), N_("middle"), N_("seniors"),
    N_("their standing"),
)  # fmt: skip
FOLLOWED = N_("how many follow them")
REPLIED = N_("how many had replied to them in 90 days")
RESHARED = N_("how many had replied to them or reshared them in 90 days")
ALIKE = 0.55  # so many juniors among those known are more than a half, where these are ten or more
LEAST_ALIKE = 10
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
JUNIORS = {
    "followers": (
        N_("Juniors: nobody follows them ({many})."), N_("Juniors: up to 1 follower ({many})."),
        N_("Juniors: up to about {n} followers ({many})."),
    ),
    "reshared": (
        N_("Juniors: nobody had replied to them or reshared them ({many})."),
        N_("Juniors: at most 1 person had replied to them or reshared them ({many})."),
        N_("Juniors: up to {n} people had replied to them or reshared them ({many})."),
    ),
    "replied": (
        N_("Juniors: nobody had replied to them ({many})."),
        N_("Juniors: at most 1 person had replied to them ({many})."),
        N_("Juniors: up to {n} people had replied to them ({many})."),
    ),
}  # fmt: skip
"""Where the greatest standing of a junior is 0, 1, or more."""


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
    def channels(self) -> list[ChannelOfMap]:
        """Those with posts; all where there are none."""
        return [one for one in self.found.channels if one.posts] or list(self.found.channels)

    @property
    def meta(self) -> str:
        """Channels, period, people and posts in one line."""
        plain, found = self.plain, self.found
        names = [plain.channel(one.channel) for one in self.channels]
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
                plain.channel(one.channel), safe(one.channel, 80), plain.say(AUDIENCES[one.audience]),
                plain.completeness(one.level),
                plain.count(one.people or None), plain.count(one.known if one.standing else None),
                plain.count(one.posts or None),
                plain.date(one.since), plain.date(one.until), self._basis(one),
            )
            for one in self.found.channels
        ]  # fmt: skip

    def _basis(self, one: ChannelOfMap) -> str:
        """What is claimed of everybody there, and of how many single accounts something is."""
        plain = self.plain
        if not one.claimed:
            return plain.basis(one.basis, 200)
        accounts = plain.plural(
            one.claimed, N_("what was collected of {n} account"), N_("what was collected of {n} accounts")
        )  # fmt: skip
        return str(accounts) if one.basis is None else f"{plain.basis(one.basis, 200)}; {accounts}"

    # what the classes are

    def classes(self) -> list[str]:
        """For each channel with posts: from what standing on one is a senior, up to what a junior, and how many are."""
        return [self._classes(one) for one in self.found.channels if one.posts]

    def classes_rows(self) -> list[tuple[str, ...]]:
        """Under ``CLASSES_HEADS``."""
        plain = self.plain
        rows: list[tuple[str, ...]] = []
        for one in self.found.channels:
            if not one.posts:
                continue
            junior = senior = "–"
            if one.junior_to is not None:
                junior = plain.say(N_("up to {n}") if one.junior_to else N_("none"), n=plain.count(one.junior_to))
            if one.senior_from is not None:
                senior = plain.say(N_("{n} or more"), n=plain.count(one.senior_from))
            ranked = plain.say(N_("not known") if one.standing is None else self._ranked(one))
            juniors, middle, seniors = (
                plain.count(count if one.standing else None) for count in (one.juniors, one.middle, one.seniors)
            )
            rows.append((plain.channel(one.channel), ranked, juniors, junior, middle, seniors, senior))
        return rows

    def _ranked(self, one: ChannelOfMap) -> str:
        return FOLLOWED if one.standing == "followers" else RESHARED if self._reshared(one) else REPLIED

    def _reshared(self, one: ChannelOfMap) -> bool:
        """Whether reshares can count for standing there: nobody reshares on group channels, or where none are seen."""
        return one.audience == "personal" and bool(self.found.reshares.cells)

    def _classes(self, one: ChannelOfMap) -> str:
        words = self.words
        channel = words.channel(one.channel)
        if one.standing is None or not one.known:
            return words.say(N_("{channel}: nobody's standing is known, so all are of unknown class."), channel=channel)
        if one.junior_to is None and one.senior_from is None:
            few = N_(
                "{channel}: the standing of {known} of {people} is known, too few to say from what on one is what."
            )
            people = words.plural(one.people, N_("{n} person"), N_("{n} people"))
            return words.say(few, channel=channel, known=words.count(one.known), people=people)
        said = [words.say(N_("{channel}."), channel=channel), self._seniors(one)]
        if one.junior_to is not None:
            alike = one.known >= LEAST_ALIKE and one.juniors > ALIKE * one.known
            known = N_("{juniors} of {known} whose standing is known: many stand alike") if alike else N_(
                "{juniors} of {known} whose standing is known"
            )  # fmt: skip
            many = words.say(known, juniors=words.count(one.juniors), known=words.count(one.known))
            said.append(words.say(self._juniors(one, one.junior_to), n=words.count(one.junior_to), many=many))
        return words.join(*said)

    def _seniors(self, one: ChannelOfMap) -> str:
        words = self.words
        if one.senior_from is None:
            return words.say(N_("Nobody is a senior: too few are known, or too many stand alike."))
        if one.standing == "followers":
            said = N_("Seniors: about {n} followers or more ({seniors} of {known}).")
        elif self._reshared(one):
            said = N_(
                "Seniors: {n} or more people had replied to them or reshared them in 90 days ({seniors} of {known})."
            )
        else:
            said = N_("Seniors: {n} or more people had replied to them in 90 days ({seniors} of {known}).")
        seniors, known = words.count(one.seniors), words.count(one.known)
        return words.say(said, n=words.count(one.senior_from), seniors=seniors, known=known)

    def _juniors(self, one: ChannelOfMap, most: int) -> str:
        """The template; ``n``: up to how many, ``many``: how many juniors there are."""
        of = JUNIORS["followers" if one.standing == "followers" else "reshared" if self._reshared(one) else "replied"]
        return of[min(most, 2)]

    # limits

    def left_out(self) -> list[tuple[str, str]]:
        """What was left out and how many; nothing that was not there. Under ``LEFT_OUT_HEADS``."""
        plain, found = self.plain, self.found.left_out
        rows = [(plain.say(text), getattr(found, key)) for key, text in LEFT_OUT]
        return [(name, plain.count(count)) for name, count in rows if count]

    def limits(self) -> list[str]:
        return [self.words.reason(one) for one in self.found.limits]
