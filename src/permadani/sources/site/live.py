"""The door to a site by the address of any of its pages: the API of WordPress, else the feeds that the page names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from permadani.errors import BadAnswer, BadStatus, NoDoor
from permadani.language import N_
from permadani.sources.http import Answer, Client
from permadani.sources.live.asked import Asked
from permadani.sources.live.base import Door
from permadani.sources.site.feedfile import is_feed
from permadani.sources.site.feedlinks import home_page
from permadani.sources.site.finding import USUAL, opened_feeds
from permadani.sources.site.services import services
from permadani.sources.site.webpage import LARGEST, Webpage, read
from permadani.sources.wordpress.live import WordPressDoor
from permadani.sources.wordpress.opening import Closed, opened

HTML = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml;q=0.9, */*;q=0.5"
_WORDPRESS = re.compile(r"""https?:\\?/\\?/[^\s"'<>\\]{1,200}?(?=\\?/wp-(?:content|includes)\\?/)""")
_PATH = re.compile(r"""["'=(](/[^\s"'<>]{0,200}?)?/wp-(?:content|includes)/""")


def knock(wanted: Asked, client: Client) -> Door | None:
    """The door to a site by its address or domain; None where a name is meant.

    Raises:
        NoDoor: neither an API nor a feed was found; the hint names what was found instead.
        FetchError: as the client does.
    """
    if wanted.kind not in ("url", "domain") or wanted.at:
        return None
    answer = client.get(wanted.url, accept=HTML, limit=LARGEST)
    if is_feed(answer.body, answer.url):
        return _of_a_feed(answer, client)
    return _of_a_page(wanted.host, answer, client)


def _of_a_feed(answer: Answer, client: Client) -> Door | None:
    """The site that a feed is of, if it says so and lies at the same host; else the feed alone."""
    home = home_page(answer.body, answer.url)
    if home is not None:
        try:
            page = client.get(home, accept=HTML, limit=LARGEST)
            if not is_feed(page.body, page.url):
                return _of_a_page(urlsplit(page.url).netloc, page, client)
        except (NoDoor, BadStatus, BadAnswer):
            pass
    return opened_feeds(Webpage(answer.url), None, [], [], client, given=answer)


def _of_a_page(host: str, answer: Answer, client: Client) -> Door:
    page = read(answer.text(), answer.url, answer.headers.get("link", ""))
    elsewhere, closed = services(page), list[str]()
    for root in page.api or _guessed(page):
        try:
            return WordPressDoor(
                opened(_rooted(root, answer.url), answer.url, client, page.language, elsewhere), client
            )
        except Closed as error:
            closed.append(error.why)
    door = opened_feeds(page, _home(page), elsewhere, closed, client)
    if door is not None:
        return door
    if elsewhere:
        raise NoDoor(
            N_(
                "{site} names no feed and no API; its comments are kept by {service}, which cannot be read from outside"
            ),
            hint=N_("Its owner can export them there, then: permadani import FILE"),
            site=host,
            service=", ".join(elsewhere),
        )
    raise NoDoor(
        N_("{site} cannot be read live: it names neither the API of WordPress nor a feed"),
        hint=N_("Looked for: {looked_for}. If you know the address of a feed, name that."),
        site=host,
        looked_for=", ".join(["wp-json", *(f"/{path}" for path in USUAL)]),
    )


def _rooted(root: str, page: str) -> str:
    """The root of an API, with its final slash, and with https where the page of the same host has it."""
    root = root.replace("%2F", "/").replace("%2f", "/")
    if page.startswith("https://") and urlsplit(page).netloc == urlsplit(root).netloc:
        root = root.replace("http://", "https://", 1)
    return root if root.endswith("/") else f"{root}/"


def _guessed(page: Webpage) -> list[str]:
    """Where the API of a site that looks like WordPress may be, although its pages do not say so."""
    home = _home(page)
    return [f"{home}/?rest_route=/", f"{home}/wp-json/"] if home else []


def _home(page: Webpage) -> str | None:
    own = urlsplit(page.url)
    for text in page.loaded:
        for found in _WORDPRESS.findall(text):
            home = found.replace("\\", "")
            if urlsplit(home).netloc.lower() == own.netloc.lower():
                return str(home).rstrip("/")
        if (match := _PATH.search(text)) is not None:
            return f"{own.scheme}://{own.netloc}{match[1] or ''}"
    return f"{own.scheme}://{own.netloc}" if "wordpress" in page.generator.lower() else None
