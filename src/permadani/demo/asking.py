"""What an account publishes, and what people write to it."""

from __future__ import annotations

from permadani.demo import phrases
from permadani.demo.model import DAY, END, LAST, START, Account, Approach, Message, Person, Place
from permadani.demo.people import Crowd
from permadani.demo.plans import Plan, Stage

TRIES = 200
HOSTILE_EVERY = 97
MOST_AGAIN = 25
"""No single asker outweighs all others."""
ADVISED = (25 * DAY, 180 * DAY)
"""When advice is given, since START."""


def publish(crowd: Crowd, account: Account, place: Place, stage: Stage, plan: Plan) -> list[Message]:
    """Posts by hand, never two weeks apart except in an absence, and those of a scheduler, which knows none."""
    rng, person = crowd.rng, account.person
    first = place is account.places[0]
    count = max(90, crowd.scaled(stage.posts)) if first else crowd.scaled(stage.posts)
    step = (LAST - START) / count
    times = [START + int(step * (i + rng.random() * 0.8)) for i in range(count)]
    times = [at for at in times if account.away_at(at) is None]
    times += [until + 1800 for _, until in account.absences]
    if place.kind == "disqus":
        times.append(END - 60)  # the export ends with its last message
    machines = [rng.randrange(START, LAST) for _ in range(crowd.scaled(plan.scheduled, 0))]
    advice = [(START + at, None, language) for at, language in zip(ADVISED, plan.advice, strict=False) if first]
    written = [*((at, None, None) for at in times), *((at, "Buffer", None) for at in machines), *advice]
    posts = []
    for at, client, advised in sorted(written, key=lambda one: one[0]):
        language = advised or person.language
        sentences = phrases.ADVICE if advised else phrases.POSTS
        text = phrases.say(rng, sentences[language], language)
        posts.append(crowd.write(place, person, at, text, "post", client=client, language=language))
    return posts


def ask(crowd: Crowd, account: Account, place: Place, stage: Stage, posts: list[Message], plan: Plan) -> None:
    """Everybody writes at least once; some come again and again, never twice in one conversation."""
    rng = crowd.rng
    askers = _askers(crowd, place, stage)
    again = max(0, crowd.scaled(stage.approaches) - len(askers))
    writers = askers + rng.choices(askers, [min(MOST_AGAIN, rng.paretovariate(1.1)) for _ in askers], k=again)
    rng.shuffle(writers)
    weights = [rng.paretovariate(1.6) for _ in posts]
    if plan.burst:
        weights[len(weights) // 2] = sum(weights) / 12
    taken: set[tuple[Person, Message | None]] = set()
    for i, writer in enumerate(writers):
        for _ in range(TRIES):
            parent, at = _when(crowd, account, place, posts, weights, plan)
            if at < LAST and (parent is None or (writer, parent) not in taken):
                break
        else:  # has spoken everywhere already
            continue
        taken.add((writer, parent))
        hostile = i % HOSTILE_EVERY == 11
        language = "en" if hostile else writer.language
        topic = None if parent is None else topic_in(parent, account, language)
        substantive = rng.random() < 0.78 or hostile
        sentences = phrases.SUBSTANTIVE if substantive else phrases.DITTO
        text = phrases.say(rng, phrases.HOSTILE if hostile else sentences[language], language, topic)
        spoken_to = (account.person,) if place.on_x else ()
        message = crowd.write(
            place, writer, at, text, "approach", parent=parent, spoken_to=spoken_to, language=language
        )
        account.approaches.append(Approach(message, place, substantive))


def _askers(crowd: Crowd, place: Place, stage: Stage) -> list[Person]:
    tens = max(1, crowd.scaled(stage.askers) // 10)
    if place.on_x:
        return crowd.of_every_rank(tens)
    return crowd.strangers(tens * 10, {"wordpress": 0.0, "disqus": 0.6, "guestbook": 1.0}[place.kind])


def _when(
    crowd: Crowd, account: Account, place: Place, posts: list[Message], weights: list[float], plan: Plan
) -> tuple[Message | None, int]:
    """Under which post and when: soon after it, or at any time under a recent one; on X also under none."""
    rng = crowd.rng
    away = rng.random() < plan.pile
    if not away and place.on_x and rng.random() < plan.mentions:
        return None, rng.randrange(START + 10 * DAY, LAST)
    if not away and rng.random() < 0.7:
        post = rng.choices(posts, weights)[0]
        return post, post.at + 120 + int(rng.expovariate(1 / (18 * 3600)))
    at = rng.randrange(*rng.choice(account.absences)) if away else rng.randrange(START + 10 * DAY, LAST)
    before = [post for post in posts if post.at < at - 120][-6:]
    return (rng.choice(before), at) if before else (None, LAST)


def topic_in(post: Message, account: Account, language: str) -> str | None:
    """What a post of the account is about, in the language of somebody who speaks about it."""
    own = account.person.language
    return phrases.translated(phrases.topic_of(post.text, own), own, language)
