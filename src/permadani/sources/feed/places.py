"""Where a feed's entries were published: the channel, the site, and the ids that other exports give them too."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from permadani.sources.feed.entry import Entry, Head
from permadani.vocabulary import message_id

WEB, WORDPRESS, UNKNOWN = "web", "wordpress", "unknown"
LONGEST_ID = 2000
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>\"]+")
_POST = re.compile(r"[?&](?:p|page_id)=(\d{1,20})(?:&|#|$)")
COMMENT = re.compile(r"#(?:comment-|c)(\d{1,20})$")
_WEB = re.compile(r"(?i)https?://(?:[^/?#@\s]{0,200}@)?(?:www\.)?([^/?#@:\s\[\]]{1,255})")
_TAG = re.compile(r"tag:([\w.-]{1,100}),[\d-]{4,10}:(blog-\d{1,30})?")
_SHOWN = re.compile(r"[?&]showComment=\w*(?=$|&)")
_PAGE = re.compile(r"/comment-page-\d{1,6}/?$")


def is_address(url: str) -> bool:
    """Whether it is a web address."""
    return _WEB.match(url) is not None and len(url) <= LONGEST_ID and url.isprintable() and " " not in url


def names_a_user(url: str) -> bool:
    """Whether a name stands before its host (``http://ani@mail.example``): somebody took it for an e-mail address."""
    parts = split(url)
    return parts is not None and "@" in parts.netloc


def split(url: str) -> SplitResult | None:
    """The parts of a web address, or None where it is none."""
    try:
        return urlsplit(url) if is_address(url) else None
    except ValueError:
        return None


def bare(url: str) -> str:
    """An address without scheme and trailing slash, as the WordPress export's site is written."""
    return url.strip().rpartition("://")[2].rstrip("/")


def host(url: str) -> str:
    """Its host in small letters without "www.", or nothing."""
    found = _WEB.match(url)
    return found[1].lower() if found else ""


def post_address(link: str) -> str:
    """The address of the page under which a comment stands; empty where its link is a page of its own."""
    if not COMMENT.search(link):
        return ""
    return _PAGE.sub("/", _SHOWN.sub("", link.partition("#")[0]))


class Place:
    """The site of one feed: its host without "www.", or on WordPress the blog's address as its export has it."""

    def __init__(self, head: Head, first: Entry) -> None:
        own = next((url for url in (head.link, head.own, first.link, first.id) if is_address(url)), "")
        tag = _TAG.match(first.id)
        self.host = host(own) or (tag[1].lower() if tag else UNKNOWN)
        self.home = own
        self.channel = WORDPRESS if head.wordpress and is_address(own) else WEB
        self.site = self.host
        if self.channel == WORDPRESS:
            self.site = self._blog(head, first)
        elif tag and tag[2]:  # Blogger's exports name their blog in no other way, and its feeds do too
            self.site = f"{tag[1].lower()}/{tag[2]}"

    @staticmethod
    def _blog(head: Head, first: Entry) -> str:
        """The feed of one post's comments links to that post: then the blog is what their ids begin with."""
        if COMMENT.search(first.id) is None and COMMENT.search(first.link) is None:
            return bare(head.link or head.own)
        link, root = split(head.link), split(first.id)
        if link is None or root is None:
            return bare(head.link or head.own)
        folder = root.path.rstrip("/") if root.query else ""
        if not link.path.startswith(folder):
            folder = ""
        return f"{link.netloc}{folder}"

    def post(self, uri: str, number: str = "") -> str | None:
        """The id of a post from its address, or None where there is none."""
        found = number if number.isascii() and number.isdigit() else ""
        if self.channel == WORDPRESS and not found and self._here(uri) and (match := _POST.search(uri)):
            found = match[1]
        if self.channel == WORDPRESS and found:
            return message_id(WORDPRESS, "post", f"{self.site}/{found.lstrip('0') or '0'}")
        return self._plain(uri)

    def comment(self, uri: str, link: str = "") -> str | None:
        """The id of a comment from its address, or None where there is none."""
        if self.channel == WORDPRESS:
            for address in (uri, link):
                if self._here(address) and (match := COMMENT.search(address)):
                    return message_id(WORDPRESS, "comment", f"{self.site}/{match[1]}")
        return self._plain(uri) or self._plain(link)

    def either(self, uri: str) -> str | None:
        """The id of a post or comment, whichever the address is one of."""
        return self.comment(uri) if COMMENT.search(uri) else self.post(uri)

    def _here(self, uri: str) -> bool:
        """Blogs that collect other blogs keep their ids: those are not this site's."""
        return host(uri) == self.host

    def _plain(self, uri: str) -> str | None:
        uri = uri.strip()
        if not uri or len(uri) > LONGEST_ID:
            return None
        if _URI.fullmatch(uri):
            return uri
        return message_id(WEB, "entry", f"{self.host}/{' '.join(uri.split())}") if self.host != UNKNOWN else None
