"""Which tweet was reshared or quoted, as far as an archive tells."""

from __future__ import annotations

import re

from permadani.sources.x.shapes import Tweet, User, number
from permadani.sources.x_archive.shapes import ArchiveTweet, second_of

MOST_PICTURES = 8
"""X shows four with a tweet."""
_RESHARE = re.compile(r"RT @(\w{1,50}): ")
_STATUS = re.compile(r"https?://(?:(?:www|mobile)\.)?(?:twitter|x)\.com/\w{1,50}/status(?:es)?/(\d{1,20})(?!\d)")


def is_reshare(tweet: ArchiveTweet) -> bool:
    """Current archives tell a retweet only by its text; a reply that begins so is the owner's own words."""
    if _RESHARE.match(tweet.full_text or tweet.text or "") is None:
        return False
    return number(tweet.in_reply_to_status_id_str, tweet.in_reply_to_status_id) is None


def original(tweet: ArchiveTweet) -> Tweet | None:
    """The tweet that was reshared: known only where a picture in it names the tweet that it came from, and that tweet's
    author is the one whose name stands after ``RT``."""
    found = _RESHARE.match(tweet.full_text or tweet.text or "")
    if found is None or tweet.entities is None:
        return None
    called = [m for m in tweet.entities.user_mentions or [] if (m.screen_name or "").lower() == found[1].lower()]
    author = number(called[0].id_str, called[0].id) if called else None
    for media in tweet.entities.media or []:
        key = number(media.source_status_id_str, media.source_status_id)
        if key and author and number(media.source_user_id_str, media.source_user_id) == author:
            user = User(id_str=author, screen_name=called[0].screen_name)
            return Tweet(id_str=key, user=user, created_at=second_of(key))
    return None


def quoted(tweet: ArchiveTweet) -> str | None:
    """The tweet that is quoted: told by its address at the end of the text (behind it only pictures)."""
    if (told := number(tweet.quoted_status_id_str, tweet.quoted_status_id)) or tweet.entities is None:
        return told
    text, entities = (tweet.full_text or tweet.text or "").rstrip(), tweet.entities
    for media in (entities.media or [])[:MOST_PICTURES]:
        if media.url and text.endswith(media.url):
            text = text.removesuffix(media.url).rstrip()
    for link in entities.urls or []:
        if link.url and link.expanded_url and text.endswith(link.url):
            status = _STATUS.match(link.expanded_url)
            return status[1] if status else None
    return None
