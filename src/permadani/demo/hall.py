"""A fictional school hall with planted truth: five accounts, those who write to them, and what they hear back.

Deterministic: the same scale gives the same hall on every computer. How often an account answers is not a coin toss
but a quota: of the messages it could have answered, exactly the planted share is answered, so that what an audit finds
can be held against what is true. Who and when is random.
"""

from __future__ import annotations

from random import Random

from permadani.demo import phrases
from permadani.demo.model import (
    DAY,
    END,
    HANDS,
    QUIET,
    RANKS,
    START,
    WINDOW,
    Account,
    Approach,
    Hall,
    Like,
    Message,
    Person,
    Place,
    Rank,
    Role,
)
from permadani.demo.names import full_names, handle_of
from permadani.demo.plans import PLANS, Plan, Stage

SEED = 20_110_906
LAST = END - QUIET
TRIES = 200
HOSTILE_EVERY = 97
MOST_AGAIN = 25
"""No single asker outweighs all others."""


RANGES: dict[Rank, tuple[int, int]] = {"junior": (3, 90), "middle": (160, 900), "senior": (3_000, 60_000)}
"""Far apart, so that nobody changes rank by growing."""
SHARES: dict[Rank, int] = {"junior": 5, "middle": 3, "senior": 2}
"""Of ten askers: the lower half, the top fifth, and those between."""


def make_hall(scale: float = 1.0) -> Hall:
    """The whole hall; ``scale`` shrinks the number of people and messages."""
    return _Maker(scale).hall()


