"""Networks without an open door, and the way around: the archive that everybody can ask for."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

from permadani.errors import NoDoor
from permadani.language import N_
from permadani.sources.live.asked import Asked

WAYS: dict[str, tuple[tuple[str, ...], str]] = {
    "X": (("x.com", "twitter.com", "t.co"), N_(
        "Ask for your archive (Settings, Your account, Download an archive of your data), then: permadani import FILE"
    )),
    "Facebook": (("facebook.com", "fb.com", "m.me"), N_(
        "Ask for your own data as JSON (Accounts Centre, Your information, Download), then: permadani import FILE"
    )),
    "Google+": (("plus.google.com",), N_(
        "It was closed in 2019; a Takeout archive from then can be read: permadani import FILE"
    )),
    "Instagram": (("instagram.com",), N_("Nothing of it can be read yet.")),
    "Threads": (("threads.net", "threads.com"), N_("Nothing of it can be read yet.")),
    "LinkedIn": (("linkedin.com",), N_("Nothing of it can be read yet.")),
    "YouTube": (("youtube.com", "youtu.be"), N_(
        "Comment threads saved as JSON, and your own comments from Takeout, can be read: permadani import FILE"
    )),
}  # fmt: skip
"""Names for people, hosts, and what can be done instead."""


FILES = (
    ".zip", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".xml", ".rss", ".mbox", ".eml", ".car", ".txt",
    ".gz", ".tgz", ".tar", ".bz2", ".xz",
)  # fmt: skip
"""How the names of exports end."""


def closed(asked: Asked) -> NoDoor | None:
    """The error that says why this cannot be read live, or None where it may be tried."""
    if _is_file(asked):
        return NoDoor(
            N_("“{who}” is a file or folder, or called like one: it is not read live"),
            hint=N_("Files are read by: permadani import {file}. Of a site, write the whole address: https://…"),
            who=asked.text,
            file=quote(asked.text),
        )
    host = asked.host.partition(":")[0]
    for network, (hosts, way) in WAYS.items():
        if any(host == one or host.endswith("." + one) for one in hosts):
            return NoDoor(N_("{network} has no open door: nobody can read an account there from outside"), hint=way,
                          network=network)  # fmt: skip
    return None


def _is_file(asked: Asked) -> bool:
    """Whether a file of the user's is meant: a whole address never is, nor a name with its @."""
    if asked.at or asked.kind not in ("domain", "name") or not asked.text:
        return False
    of_a_site = asked.kind == "domain" and urlsplit(asked.url).path not in ("", "/")
    if asked.text.lower().endswith(FILES) and not of_a_site:
        return True
    try:
        return Path(asked.text).exists()
    except (OSError, ValueError):  # too long, or with a zero byte
        return False
