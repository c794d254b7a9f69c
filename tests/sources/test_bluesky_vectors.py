"""Bluesky JSON beside what another program makes of it: the test vectors of granary (CC0), by path.

granary gives ActivityStreams 1. Compared is what both have: author, text, time, what is replied to, quoted, reshared,
who is named. A record without its address is given one here, as the repository it comes from would.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from permadani.sources.base import ReadOptions
from permadani.sources.bluesky.pages import Pages
from permadani.sources.bluesky.uris import POST, reference
from permadani.sources.reading.clock import iso
from permadani.vocabulary import Actor, Addressed, Announce, Cue, Object, Problem, Record

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "granary-testvectors" / "granary" / "tests" / "testdata"
pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="../shared/data is not here")
FOO = "did:plc:foo"
PLACE = f"at://{FOO}/{POST}/record"
POSTS = (
    "comment_inreplyto_id.bsky", "note.bsky", "note.bsky-from-as", "note_mastodon_with_video.bsky-from-as",
    "note_with_article_attachment.bsky-from-as", "note_with_article_tag_indices.bsky", "note_with_custom_feed.bsky",
    "note_with_mention_linked_text.bsky", "quote.bsky", "quote.bsky-from-as",
    "quote_and_attachment.bsky-from-as", "quote_and_image.bsky-from-as", "quote_with_image.bsky",
    "quote_with_image.bsky-from-as", "repost.bsky",
)  # fmt: skip
PROFILES = ("actor.bsky", "actor_with_featured.bsky")
REFUSED = {
    "quote_and_attachment.bsky": "an empty createdAt, and taken in by the server before there was a Bluesky",
    "quote_and_image.bsky": "the same",
    "follow.bsky": "follows a web address, not a DID",
    "like.bsky": "likes a web address, not a post",
    "like.bsky-from-as": "likes an empty address",
    "repost.bsky-from-as": "reshares an empty address",
}
WITHOUT_TIME = {
    "note_with_custom_feed.bsky", "note_with_article_tag_indices.bsky", "note_with_article_attachment.bsky-from-as",
    "repost.bsky",
}  # fmt: skip
"""Where granary's side has no time."""
CORRECTED = {"note.bsky": "2023-05-06T23:50:57.998361"}
"""Claims 2012, long before Bluesky, under a key of May 2023: the key is believed."""


def loaded(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def converted(name: str) -> list[Record]:
    """The records of a vector."""
    value = loaded(name)
    pages = Pages(ReadOptions(owner=FOO))
    if value["$type"] == POST:
        value = {"uri": PLACE, "value": value}
    elif value.get("post", {}).get("uri") == "":
        value["post"]["uri"] = PLACE
    pages.add(value)
    return pages.records.out


def other_side(name: str) -> Any:
    """granary's object for a vector, the one it was made from or the one made of it."""
    stem, _, kind = name.partition(".")
    for other in ("as",) if kind == "bsky-from-as" else ("as-from-bsky", "as"):
        if (VECTORS / f"{stem}.{other}.json").exists():
            return loaded(f"{stem}.{other}")
    raise AssertionError(name)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def test_every_vector_is_accounted_for() -> None:
    found = {path.name.removesuffix(".json") for path in VECTORS.glob("*.bsky*.json")}
    assert found == {*POSTS, *PROFILES, *REFUSED}
    assert len(POSTS) + len(PROFILES) == 17 and len(found) == 23


@pytest.mark.parametrize("name", POSTS)
def test_posts(name: str) -> None:
    records, theirs = converted(name), other_side(name)
    made = [record for record in records if isinstance(record, Object)]
    if theirs.get("verb") == "share":
        (announced,) = (record for record in records if isinstance(record, Announce))
        assert (announced.actor, announced.object) == (theirs["actor"]["id"], theirs["object"]["id"])
        theirs = theirs["object"]
    theirs = theirs.get("object", theirs) if theirs.get("objectType") == "activity" else theirs
    ours = made[0]
    if ours.id != PLACE:
        assert ours.id == theirs["id"]
    assert ours.actor == reference(ours.id).did  # type: ignore[union-attr]
    assert theirs["content"].strip() in (ours.text or "")
    if name not in WITHOUT_TIME and "published" in theirs:
        assert ours.published == iso(CORRECTED.get(name, theirs["published"]))
    replied = [target["id"] for target in as_list(theirs.get("inReplyTo")) if "id" in target]
    assert ours.in_reply_to == (replied[0] if replied else None)
    quoted = [part for part in as_list(theirs.get("attachments")) if part.get("objectType") == "note"]
    at = [part["id"] for part in quoted if reference(part.get("id"))]
    assert ours.quotes == (at[0] if at else None)
    named = {tag["url"].rpartition("/")[2] for tag in theirs.get("tags", []) if tag.get("objectType") == "mention"}
    assert {to.actor for to in records if isinstance(to, Addressed) and to.kind == "mention"} == named
    for part, shown in zip(quoted, made[1:], strict=False):  # views bring the quoted post along
        assert (shown.id, shown.text) == (part["id"], part["content"])
        assert "published" not in part or shown.published == iso(part["published"])


@pytest.mark.parametrize("name", PROFILES)
def test_profiles(name: str) -> None:
    records, theirs = converted(name), other_side(name)
    (account,) = (record for record in records if isinstance(record, Actor))
    assert account.name == theirs["displayName"]
    assert [cue.value for cue in records if isinstance(cue, Cue)] == [loaded(name)["website"]]
    assert loaded(name)["website"] in json.dumps(theirs)


@pytest.mark.parametrize("name", REFUSED)
def test_the_rest_is_counted(name: str) -> None:
    problems = [record for record in converted(name) if not isinstance(record, Actor)]
    assert problems and all(isinstance(problem, Problem) and problem.lost for problem in problems)