class _Maker:
    def __init__(self, scale: float) -> None:
        self._rng = Random(SEED)  # noqa: S311 - a toy world, no secret
        self._scale = scale
        self._messages = self._people = 0
        names = [name for name in full_names() if name not in {plan.name for plan in PLANS}]
        self._rng.shuffle(names)
        self._names = names
        self._crowd: dict[Rank, list[Person]] = {
            rank: [self._person(names.pop(), rank) for _ in range(self._scaled(120) * SHARES[rank])] for rank in RANKS
        }

    def hall(self) -> Hall:
        return Hall(tuple(self._account(plan) for plan in PLANS))

    def _scaled(self, count: int, least: int = 5) -> int:
        return max(least, round(count * self._scale))

    def _person(self, name: str, rank: Rank | None = None, *, account: bool = True) -> Person:
        self._people += 1
        low, high = RANGES[rank] if rank else (0, 0)
        followers = round(low * (high / low) ** self._rng.random()) if rank else 0
        language = "id" if self._rng.random() < 0.55 else "en"
        return Person(self._people, name, handle_of(name) if account else None, language, rank, followers)

    def _account(self, plan: Plan) -> Account:
        self._people += 1
        person = Person(self._people, plan.name, f"{plan.key}.demo", plan.language, None, plan.followers)
        absences = tuple((START + first * DAY, START + last * DAY) for first, last in plan.absences)
        account = Account(plan.key, person, absences=absences)
        posts = {}
        for stage in plan.stages:
            place = Place(stage.kind, stage.site, person)
            account.places.append(place)
            posts[stage] = self._posts(account, place, stage, plan)
        for stage, place in zip(plan.stages, account.places, strict=True):
            self._approaches(account, place, stage, posts[stage], plan)
        account.approaches.sort(key=lambda a: (a.message.at, a.message.number))
        self._answers(account, plan)
        for place in account.places:
            self._extras(account, place, plan)
            place.messages.sort(key=lambda m: (m.at, m.number))
        del account.acts  # it was read while the hall was still growing
        return account

    def _write(
        self, place: Place, author: Person, at: int, text: str, role: Role, *, parent: Message | None = None,
        spoken_to: tuple[Person, ...] = (), client: str | None = None, language: str | None = None,
        deleted: bool = False, reshares: Message | None = None,
    ) -> Message:  # fmt: skip
        self._messages += 1
        if place.kind in ("x1", "x2"):
            client = client or HANDS[author.number % len(HANDS)]
            if spoken_to and reshares is None:
                text = " ".join([*(f"@{p.handle}" for p in spoken_to), text])
        message = Message(
            self._messages, author, at, text, language or author.language, role, parent, spoken_to, client, deleted,
            reshares,
        )  # fmt: skip
        place.messages.append(message)
        return message

    def _posts(self, account: Account, place: Place, stage: Stage, plan: Plan) -> list[Message]:
        """Posts by hand, never two weeks apart except in an absence, and those of a scheduler, which knows none."""
        rng, person = self._rng, account.person
        count = max(90, self._scaled(stage.posts)) if place is account.places[0] else self._scaled(stage.posts)
        step = (LAST - START) / count
        times = [START + int(step * (i + rng.random() * 0.8)) for i in range(count)]
        times = [at for at in times if account.away_at(at) is None]
        times += [until + 1800 for _, until in account.absences]
        if place.kind == "disqus":
            times.append(END - 60)  # the export ends with its last message
        hands: list[tuple[int, str | None]] = [(at, None) for at in times]
        machines = [(rng.randrange(START, LAST), "Buffer") for _ in range(self._scaled(plan.scheduled, 0))]
        return [
            self._write(place, person, at, phrases.say(rng, phrases.POSTS[person.language], person.language), "post",
                        client=client)
            for at, client in sorted([*hands, *machines], key=lambda pair: pair[0])
        ]  # fmt: skip

    # messages to the account

    def _askers(self, place: Place, stage: Stage) -> list[Person]:
        """Who writes here. On X people of every rank, in the shares that make ranks and planted ranks the same."""
        rng = self._rng
        tens = max(1, self._scaled(stage.askers) // 10)
        if place.kind in ("x1", "x2"):
            return [person for rank in RANKS for person in rng.sample(self._crowd[rank], tens * SHARES[rank])]
        names = rng.sample(self._names, tens * 10)
        registered = {"wordpress": 0.0, "disqus": 0.6, "guestbook": 1.0}[place.kind]
        return [self._person(name, account=rng.random() < registered) for name in names]

    def _approaches(self, account: Account, place: Place, stage: Stage, posts: list[Message], plan: Plan) -> None:
        """Everybody writes at least once; some come again and again, never twice in one conversation."""
        rng = self._rng
        askers = self._askers(place, stage)
        again = max(0, self._scaled(stage.approaches) - len(askers))
        writers = askers + rng.choices(askers, [min(MOST_AGAIN, rng.paretovariate(1.1)) for _ in askers], k=again)
        rng.shuffle(writers)
        weights = [rng.paretovariate(1.6) for _ in posts]
        if plan.burst:
            weights[len(weights) // 2] = sum(weights) / 12
        taken: set[tuple[Person, Message | None]] = set()
        for i, writer in enumerate(writers):
            for _ in range(TRIES):
                parent, at = self._when(account, place, posts, weights, plan)
                if at < LAST and (parent is None or (writer, parent) not in taken):
                    break
            else:  # has spoken everywhere already
                continue
            taken.add((writer, parent))
            language = "en" if i % HOSTILE_EVERY == 11 else writer.language
            topic = None if parent is None else self._topic(parent, account, language)
            sentences = phrases.SUBSTANTIVE if rng.random() < 0.78 else phrases.DITTO
            chosen = phrases.HOSTILE if i % HOSTILE_EVERY == 11 else sentences[language]
            text = phrases.say(rng, chosen, language, topic)
            spoken_to = (account.person,) if place.kind in ("x1", "x2") else ()
            message = self._write(
                place, writer, at, text, "approach", parent=parent, spoken_to=spoken_to, language=language
            )
            account.approaches.append(Approach(message, place))

    def _topic(self, post: Message, account: Account, language: str) -> str | None:
        """What a post of the account is about, in the language of somebody who speaks about it."""
        own = account.person.language
        return phrases.translated(phrases.topic_of(post.text, own), own, language)

    def _when(
        self, account: Account, place: Place, posts: list[Message], weights: list[float], plan: Plan
    ) -> tuple[Message | None, int]:
        """Under which post and when: soon after it, or at any time under a recent one; on X also out of the blue."""
        rng = self._rng
        away = rng.random() < plan.pile
        if not away and rng.random() < 0.6:
            post = rng.choices(posts, weights)[0]
            return post, post.at + 120 + int(rng.expovariate(1 / (18 * 3600)))
        at = rng.randrange(*rng.choice(account.absences)) if away else rng.randrange(START + 10 * DAY, LAST)
        if place.kind in ("x1", "x2") and rng.random() < 0.6:
            return None, at
        before = [post for post in posts if post.at < at - 120][-6:]
        return (rng.choice(before), at) if before else (None, LAST)

    # what comes back

    def _answers(self, account: Account, plan: Plan) -> None:
        """Exactly the planted share of every group, words of substance three times as readily as applause."""
        rng = self._rng
        groups: dict[tuple[Rank | None, bool], list[Approach]] = {}
        young: list[Approach] = []
        known: set[Person] = set()
        for approach in account.approaches:
            regular = approach.asker in known
            known.add(approach.asker)
            if account.eligible(approach):
                groups.setdefault((approach.asker.rank, regular), []).append(approach)
            else:
                young.append(approach)
        for (rank, _), group in sorted(groups.items(), key=lambda item: (str(item[0][0]), item[0][1])):
            keys = {a: rng.random() ** (1 / (3 if len(a.message.text) > 70 else 1)) for a in group}
            group.sort(key=lambda a: (-keys[a], a.message.number))
            quota = round(plan.share(rank) * len(group))
            for approach in group[:quota]:
                self._answer(account, approach, self._prompt(account, approach))
            for approach in group[quota:]:
                if rng.random() < plan.late:
                    self._answer(account, approach, approach.message.at + WINDOW + rng.randrange(DAY, 26 * DAY))
        for approach in young:
            back = account.away_at(approach.message.at)
            if back is not None and rng.random() < 0.15:
                self._answer(account, approach, back + rng.randrange(2 * DAY, 12 * DAY))
            elif back is None and rng.random() < plan.share(approach.asker.rank):
                self._answer(account, approach, self._prompt(account, approach))

    def _prompt(self, account: Account, approach: Approach) -> int:
        """Within the window, most within a day; what waited through an absence after the return."""
        at = approach.message.at
        delay = int(min(self._rng.lognormvariate(10.2, 1.1), WINDOW - DAY))
        back = account.away_at(at + delay)
        return at + delay + 60 if back is None else self._rng.randrange(back + 1801, max(back + 1860, at + WINDOW))

    def _answer(self, account: Account, approach: Approach, at: int) -> None:
        if at >= LAST or account.away_at(at) is not None:
            return
        rng, asked, place = self._rng, approach.message, approach.place
        topic = phrases.topic_of(asked.text, asked.language)
        sentences = phrases.ANSWERS if topic else phrases.WELCOMES
        if topic is None and asked.parent is not None:
            topic = self._topic(asked.parent, account, asked.language)
        text = phrases.say(rng, sentences[asked.language], asked.language, topic)
        parent = asked
        if place.kind == "wordpress" and asked.parent is not None and rng.random() < 0.12:
            parent, text = asked.parent, f"@{asked.author.name}: {text}"  # beside it instead of under it
        self._write(
            place, account.person, at, text, "answer", parent=parent, spoken_to=(asked.author,),
            language=asked.language, deleted=place.kind == "disqus" and rng.random() < 0.03,
        )  # fmt: skip
        approach.answered = at

    # what else happens in a hall

    def _extras(self, account: Account, place: Place, plan: Plan) -> None:
        rng, on_x = self._rng, place.kind in ("x1", "x2")
        asked = [m for m in place.messages if m.role == "approach"]
        answers = [m for m in place.messages if m.role == "answer"]
        for message in rng.sample(answers, len(answers) // 8):
            asker = message.spoken_to[0]
            self._talk(place, asker, message, "follow_up", account.person)
        for message in rng.sample(asked, len(asked) // 25):
            writer = rng.choice(asked).author
            if writer is not message.author:
                others = (message.author, account.person) if on_x else (message.author,)
                self._talk(place, writer, message, "chatter", *others)
        for message in asked:
            if rng.random() < plan.thanks:
                text = phrases.say(rng, phrases.THANKS[message.language], message.language)
                self._write(
                    place, account.person, message.at + rng.randrange(20, 90), text, "thanks", parent=message,
                    spoken_to=(message.author,), client="IFTTT", language=message.language,
                )  # fmt: skip
        if on_x:
            self._reshares(account, place, asked, plan)
            self._outreach(account, place)
        else:
            self._unwanted(place, asked)
        if place.kind == "guestbook":
            for message in asked[::3]:
                if account.away_at(at := message.at + rng.randrange(DAY)) is None and at < LAST:
                    place.likes.append(Like(account.person, message, at))

    def _talk(self, place: Place, author: Person, parent: Message, role: Role, *spoken_to: Person) -> None:
        at = parent.at + 300 + int(self._rng.expovariate(1 / 20_000))
        if at < LAST:
            text = phrases.say(self._rng, phrases.CHATTER[author.language], author.language)
            self._write(place, author, at, text, role, parent=parent, spoken_to=spoken_to)

    def _reshares(self, account: Account, place: Place, asked: list[Message], plan: Plan) -> None:
        """Amplification follows the same habit as answering."""
        for message in self._rng.sample(asked, min(len(asked), 120)):
            at = message.at + self._rng.randrange(600, 3 * DAY)
            if self._rng.random() < plan.share(message.author.rank) / 2 and at < LAST and account.away_at(at) is None:
                self._write(place, account.person, at, message.text, "reshare", reshares=message)

    def _outreach(self, account: Account, place: Place) -> None:
        """The account speaks first, a senior replies: that is an answer to it and no approach. And a bot talks."""
        bot = Person(900_000 + account.person.number, "Hall Headlines", "headlines.bot.demo", "en", None, 40)
        for i in range(12):
            at = self._rng.randrange(START + DAY, LAST - 2 * DAY)
            text = "Headlines of the hall today: letters.headlines.example"
            self._write(place, bot, at, text, "bot", spoken_to=(account.person,), client="dlvr.it")
            senior = self._crowd["senior"][-1 - i % 5]
            if account.away_at(at) is None:
                text = phrases.say(self._rng, phrases.ANSWERS[account.person.language], account.person.language)
                first = self._write(place, account.person, at + 7, text, "post", spoken_to=(senior,))
                self._talk(place, senior, first, "follow_up", account.person)

    def _unwanted(self, place: Place, asked: list[Message]) -> None:
        """Spam, and messages that their writers deleted: by people who do nothing else."""
        for i, message in enumerate(self._rng.sample(asked, len(asked) // 40)):
            writer = self._person(f"Golden Chairs {i + 1}", account=False)
            role: Role = "spam" if i % 3 else "deleted"
            text = phrases.say(self._rng, phrases.SPAM[writer.language], writer.language)
            self._write(place, writer, message.at + 31, text, role, parent=message.parent, deleted=role == "deleted")
