"""What the user typed for an account or site that is to be read now, taken apart without asking anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["acct", "did", "url", "domain", "name"]
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
_HOST = rf"(?:{_DOMAIN}|localhost|127\.0\.0\.1)(?::\d{{1,5}})?"
_ACCT = re.compile(rf"@?([\w.-]{{1,100}})@({_HOST})")
_DID = re.compile(r"did:(?:plc|web):[A-Za-z0-9._:%-]{1,500}")
_PATH = re.compile(rf"({_DOMAIN})(/\S*)?")
_HERE = re.compile(r"(?:localhost|127\.0\.0\.1):\d{1,5}(?:/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """``kind``: acct (``@ada@social.example``), did, url, domain (``ada.example``: a handle of Bluesky or
    a site; with a path, a site), name (anything else: nothing that could be visited).

    ``at``: whether it began with an @, so that a domain is a handle. ``name``: of an acct; ``host``: in small letters,
    with its port where one was given; ``url``: of a url or domain, to be visited.
    """

    text: str
    kind: Kind
    at: bool = False
    name: str = ""
    host: str = ""
    url: str = ""


def asked(text: str) -> Asked:
    """What ``text`` may mean."""
    text = text.strip()
    at, bare = text.startswith("@"), text.removeprefix("@").removeprefix("at://")
    if _DID.fullmatch(bare):
        return Asked(text, "did", name=bare)
    if match := _ACCT.fullmatch(text):
        return Asked(text, "acct", at=True, name=match[1], host=match[2].lower())
    address = f"http://{text}" if _HERE.fullmatch(text) else text
    if address.lower().startswith(("http://", "https://")):
        try:
            parts = urlsplit(address)
        except ValueError:  # a bracket without its partner
            return Asked(text, "name")
        if parts.hostname:
            return Asked(text, "url", host=parts.netloc.rpartition("@")[2].lower(), url=address)
    elif match := _PATH.fullmatch(bare):
        return Asked(text, "domain", at=at, host=match[1].lower(), url=f"https://{bare}")
    return Asked(text, "name", at=at)
