"""Conversion pairs of another project (granary, CC0), by path: what its feeds become here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from written_exports import Read

from permadani.sources.feed import Feed
from permadani.sources.reading.clock import iso

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "granary-testvectors" / "granary" / "tests" / "testdata"
pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="../shared/data is not here")

OUTCOMES = {
    "article_with_attachment_image_list.feed-from-as.json": (0, ["unparsable_time"]),
    "article_with_attachment_stream_list.feed-from-as.json": (0, ["unparsable_time"]),
    "article_with_audio_video.feed-from-as.json": (0, ["unparsable_time"]),
    "article_with_displayName.feed-from-as.json": (0, ["unparsable_time"]),
    "attachments.feed.json": (0, ["unparsable_time"]),
    "feed_with_audio_video.rss.xml": (2, []),
    "feed_with_authors.rss.xml": (0, ["unparsable_time", "unparsable_time"]),
    "feed_with_note.rss.xml": (1, ["no_author_name"]),
    "invalid_content_fields.feed.json": (0, ["unparsable_time"]),
    "note.feed-from-as.json": (1, []),
}
"""Entries converted, and why others are not: most of these have no time at all."""


def feeds() -> list[Path]:
    patterns = ("*.rss.xml", "*.atom*", "*.feed.json", "*.feed-from-as.json")
    return sorted(path for pattern in patterns for path in VECTORS.glob(pattern))


def test_every_vector_is_accounted_for() -> None:
    found = {}
    for path in feeds():
        made = Read(Feed(), path)
        found[path.name] = len(made.objects), [reason for reason in made.reasons() if reason != "no_messages"]
    assert found == OUTCOMES


def test_what_is_converted_says_the_same() -> None:
    made = Read(Feed(), VECTORS / "feed_with_audio_video.rss.xml").objects
    wanted = json.loads((VECTORS / "feed_with_audio_video.as-from-rss.json").read_text("utf-8"))
    assert len(wanted) == len(made) == 2
    for record, activity in zip(made, wanted, strict=True):
        assert record.id == activity["id"] == activity["url"] == record.url
        assert record.kind == activity["objectType"] == "article"
        assert record.published == iso(activity["published"])
        assert (record.text or "").startswith(activity["displayName"])
