"""A tweet of API v1.1 to records."""

from __future__ import annotations

from permadani.sources.x.records import CHANNEL, Records, address, status_id
from permadani.sources.x.shapes import Tweet, client, language, number, words
from permadani.vocabulary import Object


def add_status(records: Records, status: Tweet) -> None:
    """A tweet, and the tweets inside it: what it quotes or reshares.

    A follower count inside a nested tweet was true when the outer one was made (the API filled it in then), so that
    is its date.
    """
    waiting: list[tuple[Tweet, bool, int | None]] = [(status, False, None)]
    while waiting:
        tweet, nested, collected = waiting.pop()
        key = number(tweet.id_str, tweet.id)
        if key is None:
            records.problem("missing_id", tweet.text)
            continue
        published = records.time(key, tweet.created_at)
        collected = collected or published
        original = tweet.retweeted_status
        if original is not None:
            waiting.append((original, True, collected))
        if tweet.quoted_status is not None:
            waiting.append((tweet.quoted_status, True, collected))
        user = tweet.user
        author = (number(user.id_str, user.id)) if user is not None else None
        if user is None or author is None:
            records.problem("missing_author", f"tweet {key}")
            continue
        if published is None or collected is None:
            records.problem("unparsable_time", f"tweet {key}: {tweet.created_at}")
            continue
        actor, handle = records.actor(author, user)
        records.standing(actor, user, collected)
        if nested and records.known(key):
            continue
        if original is not None:
            if (reshared := number(original.id_str, original.id)) is not None:
                records.tweet(key, published, nested=nested)
                records.announce(actor, reshared, published)
            continue
        records.tweet(key, published, nested=nested)
        _note(records, tweet, key, published, (actor, handle))


def _note(records: Records, tweet: Tweet, key: str, published: int, author: tuple[str, str | None]) -> None:
    parent = number(tweet.in_reply_to_status_id_str, tweet.in_reply_to_status_id)
    quoted = number(tweet.quoted_status_id_str, tweet.quoted_status_id)
    if quoted is None and tweet.quoted_status is not None:
        quoted = number(tweet.quoted_status.id_str, tweet.quoted_status.id)
    text, entities, extended = tweet.full_text or tweet.text, tweet.entities, tweet.extended_tweet
    if extended is not None:  # streams cut tweets at 140 characters and put the whole here (since 2016)
        text, entities = extended.full_text or text, extended.entities or entities
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
            quotes=status_id(quoted) if quoted else None,
            text=words(text),
            language=language(tweet.lang),
            client=client(tweet.source),
            url=address(handle, key),
        )
    )
    to = number(tweet.in_reply_to_user_id_str, tweet.in_reply_to_user_id)
    mentions = entities.user_mentions if entities is not None else None
    if to is not None or mentions:
        records.addressed(identifier, actor, to, tweet.in_reply_to_screen_name, mentions or [])
