"""What a file of an X archive holds, by the assignment with which its JavaScript begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from permadani.sources.reading.jsonhead import BOM
from permadani.vocabulary import Problem

TWEETS = frozenset({"tweets", "tweet"})
COMMUNITY = frozenset({"community_tweets", "community_tweet"})
DELETED = frozenset({"deleted_tweets", "deleted_tweet"})
PRIVATE = ("direct_message", "twitter_circle_tweet")
"""Beginnings of names: written to some people only."""
MONTH, TABLE = "month", "table"


def _sign(assignment: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:\xef\xbb\xbf)?\s*+" + assignment)


_YTD = _sign(rb"window\.YTD\.([A-Za-z]\w{0,80})\.part(\d{1,4})\s*+=\s*+")
_OTHERS = [
    ("manifest", _sign(rb"window\.__THAR_CONFIG\s*+=\s*+(?=\{)")),
    (MONTH, _sign(rb"Grailbird\.data\.tweets_\d{4}_\d{1,2}\s*+=\s*+")),
] + [
    # other people's programs have variables of these names too: the first key must be one of Twitter's
    (name.decode(), _sign(rb"var " + name + rb'\s*+=\s*+(?=(?:\[\s*+)?\{\s*+"(?:' + keys + rb')")'))
    for name, keys in (
        (b"user_details", rb"screen_name|full_name|bio|id|location|url|created_at"),
        (b"payload_details", rb"tweets|created_at|lang"),
        (b"tweet_index", rb"file_name|year|var_name|tweet_count|month"),
    )
]
_HEADER = re.compile(
    rb'"?tweet_id"?,"?in_reply_to_status_id"?,"?in_reply_to_user_id"?,(?:"?\w{1,40}"?,){0,8}(?:text|"text")(?:[,\r\n]|\Z)'
)


@dataclass(frozen=True, slots=True)
class Kind:
    """``name``: of the global variable; ``part``: its number, where a large archive is split; ``skip``: bytes before
    the JSON begins."""

    name: str
    part: int = 0
    skip: int = 0


def kind_of(head: bytes) -> Kind | None:
    """None where the beginning is not that of a file of an X archive."""
    if found := _YTD.match(head):
        return Kind(found[1].decode("ascii").lower(), int(found[2]), found.end())
    for name, sign in _OTHERS:
        if found := sign.match(head):
            return Kind(name, skip=found.end())
    if _HEADER.match(head.removeprefix(BOM)):
        return Kind(TABLE)
    return None


def nothing(kind: Kind) -> Problem:
    """Said of a file that is part of the archive and not read, so that nothing is passed over silently."""
    private = kind.name.startswith(PRIVATE)
    return Problem(reason="private_messages" if private else "no_messages", example=kind.name, lost=False)
