"""Formats that are known by sight but not read yet, so that an import can say so and not only "not recognised"."""

from __future__ import annotations

import re

from permadani.language import N_
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.xmlbytes import find_header, head_text

_NOTICES: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    (
        N_("an X archive, which this version does not read yet"),
        re.compile(
            rb"\s*(?:window\.(?:YTD\.|__THAR_CONFIG\b)|Grailbird\.data\.|var (?:payload|user)_details\s*="
            rb"|var tweet_index\s*=|\"tweet_id\",\"in_reply_to_status_id\")"
        ),
    ),
    (
        N_("an archive of Mastodon or another ActivityPub server, which this version does not read yet"),
        re.compile(rb'\s*\{(?s:.{0,2000}?)"@context"\s*:(?s:.{0,200}?)"https://www\.w3\.org/ns/activitystreams"'),
    ),
    (
        N_("an mbox of e-mails, which this version does not read yet"),
        re.compile(rb"From \S[^\n]* [A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d[^\n]*\n[A-Za-z-]+:[ \t]"),
    ),
    (
        N_("a Bluesky repository (CAR), which this version does not read yet"),
        re.compile(rb"(?s:.{1,2})\xa2(?:eroots\x81|gversion\x01eroots\x81)"),
    ),
    (
        N_("a Facebook export, which this version does not read yet"),
        re.compile(
            rb'\s*(?:\[\s*)?\{\s*"(?:(?:group_)?(?:posts|comments)_v2|reactions_v2|comments_media_comments)"\s*:\s*\['
            rb'|\s*\[\s*\{\s*"timestamp"\s*:\s*\d+,\s*"(?:attachments|data|title)"\s*:(?=(?s:.*?)"data"\s*:\s*\[)'
        ),
    ),
    (
        N_("a Google+ export (Takeout), which this version does not read yet"),
        re.compile(rb"\s*<html>(?=(?s:.*?)\bhttps://plus\.google\.com/)(?=(?s:.*?)class=\"(?:author|main-content)\b)"),
    ),
)
_FEED = N_("an RSS or Atom feed, which is not read (a feed holds only the newest entries, and no answers)")


def known_but_unread(file: InputFile) -> str | None:
    """A sentence on a file that no source recognises: a text for the catalogue, without values. Never raises."""
    try:
        head = file.head
        for notice, sign in _NOTICES:
            if sign.match(head.removeprefix(b"\xef\xbb\xbf")):
                return notice
        text = head_text(head)
        if any((found := find_header(text, (root,))) and not found.junk for root in ("rss", "feed", "RDF")):
            return _FEED
    except Exception:  # only a courtesy: a damaged file is named by whoever reads it
        return None
    return None
