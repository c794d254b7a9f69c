"""Response pages, stream lines and flattened tweets of API v2 to records."""

from __future__ import annotations

from dataclasses import dataclass, field

from permadani.sources.x.records import CHANNEL, Records, address, status_id
from permadani.sources.x.shapes import Entry, Tweet, User, client, language, moment, number, snowflake, words
from permadani.vocabulary import Object


@dataclass(slots=True)
class _Page:
    """The people a page brings along, and when it was fetched."""

    retrieved: int | None = None
    by_id: dict[str, User] = field(default_factory=dict)
    by_name: dict[str, User] = field(default_factory=dict)

    def add(self, user: User | None) -> None:
        if user is not None and (key := number(user.id)) is not None:
            self.by_id[key] = user
            if user.username:
                self.by_name[user.username.lower()] = user


def add_page(records: Records, page: Entry) -> None:
    """A response: ``data`` and the tweets and users it includes. Follower counts are dated by ``retrieved_at``.

    Without ``retrieved_at`` they are dated by the author's tweet, for included tweets by the newest tweet of ``data``.
    """
    about = _Page(retrieved=moment(page.twarc.retrieved_at) if page.twarc else None)
    tweets = page.data if isinstance(page.data, list) else [page.data] if page.data else []
    included = page.includes.tweets if page.includes else []
    for user in page.includes.users if page.includes else []:
        about.add(user)
    for key, user in about.by_id.items():
        actor, _ = records.actor(key, user)
        if about.retrieved is not None:
            records.standing(actor, user, about.retrieved)
    newest = max((_time(tweet) or 0 for tweet in tweets), default=0) or None
    for tweet in tweets:
        add_tweet(records, tweet, about)
    for tweet in included:
        add_tweet(records, tweet, about, nested=True, collected=newest)
    for failure in page.errors or []:
        example = failure.detail or failure.message or failure.title
        if failure.code is not None:  # the call failed: what it asked for is missing here
            records.problem("api_error", example)
        else:  # the page is complete, but some tweet or user named in it is deleted, protected or withheld
            records.problem("unavailable_upstream", example, lost=False)


def _time(tweet: Tweet) -> int | None:
    key = number(tweet.id)
    return moment(tweet.created_at) or (snowflake(key) if key else None)


def add_tweet(
    records: Records,
    tweet: Tweet,
    page: _Page | None = None,
    *,
    nested: bool = False,
    collected: int | None = None,
) -> None:
    """One tweet, and those flattened into it. ``collected``: when the outer tweet was made."""
    about = page or _Page(retrieved=moment(tweet.twarc.retrieved_at) if tweet.twarc else None)
    waiting: list[tuple[Tweet, bool, int | None]] = [(tweet, nested, collected)]
    while waiting:
        tweet, nested, collected = waiting.pop()
        key = number(tweet.id)
        if key is None:
            records.problem("missing_id", tweet.text)
            continue
        if nested and records.known(key):
            continue
        published = records.time(key, tweet.created_at)
        collected = collected or published
        references = {r.type: r for r in tweet.referenced_tweets or []}
        waiting += [(r, True, collected) for r in references.values() if r.text is not None]
        author = number(tweet.author_id) or (number(tweet.author.id) if tweet.author else None)
        if author is None:
            records.problem("missing_author", f"tweet {key}")
            continue
        if published is None or collected is None:
            records.problem("unparsable_time", f"tweet {key}: {tweet.created_at}")
            continue
        user = tweet.author or about.by_id.get(author) or User(id=author)
        actor, handle = records.actor(author, user, full=tweet.author is not None or author in about.by_id)
        if page is None or about.retrieved is None:  # a dated page does it once for each user
            records.standing(actor, user, about.retrieved or collected)
        reshared = references.get("retweeted")
        original = number(reshared.id) if reshared else None
        records.tweet(key, published, nested=nested)
        if original:
            records.announce(actor, original, published)
        else:
            _note(records, about, tweet, key=key, published=published, author=(actor, handle))


def _note(
    records: Records, page: _Page, tweet: Tweet, *, key: str, published: int, author: tuple[str, str | None]
) -> None:
    references = {r.type: number(r.id) for r in tweet.referenced_tweets or []}
    parent, quoted = references.get("replied_to"), references.get("quoted")
    thread, text, entities = number(tweet.conversation_id), tweet.text, tweet.entities
    if tweet.note_tweet is not None:  # more than 280 characters (since 2023)
        text, entities = tweet.note_tweet.text or text, tweet.note_tweet.entities or entities
    actor, handle = author
    identifier = status_id(key)
    records.out.append(
        Object(
            id=identifier,
            channel=CHANNEL,
            kind="note",
            actor=actor,
            published=published,
            in_reply_to=status_id(parent) if parent else None,
            thread=status_id(thread) if thread else None,
            quotes=status_id(quoted) if quoted else None,
            text=words(text),
            language=language(tweet.lang),
            client=client(tweet.source),
            url=address(handle, key),
        )
    )
    to = number(tweet.in_reply_to_user_id, tweet.in_reply_to_user.id if tweet.in_reply_to_user else None)
    person = tweet.in_reply_to_user or (page.by_id.get(to) if to else None)
    mentions = [_known(page, user) for user in (entities.mentions if entities else None) or []]
    if to is not None or mentions:
        records.addressed(identifier, actor, to, person.username if person else None, mentions)


def _known(page: _Page, mention: User) -> User:
    """A mention with its id: older responses give only the name, and ``includes.users`` the rest."""
    if mention.id is None and mention.username:
        return page.by_name.get(mention.username.lower(), mention)
    return mention
