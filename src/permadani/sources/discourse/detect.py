"""Whether the beginning of a file is of Discourse, judged by its keys or its columns."""

from __future__ import annotations

from permadani.sources.reading.jsonhead import Keys, entries

_POST = {b"post_number", b"cooked", b"raw", b"topic_id", b"reply_to_post_number", b"username", b"avatar_template"}
_ACTION = {b"action_type", b"acting_username", b"topic_id", b"post_number", b"slug"}
_TOPIC = {b"posts_count", b"bumped_at", b"last_posted_at", b"slug", b"fancy_title", b"highest_post_number", b"posters"}


def is_discourse(head: bytes) -> bool:
    """Topics, posts, a user's activity, or lists of topics. ``head``: see ``json_text``."""
    return any(_is_topic(keys) or _is_list(keys) or _is_post(_top(keys)) for keys in entries(head))


def _top(keys: Keys) -> set[bytes]:
    return {path[0] for path in keys if len(path) == 1}


def _within(keys: Keys, *above: bytes) -> set[bytes]:
    return {path[len(above)] for path in keys if path[: len(above)] == above and len(path) > len(above)}


def _is_topic(keys: Keys) -> bool:
    """A topic, its posts by number, or a topic that some program put into an object of its own."""
    stream = _within(keys, b"post_stream")
    return (
        _is_post(_within(keys, b"post_stream", b"posts"))
        or {b"posts", b"stream"} <= stream
        or (b"posts" in _within(keys, b"topic", b"post_stream"))
    )


def _is_post(found: set[bytes]) -> bool:
    return b"post_number" in found and len(found & _POST) >= 4 and bool(found & {b"cooked", b"raw"})


def _is_list(keys: Keys) -> bool:
    if any(_is_post(_within(keys, name)) for name in (b"latest_posts", b"private_posts")):
        return True
    if len(_within(keys, b"user_actions") & _ACTION) >= 3:
        return True
    listed = _within(keys, b"topic_list", b"topics")
    return len(listed & _TOPIC) >= 3 or (b"topic_list", b"per_page") in keys
