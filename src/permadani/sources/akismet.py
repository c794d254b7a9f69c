"""Akismet, the service that says whether a comment is spam. It is asked only where the user wants it.

Who asks it hands the commenter's address on the net, name, site and words to a company. So it is off by default, what
the site itself marked is never asked about, and nothing is sent that is not in ``CommentToCheck``. See
docs/sources/akismet.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from permadani.errors import BudgetSpent, FetchError
from permadani.settings import Secret, secret_for
from permadani.sources.http import Answer, Client
from permadani.vocabulary import Problem

SERVICE = "https://rest.akismet.com"
LONGEST_WORDS = 60_000
LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class CommentToCheck:
    """All that leaves this computer, besides the key and the site's address.

    ``id``: the message's id here (not sent). ``address``: the IP address it was written from, without which Akismet
    takes no question; sites tell it only to those who log in. ``kind``: comment, or reply. ``published``: microseconds.
    """

    id: str
    address: str | None
    text: str
    author: str | None = None
    author_url: str | None = None
    browser: str | None = None
    page: str | None = None
    published: int | None = None
    kind: str = "comment"


def akismet_for(site: str, client: Client) -> Akismet | None:
    """Akismet with the key that the user gave for its host; None where none was given.

    ``PERMADANI_AKISMET`` puts another address in its place (the tests' stub); the key is then that host's.
    """
    base = os.environ.get("PERMADANI_AKISMET", SERVICE)
    key = secret_for(urlsplit(base).netloc)
    return Akismet(client, key, site, base=base) if key else None


class Akismet:
    """``site``: the address of the front page of the site that the comments stand on.

    ``problems``: why a comment could not be judged, for the caller to yield and empty.
    """

    def __init__(self, client: Client, key: Secret, site: str, *, base: str = SERVICE, is_test: bool = False) -> None:
        """``is_test``: Akismet then learns nothing from what it is asked."""
        self.problems: list[Problem] = []
        self._client, self._key, self._site, self._is_test = client, key, site, is_test
        self._base = base.rstrip("/") + "/1.1/"
        self._asks: bool | None = None  # None: the key was not looked at yet; False: no more questions in this run

    def check(self, comment: CommentToCheck) -> bool | None:
        """True: spam. False: none. None: not known, and why stands in ``problems``.

        Raises:
            BudgetSpent: the comment was not asked about.
        """
        address = _ip(comment.address)
        if address is None:
            self._problem("akismet_no_address", comment.id)
            return None
        if self._asks is None:
            self._asks = self._key_is_good()
        if not self._asks:
            self._problem("akismet_not_asked", comment.id)
            return None
        answer = self._post(
            "comment-check", {"api_key": self._key.reveal(), **self._form(comment, address)}, comment.id
        )
        said = _word(answer)
        if said in ("true", "false"):
            return said == "true"
        if answer is not None:
            self._problem("akismet_unsure", comment.id, _debug(answer) or said)
            # "invalid" and alerts are about the key or the form of the question, not about this comment
            self._asks = said != "invalid" and "x-akismet-alert-code" not in answer.headers
        return None

    def _form(self, comment: CommentToCheck, address: str) -> dict[str, str]:
        told = {
            "blog": self._site,
            "user_ip": address,
            "user_agent": comment.browser,
            "permalink": comment.page,
            "comment_type": comment.kind,
            "comment_author": comment.author,
            "comment_author_url": comment.author_url,
            "comment_content": comment.text[:LONGEST_WORDS],
            "comment_date_gmt": _date(comment.published),
            "is_test": "1" if self._is_test else None,
        }
        return {name: value for name, value in told.items() if value}

    def _key_is_good(self) -> bool:
        answer = self._post("verify-key", {"key": self._key, "blog": self._site}, self._site)
        said = _word(answer)
        if answer is not None and said != "valid":
            self._problem("akismet_key_refused", self._site, _debug(answer) or said)
        return said == "valid"

    def _post(self, call: str, form: Mapping[str, str | Secret], place: str) -> Answer | None:
        """None where it cannot be had; then nothing is asked any more in this run."""
        try:
            return self._client.post(self._base + call, form)
        except BudgetSpent:
            raise
        except FetchError as error:
            self._asks = False
            self._problem("akismet_unreachable", place, error.text())
            return None

    def _problem(self, reason: str, place: str, example: str | None = None) -> None:
        """What the service says may hold what it was sent: the key is taken out."""
        if example is not None:
            example = example.replace(self._key.reveal(), "•••")[:LONGEST_REASON]
        self.problems.append(Problem(reason=reason, place=place, example=example, lost=False))


def _word(answer: Answer | None) -> str:
    return answer.text().strip()[:LONGEST_REASON] if answer is not None else ""


def _debug(answer: Answer) -> str | None:
    """What it says of an answer that is none: the debug header, and the number of an alert to the key's owner."""
    told = (answer.headers.get("x-akismet-debug-help"), answer.headers.get("x-akismet-alert-msg"))
    return "; ".join(text for text in told if text) or None


def _ip(text: str | None) -> str | None:
    try:
        return str(ip_address(text.strip())) if text else None
    except ValueError:
        return None


def _date(published: int | None) -> str | None:
    return datetime.fromtimestamp(published // 1_000_000, UTC).isoformat() if published is not None else None
