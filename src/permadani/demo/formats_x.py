"""Tweets as Twitter's API gave them to researchers: statuses of v1.1, and response pages of v2, as JSON Lines."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import escape
from typing import Any

from permadani.demo.formats_xml import stamp
from permadani.demo.model import START, Message, Person, Place

STATUSES, PAGES = "tweets-v1.1", "tweets-v2"
TWITTER_EPOCH = 1_288_834_974_657
NO_WORKER = 1023 << 12
"""Ids carry their time as real ones do, but with a worker and a sequence that never made one."""
UNGIVEN = 9_000_000_000_000_000_000
"""User numbers from here on will be given in 2078."""
PAGE = 100
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def x_id(person: Person) -> int:
    return UNGIVEN + person.number


def tweet_id(message: Message) -> int:
    late, early = divmod(message.number, 1000)
    return ((message.at * 1000 + early - TWITTER_EPOCH) << 22) | NO_WORKER | (4095 - late)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _moment(at: int) -> str:
    """``Tue Mar 24 10:50:07 +0000 2015``; by hand, because strftime speaks the language of the computer."""
    when = datetime.fromtimestamp(at, UTC)
    return f"{_DAYS[when.weekday()]} {_MONTHS[when.month - 1]} {when:%d %H:%M:%S} +0000 {when.year}"


def _language(message: Message) -> str:
    return "in" if message.language == "id" else message.language


def _text(message: Message) -> str:
    """As the API gives it: three characters are entities."""
    text = escape(message.text, quote=False)
    return f"RT @{message.reshares.author.handle}: {text}"[:140] if message.reshares else text


def _named(message: Message, text: str) -> list[tuple[Person, int, int]]:
    """Who is named in the text, and where."""
    found = []
    for person in message.spoken_to:
        start = text.find(f"@{person.handle}")
        if start >= 0:
            found.append((person, start, start + len(f"@{person.handle}")))
    return found


def _links(text: str) -> list[dict[str, Any]]:
    """Real ones are shortened; these are not, because nobody shortens what leads nowhere."""
    return [
        {"url": link[0], "expanded_url": link[0], "display_url": link[0].partition("//")[2], "indices": [*link.span()]}
        for link in re.finditer(r"https://\S+", text)
    ]


# v1.1


def statuses(place: Place) -> str:
    return "".join(_line(_status(message, message.at)) + "\n" for message in place.messages)


def _made(person: Person) -> int:
    """When an account was made: shortly before the demo begins, as the demo holds every message there ever was."""
    return START - 86_400 * (1 + person.number % 13)


def _user(person: Person, at: int) -> dict[str, Any]:
    return {
        "id": x_id(person), "id_str": str(x_id(person)), "name": person.name, "screen_name": person.handle,
        "location": "Permadani Hall", "description": "A fictional person of the Permadani demo.", "url": None,
        "protected": False, "followers_count": person.followers_at(at), "friends_count": 80 + person.number % 300,
        "listed_count": 0, "created_at": _moment(_made(person)),
        "favourites_count": 0, "verified": False, "statuses_count": 100 + person.number, "lang": None,
    }  # fmt: skip


def _status(message: Message, collected: int) -> dict[str, Any]:
    """``collected``: when the outer tweet was made; the API fills nested people in as they are then."""
    text, key = _text(message), tweet_id(message)
    parent = message.parent
    status: dict[str, Any] = {
        "created_at": _moment(message.at), "id": key, "id_str": str(key), "full_text": text, "truncated": False,
        "display_text_range": [0, len(text)],
        "entities": {
            "hashtags": [], "symbols": [], "urls": _links(text),
            "user_mentions": [
                {"screen_name": p.handle, "name": p.name, "id": x_id(p), "id_str": str(x_id(p)), "indices": [a, b]}
                for p, a, b in _named(message, text)
            ],
        },
        "source": f'<a href="https://programs.example" rel="nofollow">{message.client}</a>',
        "in_reply_to_status_id": tweet_id(parent) if parent else None,
        "in_reply_to_status_id_str": str(tweet_id(parent)) if parent else None,
        "in_reply_to_user_id": x_id(parent.author) if parent else None,
        "in_reply_to_user_id_str": str(x_id(parent.author)) if parent else None,
        "in_reply_to_screen_name": parent.author.handle if parent else None,
        "user": _user(message.author, collected), "geo": None, "coordinates": None, "place": None,
        "contributors": None, "is_quote_status": False, "retweet_count": 0, "favorite_count": 0,
        "favorited": False, "retweeted": False, "lang": _language(message),
    }  # fmt: skip
    if message.reshares is not None:
        status["retweeted_status"] = _status(message.reshares, collected)
    return status


# v2


def pages(place: Place) -> str:
    """Search responses, a page a line, the newest tweet of each page first, as the API orders them."""
    found = place.messages
    return "".join(_line(_page(found[i : i + PAGE])) + "\n" for i in range(0, len(found), PAGE))


def _page(messages: list[Message]) -> dict[str, Any]:
    newest_first = messages[::-1]
    newest = newest_first[0]
    originals = [m.reshares for m in newest_first if m.reshares is not None]
    people = {p.number: p for m in [*newest_first, *originals] for p in (m.author, *m.spoken_to)}
    return {
        "data": [_tweet(message) for message in newest_first],
        "includes": {
            "users": [_account(person, newest.at) for person in people.values()],
            "tweets": [_tweet(message) for message in originals],
        },
        "meta": {
            "newest_id": str(tweet_id(newest)), "oldest_id": str(tweet_id(newest_first[-1])),
            "result_count": len(messages), "next_token": f"demo{tweet_id(newest):x}",
        },
    }  # fmt: skip


def _account(person: Person, at: int) -> dict[str, Any]:
    return {
        "id": str(x_id(person)), "name": person.name, "username": person.handle,
        "created_at": f"{stamp(_made(person))[:-1]}.000Z",
        "description": "A fictional person of the Permadani demo.", "protected": False, "verified": False,
        "public_metrics": {
            "followers_count": person.followers_at(at), "following_count": 80 + person.number % 300,
            "tweet_count": 100 + person.number, "listed_count": 0,
        },
    }  # fmt: skip


def _tweet(message: Message) -> dict[str, Any]:
    text = _text(message)
    tweet: dict[str, Any] = {
        "id": str(tweet_id(message)), "author_id": str(x_id(message.author)), "text": text,
        "created_at": f"{stamp(message.at)[:-1]}.000Z", "conversation_id": str(tweet_id(message.root)),
        "lang": _language(message), "source": message.client, "possibly_sensitive": False,
        "reply_settings": "everyone",
        "public_metrics": {"retweet_count": 0, "reply_count": 0, "like_count": 0, "quote_count": 0},
    }  # fmt: skip
    if named := _named(message, text):
        tweet["entities"] = {
            "mentions": [{"start": a, "end": b, "username": p.handle, "id": str(x_id(p))} for p, a, b in named]
        }
    if message.parent is not None:
        tweet["in_reply_to_user_id"] = str(x_id(message.parent.author))
        tweet["referenced_tweets"] = [{"type": "replied_to", "id": str(tweet_id(message.parent))}]
    elif message.reshares is not None:
        tweet["referenced_tweets"] = [{"type": "retweeted", "id": str(tweet_id(message.reshares))}]
    return tweet
