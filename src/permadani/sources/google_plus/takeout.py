"""A post as JSON, the other form of Takeout (2018-2019)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from permadani.sources.google_plus.shapes import Person, Post, Said, person, post_key

DEEPEST = 2
"""A post, and the one it reshares."""


def post_of(value: dict[str, Any], depth: int = 1) -> Post:
    url = value.get("url")
    post = Post(post_key(url), url if isinstance(url, str) else None, _person(value.get("author")), "", "")
    post.time, post.html = _text(value.get("creationTime")), _text(value.get("content"))
    if depth >= DEEPEST:
        return post
    for holder in _commented(value):
        for comment in _listed(holder, "comments", post):
            said = _person(comment.get("author")), _text(comment.get("creationTime")), _text(comment.get("content"))
            post.comments.append(Said(*said))
    post.liked_by = [_person(one.get("plusOner")) for one in _listed(value, "plusOnes", post)]
    post.reshared_by = [_person(one.get("resharer")) for one in _listed(value, "reshares", post)]
    acl = value.get("postAcl")
    seen = acl.get("visibleToStandardAcl") if isinstance(acl, dict) else None
    if isinstance(acl, dict) and isinstance(seen, dict):
        users = list(_listed(seen, "users", post))
        wider = any(acl.get(key) for key in ("collectionAcl", "communityAcl", "eventAcl", "isPublic"))
        post.direct = bool(users) and not seen.get("circles") and not wider
    reshared = value.get("resharedPost")
    if isinstance(reshared, dict):
        original = post_of(reshared, depth + 1)
        post.original, post.original_post = original.key or "", original
    return post


def _commented(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The post itself, and its pictures, which could be commented on alone."""
    yield value
    album, media = value.get("album"), value.get("media")
    pictures = album.get("media") if isinstance(album, dict) else None
    yield from (one for one in [media, *(pictures if isinstance(pictures, list) else [])] if isinstance(one, dict))


def _listed(value: dict[str, Any], key: str, post: Post) -> Iterator[dict[str, Any]]:
    """The objects of a list; what else is in it is counted with the post."""
    listed = value.get(key)
    if listed is not None and not isinstance(listed, list):
        post.odd += 1
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one
        else:
            post.odd += 1


def _person(value: Any) -> Person:
    if not isinstance(value, dict):
        return Person(None, None)
    return person(value.get("displayName"), value.get("profilePageUrl"), value.get("resourceName"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
