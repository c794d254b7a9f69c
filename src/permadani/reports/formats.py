"""What each source reads, for people; a file of its own, so that a help text loads nothing else."""

from __future__ import annotations

from permadani.language import N_

READS: dict[str, str] = {
    "tables": N_("tables of your own (CSV, Parquet)"),
    "disqus": N_("Disqus export (XML)"),
    "wordpress": N_("WordPress export (WXR)"),
    "convokit": N_("ConvoKit corpora"),
    "feed": N_("RSS, Atom and JSON feeds"),
    "discourse": N_("Discourse topics (JSON), a member's own archive"),
    "youtube": N_("YouTube comments (API, yt-dlp, Google Takeout)"),
    "x": N_("X/Twitter JSON as researchers collect it"),
    "x_archive": N_("the archive that X gives of an account"),
    "facebook": N_("what Facebook lets people download (JSON)"),
    "google_plus": N_("Google+ from Takeout (JSON, HTML)"),
    "bluesky": N_("Bluesky repositories (CAR), JSON of its API"),
    "activitystreams": N_("Mastodon archives, other ActivityStreams"),
    "email": N_("e-mail (mbox, Maildir, single messages)"),
    "pipermail": N_("archives of mailing lists"),
}
"""In the order in which sources are asked; a test compares the names with ``permadani.sources.OWN``."""
