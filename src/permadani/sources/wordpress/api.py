"""A WordPress site's REST API: its lists page by page, whatever the server claims of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec

from permadani.errors import BadAnswer, BadStatus
from permadani.language import N_
from permadani.settings import Secret
from permadani.sources.http import Client
from permadani.sources.live.cursors import ring

PER_PAGE = 100
MOST_EMPTY = 20
"""After this many pages in a row without anything, although more are promised, the promise is not believed. (Comments
on pages that not everybody may read are counted, but not shown.)"""
MOST_REPEATED = 3
"""Pages in one list that are asked for again because they hold less than promised, without getting more."""
TOLERATED = 10
"""WordPress counts comments on posts behind a password and does not show them: of ten entries one may be hidden so."""
MARGIN = 15 * 3_600_000_000
"""Before 5.3 WordPress took times with a zone for its own, which may be as many hours off."""
Item = dict[str, Any]
Parameters = Mapping[str, str | int]


def number(value: object) -> int | None:
    """A number that could be an id or a count."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62 else None


def words(value: object) -> str:
    """Text, or nothing where it is anything else."""
    return value if isinstance(value, str) else ""


def content(value: object) -> str:
    """The HTML of a title or text: as it was written, where that is shown, else as pages show it."""
    if not isinstance(value, dict):
        return ""
    return words(value.get("raw")) or words(value.get("rendered"))


def stamp(moment: int) -> str:
    """Microseconds as the API takes times: with the zone, so that it is not taken for the site's own."""
    return datetime.fromtimestamp(moment // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list. ``total``, ``pages``: what the server says of the whole; None where it does not.
    ``odd``: how many entries were none."""

    items: list[Item]
    total: int | None = None
    pages: int | None = None
    odd: int = 0


class Cursor(msgspec.Struct):
    """Where a list stands, kept between runs: what was asked for, the page to ask next, and when it was begun."""

    began: int
    after: int | None = None
    before: int | None = None
    modified: bool = False
    """``after`` is about the last change."""
    page: int = 1
    reached: int | None = None
    """The time of the last entry of the last page, of lists in order of time."""
    total: int | None = None
    """How many entries the server counted then."""
    read: int = 0
    missing: int = 0
    """Entries that the server counted where it did not show them."""
    hole: bool = False
    """Whether a quarter of a page or more was missing in one place: few hide so many comments in a row."""

    @property
    def has_gap(self) -> bool:
        """Whether more is missing than can be explained: a few may be deleted meanwhile, or be for few eyes only."""
        return self.hole or self.missing * TOLERATED > self.read + self.missing


class Api:
    """``root``: the address of the API's front page; it may end in ``?rest_route=/``."""

    def __init__(self, client: Client, root: str, secret: Secret | None = None) -> None:
        self._client, self.root, self._secret = client, root, secret

    @property
    def signed_in(self) -> bool:
        return self._secret is not None

    def anonymous(self) -> Api:
        """The same API as everybody sees it."""
        return Api(self._client, self.root)

    def object(self, route: str, parameters: Parameters) -> Item:
        """Raises FetchError, also where the answer is none."""
        found = self._client.get(self._address(route, parameters), secret=self._secret).json()
        if not isinstance(found, dict):
            raise self._nonsense(route)
        return found

    def list(self, route: str, parameters: Parameters) -> Listed:
        """One page. Past the end of a list some say "bad request", others show an empty page; here it is empty."""
        try:
            answer = self._client.get(self._address(route, {"per_page": PER_PAGE, **parameters}), secret=self._secret)
        except BadStatus as error:
            if error.status == 400 and (number(parameters.get("page")) or 1) > 1:
                return Listed([])
            raise
        found = answer.json()
        if not isinstance(found, list):
            raise self._nonsense(route)
        items = [item for item in found if isinstance(item, dict)]
        total, pages = (number(answer.headers.get(name)) for name in ("x-wp-total", "x-wp-totalpages"))
        return Listed(items, total, pages, len(found) - len(items))

    def _address(self, route: str, parameters: Parameters) -> str:
        return f"{self.root}{route}{'&' if '?' in self.root else '?'}{urlencode(parameters)}"

    @staticmethod
    def _nonsense(route: str) -> BadAnswer:
        return BadAnswer(N_("the site's answer to {what} is not built as WordPress builds it"), what=f"/{route}")


def walk(api: Api, route: str, parameters: Parameters, cursor: Cursor) -> Iterator[Listed]:
    """The pages of a list from a cursor on; before a page is handed out, the cursor is moved behind it.

    A list that was left in the middle is taken up so that what was deleted since, and moved the rest up, makes no gap:
    by its last time where it has one (``reached``), else as many pages earlier as there are fewer entries.

    Raises:
        BadAnswer: the same page again and again, or nothing for very long although more is promised.
        FetchError: see Client.
    """
    asked: dict[str, str | int] = dict(parameters)
    if cursor.page > 1 and cursor.reached is not None:
        cursor.after, cursor.page = max(cursor.after or 0, cursor.reached - MARGIN), 1
    if cursor.after is not None:
        asked["modified_after" if cursor.modified else "after"] = stamp(cursor.after)
    if cursor.before is not None:
        asked["before"] = stamp(cursor.before)
    size = int(asked.get("per_page", PER_PAGE))
    left = cursor.total if cursor.page > 1 else None
    met: set[int] = set()
    empty = repeated = 0
    while True:
        listed = api.list(route, {**asked, "page": cursor.page})
        total = cursor.total if listed.total is None and cursor.page > 1 else listed.total
        if _wanting(listed, total, cursor.page, size) and repeated < MOST_REPEATED:
            again = api.list(route, {**asked, "page": cursor.page})
            better = len(again.items) + again.odd > len(listed.items) + listed.odd
            listed, repeated = (again, repeated) if better else (listed, repeated + 1)
            total = total if listed.total is None else listed.total
        numbers = {id for item in listed.items if (id := number(item.get("id"))) is not None}
        full = len(listed.items) + listed.odd >= size  # whoever says that a full page is the last must show it
        if numbers and numbers <= met:
            if listed.pages is None and not full:  # it knows one page only, and tells no numbers
                return
            raise ring()
        if left is not None and cursor.page > 1 and (listed.total is None or listed.total < left):
            gone = 1 if listed.total is None else left - listed.total
            cursor.page, left = max(1, cursor.page - -(-gone // size)), None
            continue
        met, left, cursor.total = met | numbers, None, total
        cursor.read += len(listed.items) + listed.odd
        wanting = _wanting(listed, total, cursor.page, size)
        cursor.missing += wanting
        cursor.hole |= wanting * 4 >= size
        empty = 0 if listed.items else empty + 1
        if empty > MOST_EMPTY:
            raise BadAnswer(N_("the site promises more pages than it has"), hint=N_("What was read before is kept."))
        more = bool(listed.items) if listed.pages is None else cursor.page < listed.pages
        if not more and not full and total is not None:
            cursor.missing += max(0, total - cursor.page * size)
        cursor.page += 1
        yield listed
        if not more and not full:
            return


def _wanting(listed: Listed, total: int | None, page: int, size: int) -> int:
    """How many entries a page lacks of those that the server counts there."""
    if total is None:
        return 0
    return max(0, min(size, total - (page - 1) * size) - len(listed.items) - listed.odd)
