"""What else happens in a hall: chatter, thank-yous by a program, sales pitches, bots, spam, deletions."""

from __future__ import annotations

from permadani.demo import phrases
from permadani.demo.model import DAY, LAST, START, Account, Like, Message, Person, Place, Role
from permadani.demo.people import Crowd
from permadani.demo.plans import Plan


def bustle(crowd: Crowd, account: Account, place: Place, plan: Plan) -> None:
    _Bustle(crowd, account, place, plan).all()


class _Bustle:
    def __init__(self, crowd: Crowd, account: Account, place: Place, plan: Plan) -> None:
        self._crowd, self._account, self._place, self._plan = crowd, account, place, plan
        self._rng = crowd.rng
        self._asked = [m for m in place.messages if m.role == "approach"]

    def all(self) -> None:
        self._chatter()
        self._thanks()
        if self._place.on_x:
            self._pitches()
            self._elsewhere()
            self._outreach()
        else:
            self._unwanted()
        if self._place.kind == "guestbook":
            self._likes()

    def _chatter(self) -> None:
        rng, asked, account = self._rng, self._asked, self._account
        answers = [m for m in self._place.messages if m.role == "answer"]
        for message in rng.sample(answers, len(answers) // 8):
            self._talk(message.spoken_to[0], message, "follow_up", account.person)
        for message in rng.sample(asked, len(asked) // 25):
            writer = rng.choice(asked).author
            if writer is not message.author:
                others = (message.author, account.person) if self._place.on_x else (message.author,)
                self._talk(writer, message, "chatter", *others)

    def _talk(self, author: Person, parent: Message, role: Role, *spoken_to: Person) -> None:
        at = parent.at + 300 + int(self._rng.expovariate(1 / 20_000))
        if at < LAST:
            text = phrases.say(self._rng, phrases.CHATTER[author.language], author.language)
            self._crowd.write(self._place, author, at, text, role, parent=parent, spoken_to=spoken_to)

    def _thanks(self) -> None:
        for message in self._asked:
            if self._rng.random() < self._plan.thanks:
                text = phrases.say(self._rng, phrases.THANKS[message.language], message.language)
                self._crowd.write(
                    self._place, self._account.person, message.at + self._rng.randrange(20, 90), text, "thanks",
                    parent=message, spoken_to=(message.author,), client="IFTTT", language=message.language,
                )  # fmt: skip

    def _pitches(self) -> None:
        """The same offer to people who wrote for the first time."""
        first = {a.asker: a.message for a in reversed(self._account.approaches) if a.place is self._place}
        new = sorted(first.values(), key=lambda m: m.number)
        for message in self._rng.sample(new, min(len(new), self._crowd.scaled(self._plan.pitches, 0))):
            at = message.at + self._rng.randrange(3600, 2 * DAY)
            if at < LAST and self._account.away_at(at) is None:
                text = phrases.say(self._rng, phrases.PITCHES[message.language], message.language)
                self._crowd.write(
                    self._place, self._account.person, at, text, "pitch", parent=message, spoken_to=(message.author,),
                    language=message.language,
                )  # fmt: skip

    def _elsewhere(self) -> None:
        """Posts that were written to nobody here, passed on: mostly by seniors, where seniors are preferred."""
        ranks = list(self._crowd.ranked)
        weights = [len(self._crowd.ranked[rank]) * self._plan.readiness(rank) for rank in ranks]
        for _ in range(self._crowd.scaled(self._plan.reshares // 2, 0)):
            at = self._rng.randrange(START + 10 * DAY, LAST)
            author = self._rng.choice(self._crowd.ranked[self._rng.choices(ranks, weights)[0]])
            if self._account.away_at(at) is None:
                text = phrases.say(self._rng, phrases.POSTS[author.language], author.language)
                post = self._crowd.write(self._place, author, at - 7200, text, "post", elsewhere=True)
                self._crowd.write(self._place, self._account.person, at, text, "reshare", reshares=post)

    def _outreach(self) -> None:
        """The account speaks first, a senior replies: that is an answer to it and no approach. And a bot talks."""
        rng, account, place = self._rng, self._account, self._place
        bot = Person(900_000 + account.person.number, "Hall Headlines", "headlines.bot.demo", "en", None, 40)
        for i in range(12):
            at = rng.randrange(START + DAY, LAST - 2 * DAY)
            text = "Headlines of the hall today: letters.headlines.example"
            self._crowd.write(place, bot, at, text, "bot", spoken_to=(account.person,), client="dlvr.it")
            senior = self._crowd.ranked["senior"][-1 - i % 5]
            if account.away_at(at) is None:
                text = phrases.say(rng, phrases.ANSWERS[account.person.language], account.person.language)
                first = self._crowd.write(place, account.person, at + 7, text, "post", spoken_to=(senior,))
                self._talk(senior, first, "follow_up", account.person)

    def _unwanted(self) -> None:
        """Spam, and messages that their writers deleted: by people who do nothing else."""
        for i, message in enumerate(self._rng.sample(self._asked, len(self._asked) // 40)):
            writer = self._crowd.person(f"Golden Chairs {i + 1}", account=False)
            role: Role = "spam" if i % 3 else "deleted"
            text = phrases.say(self._rng, phrases.SPAM[writer.language], writer.language)
            self._crowd.write(
                self._place, writer, message.at + 31, text, role, parent=message.parent, deleted=role == "deleted"
            )

    def _likes(self) -> None:
        for message in self._asked[::3]:
            at = message.at + self._rng.randrange(DAY)
            if self._account.away_at(at) is None and at < LAST:
                self._place.likes.append(Like(self._account.person, message, at))
