"""The WordPress export, WXR 1.0 to 1.2: RSS with the site's posts, and inside each its comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from permadani.sources.base import ReadOptions
from permadani.sources.reading.clock import iso, rfc2822
from permadani.sources.reading.cues import Cues
from permadani.sources.reading.files import InputFile
from permadani.sources.reading.markup import display_name, plain
from permadani.sources.reading.memory import Memory
from permadani.sources.reading.xmlbytes import starts_with
from permadani.sources.reading.xmlelement import Element, Shape, children, text, texts
from permadani.sources.reading.xmlstream import Part, XmlStream
from permadani.sources.wordpress import ids
from permadani.vocabulary import Actor, Coverage, Direction, Object, Problem, Record

SHAPE = Shape(
    what="a WordPress export (WXR)",
    containers=("rss", "channel"),
    records=("wp:author", "wp:category", "wp:tag", "wp:term", "item"),
    fields=frozenset(
        {"title", "link", "pubDate", "creator", "encoded", "status"}
        | {"post_id", "post_date", "post_date_gmt", "post_password", "post_type"}
    ),
    inner="wp:comment",
    inner_fields=frozenset(
        {"comment_id", "comment_author", "comment_author_email", "comment_author_url", "comment_content"}
        | {"comment_date", "comment_date_gmt"}
        | {"comment_approved", "comment_type", "comment_parent", "comment_user_id"}
    ),
)
_DIRECTIONS: tuple[Direction, Direction] = ("inbound", "outbound")
_POSTS = ("post", "page")
FURNITURE = frozenset(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request"}
    | {"feedback", "shop_order", "shop_order_refund", "shop_coupon"}
)
"""Never a conversation in public, whatever their status says (``wp_…`` types neither)."""
_PINGS = ("pingback", "trackback")
_COMMENTS = ("", "comment", "review")


@dataclass(slots=True)
class _Post:
    """The item whose comments are being read. ``article`` waits until a comment shows a custom type to be public."""

    id: str | None
    link: str
    kept: bool
    kind: str
    offset: int
    article: Object | None
    place: str


class WordPress:
    """See docs/sources/wordpress.md."""

    name = "wordpress"

    def recognises(self, file: InputFile) -> bool:
        found = starts_with(file, SHAPE.containers)
        return found is not None and ("://wordpress.org/export/" in found[0] or "<wp:wxr_version>" in found[1])

    def read(self, file: InputFile, options: ReadOptions) -> Iterator[Record]:
        return _Reading(file).records()


class _Reading:
    """One pass over one export."""

    def __init__(self, file: InputFile) -> None:
        self._stream = XmlStream(file, SHAPE)
        self._site, self._link, self._home = "", "", ""
        self._language: str | None = None
        self._logins: dict[str, str] = {}  # user number -> login
        self._names: dict[str, str | None] = {}  # login -> display name
        self._mails: dict[str, str] = {}  # shown login -> e-mail address, for its hash only
        self._cues = Cues()
        self._shown: dict[str, str] = {}  # login -> login without an e-mail's domain
        self._seen = Memory[str]()
        self._creators: dict[str, None] = {}
        self._post = _Post(None, "", False, "", 0, None, "")
        self._waiting: Actor  # who wrote the article that waits
        self._since: int | None = None
        self._last: int | None = None
        self._exported: int | None = None

    @property
    def site(self) -> str:
        return self._site or self._link or "unknown"

    def records(self) -> Iterator[Record]:
        for part in self._stream:
            if isinstance(part, Problem):
                yield part
                continue
            match part.element.tag.rpartition("}")[2].rpartition(":")[2]:
                case "item":
                    yield from self._item(part)
                case "author":
                    self._author(texts(part.element))
                case "base_blog_url":
                    self._home = text(part.element).strip()
                    self._site = ids.bare(self._home)
                case "link" if not part.element.get("rel"):  # an atom:link has one
                    self._link = self._link or ids.bare(text(part.element))
                case "pubDate":
                    self._exported = rfc2822(text(part.element))
                case "language":
                    self._language = text(part.element).strip() or None
        yield from self._left_out()
        for actor in self._creators:
            yield from self._cues.link(actor, self._home)
            for direction in _DIRECTIONS:
                yield Coverage(
                    actor=actor,
                    channel="wordpress",
                    direction=direction,
                    since=self._since,
                    until=self._last if self._exported is None else self._exported,
                    completeness="complete",
                    basis=f"WordPress export (WXR) of {self.site}, spam not included",
                )
        if self._stream.cut:
            raise self._stream.cut

    def _author(self, fields: dict[str, str]) -> None:
        login, number = fields.get("author_login", "").strip(), fields.get("author_id", "").strip()
        if login:
            self._logins[number] = login
            self._names[login] = display_name(fields.get("author_display_name", ""))
            if "@" in login:  # some sites use e-mail addresses as logins; those are not kept
                self._shown[login] = ids.shown(login, number)
            self._mails[self._shown.get(login, login)] = fields.get("author_email", "")

    def _new(self, actor: Actor) -> Iterator[Actor]:
        if self._seen.is_new(actor.id):
            yield actor

    def _account(self, login: str) -> Actor:
        shown = self._shown.get(login) or ids.shown(login)
        return Actor(id=ids.user(self.site, shown), channel="wordpress", handle=shown, name=self._names.get(login))

    def _signed(self, name: str | None, message: str) -> Actor:
        return Actor(id=ids.signed(self.site, name, message), channel="wordpress", name=name)

    def _item(self, part: Part) -> Iterator[Record]:
        fields = children(part.element)
        if not part.continued:
            yield from self._left_out()
            yield from self._read_post(part, fields)
        if "comment" in fields:
            for child in part.element.iterchildren("{*}comment", "wp:comment"):
                yield from self._comment(part, child)

    def _left_out(self) -> Iterator[Problem]:
        """A post of a custom type that nobody could be seen to talk under."""
        if self._post.article is not None:
            reason = f"not_a_post:{self._post.kind}"
            self._post.article = None
            yield Problem(reason=reason, place=self._post.place, lost=False)

    def _read_post(self, part: Part, fields: dict[str, Element]) -> Iterator[Record]:
        kind = text(fields.get("post_type")).strip() or "post"
        status = text(fields.get("status")).strip() or "publish"
        number = text(fields.get("post_id")).strip()
        link, place = text(fields.get("link")).strip(), part.line()
        id = ids.post(self.site, number) if number else None
        post = self._post = _Post(id, link, False, kind, 0, None, place)
        if kind in FURNITURE or kind.startswith("wp_"):
            yield Problem(reason=f"not_a_post:{kind}", place=place, lost=False)
            return
        if status != "publish" or text(fields.get("post_password")):
            why = "password" if status == "publish" else status
            yield Problem(reason=f"not_published:{why}", place=place, lost=False)
            return
        if id is None:
            yield Problem(reason="missing_id", place=place)
            return
        post.kept = True  # even if the post itself cannot be read, its comments can
        local, stamp = iso(text(fields.get("post_date"))), text(fields.get("post_date_gmt"))
        published = iso(stamp)
        if published is None:
            published = rfc2822(text(fields.get("pubDate")))
        if published is None and local is not None:
            published = local
            yield Problem(reason="local_time", place=place, lost=False)
        if published is None:
            yield Problem(reason="unparsable_time", place=place, example=stamp.strip()[:80] or None)
            return
        post.offset = local - published if local is not None else 0
        words = (plain(text(fields.get(name))) for name in ("title", "encoded"))
        login = " ".join(text(fields.get("creator")).split())
        author = self._account(login) if login else self._signed(None, f"post {number}")
        post.article = Object(
            id=id,
            channel="wordpress",
            kind="article",
            actor=author.id,
            published=published,
            thread=id,
            text="\n".join(filter(None, words)) or None,
            language=self._language,
            url=link or None,
        )
        if not login:
            yield Problem(reason="no_author_name", place=place, lost=False)
        if kind in _POSTS:
            yield from self._article(author)
        else:
            self._waiting = author

    def _article(self, author: Actor) -> Iterator[Record]:
        article, self._post.article = self._post.article, None
        if article is None:
            return
        yield from self._new(author)
        if author.handle:
            self._creators[author.id] = None
            yield from self._cues.address(author.id, self._mails.get(author.handle))
        self._since = article.published if self._since is None else min(self._since, article.published)
        self._last = max(self._last or article.published, article.published)
        yield article

    def _comment(self, part: Part, element: Element) -> Iterator[Record]:
        fields, post = texts(element), self._post
        kind, approved = fields.get("comment_type", "").strip(), fields.get("comment_approved", "").strip()
        if reason := self._unwanted(kind, approved):
            yield Problem(reason=reason, place=part.line(element), lost=False)
            return
        if post.article is not None:
            yield from self._article(self._waiting)
        number = fields.get("comment_id", "").strip()
        if not number:
            yield Problem(reason="missing_id", place=part.line(element))
            return
        stamp = fields.get("comment_date_gmt", "")
        published = iso(stamp)
        if published is None:
            local = iso(fields.get("comment_date", ""))
            if local is None:
                yield Problem(reason="unparsable_time", place=part.line(element), example=stamp.strip()[:80] or None)
                return
            published = local - post.offset
            yield Problem(reason="local_time", place=part.line(element), lost=False)
        self._last = max(self._last or published, published)
        login = self._logins.get(fields.get("comment_user_id", "").strip())
        name = display_name(fields.get("comment_author", ""))
        author = self._account(login) if login else self._signed(name, number)
        if not login and not name:
            yield Problem(reason="no_author_name", place=part.line(element), lost=False)
        yield from self._new(author)
        if login or name:
            yield from self._cues.address(author.id, fields.get("comment_author_email"))
            yield from self._cues.link(author.id, fields.get("comment_author_url"))
        parent = fields.get("comment_parent", "").strip()
        deleted = approved in ("trash", "post-trashed")
        yield Object(
            id=ids.comment(self.site, number),
            channel="wordpress",
            kind="comment",
            actor=author.id,
            published=published,
            # A parent in the trash leaves its number behind, and a pingback can be one: seen or not, it is kept.
            in_reply_to=ids.comment(self.site, parent) if parent.strip("0") else post.id,
            thread=post.id,
            text=None if deleted else plain(fields.get("comment_content", "")) or None,
            url=f"{post.link}#comment-{number}" if post.link and not deleted else None,
            spam=approved == "spam",
            deleted=deleted,
        )

    def _unwanted(self, kind: str, approved: str) -> str | None:
        """Why a comment is left out on purpose, or None."""
        if kind in _PINGS:
            return "pingback"
        if kind not in _COMMENTS:
            return f"not_a_comment:{kind}"
        if not self._post.kept:
            return "on_left_out_post"
        if approved in ("0", "hold"):
            return "held_for_moderation"
        return None if approved in ("", "1", "approve", "trash", "post-trashed", "spam") else f"not_approved:{approved}"
