"""Whether the beginning of a file is tweets: judged by the keys of its first entries, which may be cut off."""

from __future__ import annotations

import re

from permadani.sources.reading.jsonhead import Keys, entries

_NUMBERED = re.compile(rb'"id"\s*+:\s*+"\d{1,20}"')

_V1_SIGNS = {
    b"in_reply_to_status_id",
    b"in_reply_to_status_id_str",
    b"in_reply_to_user_id_str",
    b"in_reply_to_screen_name",
    b"retweet_count",
    b"favorite_count",
    b"is_quote_status",
    b"retweeted_status",
    b"quoted_status",
    b"extended_tweet",
    b"id_str",
}
_V2_SIGNS = {
    b"edit_history_tweet_ids",
    b"conversation_id",
    b"referenced_tweets",
    b"public_metrics",
    b"in_reply_to_user_id",
    b"context_annotations",
    b"reply_settings",
    b"possibly_sensitive",
    b"note_tweet",
    b"lang",
    b"source",
    b"__twarc",
}
_PAGE = {b"data", b"includes", b"meta", b"errors", b"__twarc", b"matching_rules"}
_V2_FIELDS = _V2_SIGNS | {b"id", b"text", b"author_id", b"created_at", b"entities", b"attachments", b"geo", b"withheld"}
_CLONES = {b"idstr", b"mid", b"reposts_count", b"statusnet_html", b"statusnet_conversation_id", b"external_url"}
"""Weibo and GNU social speak Twitter's API v1 with other ids."""


def is_tweets(head: bytes) -> bool:
    """Whether one of the first entries is a tweet, or a response of Twitter's API. ``head``: see ``json_text``."""
    numbered = _NUMBERED.search(head) is not None
    return any(_is_tweet(keys, numbered) for keys in entries(head))


def _is_tweet(keys: Keys, numbered: bool) -> bool:
    top = {path[0] for path in keys if len(path) == 1}
    if top & _CLONES:
        return False
    if b"statuses" in top:
        return _is_status({path[1:] for path in keys if path[0] == b"statuses"})
    if b"data" in top:
        if top & {b"includes", b"meta", b"errors", b"__twarc", b"matching_rules"} or len(top) == 1:
            tweet = {path[1:] for path in keys if path[0] == b"data"}
            return _is_v2(tweet, page=keys) or (numbered and _is_bare(tweet, top))
        return False
    if b"meta" in top and (b"meta", b"result_count") in keys:
        return {(b"meta", b"newest_id"), (b"meta", b"next_token")} & keys != set() or b"__twarc" in top
    return _is_status(keys) or _is_v2(keys)


def _is_status(keys: Keys) -> bool:
    top = {path[0] for path in keys if len(path) == 1}
    if not top & {b"id", b"id_str"} or not top & {b"text", b"full_text", b"truncated"} or top & _CLONES:
        return False
    if b"user" in top:
        return (b"user", b"screen_name") in keys or len(top & _V1_SIGNS) >= 2
    return len(top & _V1_SIGNS) >= 3  # cut before the user came


def _is_v2(keys: Keys, page: Keys | None = None) -> bool:
    top = {path[0] for path in keys if len(path) == 1}
    if not {b"id", b"text"} <= top:
        return False
    if b"edit_history_tweet_ids" in top or len(top & _V2_SIGNS - {b"lang", b"source"}) >= 3:
        return True
    named = b"author_id" in top or (b"author", b"username") in keys
    around = page is not None and bool({(b"includes", b"users", b"username"), (b"meta", b"result_count")} & page)
    return named and (around or bool(top & _V2_SIGNS))


def _is_bare(keys: Keys, page: set[bytes]) -> bool:
    """A page as the API gives it to those who ask for no fields: claimed so that it can be said what is missing."""
    top = {path[0] for path in keys if len(path) == 1}
    return {b"id", b"text"} <= top <= _V2_FIELDS and page <= _PAGE
