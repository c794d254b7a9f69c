"""Which feeds a site has: those its page names, or where nothing is named those at the usual places."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from permadani.errors import AddressRefused, BadAnswer, BadStatus
from permadani.sources.http import Answer, Client
from permadani.sources.site.feedfile import hosts_of, is_feed, read_feed
from permadani.sources.site.feedlinks import as_atom, of_comments
from permadani.sources.site.feeds import FEED, FeedDoor, Feeds
from permadani.sources.site.webpage import Webpage
from permadani.vocabulary import Problem

USUAL = ("feed/", "feed.xml", "atom.xml", "rss.xml", "index.xml", "feed.json", "feeds/posts/default")
MOST_COMMENT_FEEDS = 3


def opened_feeds(
    page: Webpage,
    home: str | None,
    elsewhere: list[str],
    closed: list[str],
    client: Client,
    given: Answer | None = None,
) -> FeedDoor | None:
    """The door to a site's feeds, None where none is found. ``home``: of a WordPress site whose API is ``closed``, or
    of one that shows none; ``given``: what was asked for is a feed itself.

    Raises:
        FetchError: as the client does, but for a feed that is not there.
    """
    for address, answer in _candidates(page, home, client) if given is None else [(given.url, given)]:
        wordpress = home is not None or b"wordpress.org/?v=" in answer.body[:20_000]
        comments = _comment_feeds(page, home if home else _origin(page.url) if wordpress else None, address)
        problems = [Problem(reason="api_closed", place=page.url, example=why[:160], lost=False) for why in closed]
        found = read_feed(answer.body, answer.url, hosts_of(home or page.url, address, answer.url))
        who = next(iter(found.authors)) if len(found.authors) == 1 else None
        site = address.partition("://")[2].rstrip("/")
        return FeedDoor(
            Feeds(home or _origin(page.url), address, answer, wordpress, comments, elsewhere, problems),
            client,
            who,
            site,
        )
    return None


def _candidates(page: Webpage, home: str | None, client: Client) -> Iterator[tuple[str, Answer]]:
    """Feeds of entries that can be read, the best first."""
    named = [feed for feed in page.feeds if not of_comments(feed.url) and not _of_this_page(page, feed.url)]
    named.sort(key=lambda feed: ("atom", "rss", "json").index(feed.kind))
    addresses = [feed.url for feed in named[:2]]
    if home is not None:
        own = addresses or [f"{home}/feed/"]
        addresses = [*dict.fromkeys(as_atom(address) for address in own), *own]
    elif not page.feeds:
        addresses = [urljoin(page.url, f"/{path}") for path in USUAL]
    for address in dict.fromkeys(addresses):
        try:
            answer = client.get(address, accept=FEED)
        except (BadStatus, BadAnswer, AddressRefused):
            continue
        if is_feed(answer.body, answer.url):
            yield address, answer


def _comment_feeds(page: Webpage, home: str | None, entries: str) -> list[str]:
    """Feeds of comments: of the whole site, and of the page that was named."""
    found = [feed.url for feed in page.feeds if of_comments(feed.url) or _of_this_page(page, feed.url)]
    if home is not None:
        if not any(map(of_comments, found)):
            found.append(f"{home}/?feed=comments-rss2" if urlsplit(entries).query else f"{home}/comments/feed/")
        found = [as_atom(address) for address in found]
    elif "blogger" in page.generator.lower() and not any(map(of_comments, found)):
        found.append(urljoin(page.url, "/feeds/comments/default"))
    return [address for address in dict.fromkeys(found) if address != entries][:MOST_COMMENT_FEEDS]


def _of_this_page(page: Webpage, feed: str) -> bool:
    """Whether it is the feed of the comments of the very page: WordPress puts it under the page's address."""
    own = urlsplit(page.canonical or page.url).path.rstrip("/")
    return bool(own) and urlsplit(feed).path.startswith(f"{own}/feed")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
