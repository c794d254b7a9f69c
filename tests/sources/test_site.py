"""Sites found from any of their pages: what a page names, whose comments cannot be read, and what feeds give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from permadani.errors import AddressRefused, BadStatus, NoDoor
from permadani.sources.foreign import fault
from permadani.sources.http import Client
from permadani.sources.live import FetchOptions, asked, knock
from permadani.sources.site.feedfile import hosts_of, read_feed
from permadani.sources.site.feedlinks import as_atom, older_page, threads
from permadani.sources.site.live import knock as knock_at_site
from permadani.sources.site.services import services
from permadani.sources.site.webpage import MOST_FEEDS, read
from permadani.vocabulary import Actor, Coverage, Object, Problem, Record
from sources.http.hostile import Hostile, answer, calls, redirect, status
from sources.wordpress_stub import client

OPTIONS = FetchOptions(now=1_790_000_000_000_000, since=0)
HERE = "https://blog.example/2019/a-post/"


@pytest.fixture
def server() -> Iterator[Hostile]:
    with Hostile() as one:
        yield one


# What a page names


def test_a_page_names_its_api_and_feeds() -> None:
    page = read(
        """<!doctype html><html lang="id-ID"><head><!-- <link rel="https://api.w.org/" href="/no/"> -->
        <base href="https://blog.example/deep/"><meta name="generator" content="WordPress 6.1">
        <link rel='https://api.w.org/' href='../wp-json/' /><LINK HREF=feed/ REL="alternate" TYPE="Application/RSS+XML"
        title="Entries &raquo; all"><link rel="alternate" type="text/html" href="/en/"><link rel="canonical" href="/x/">
        <link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://other.example/atom#top">""",
        HERE,
        '<https://blog.example/?rest_route=/>; rel="https://api.w.org/", <https://x.example/>; rel=shortlink',
    )
    assert page.api == ["https://blog.example/?rest_route=/", "https://blog.example/wp-json/"]
    assert [(feed.url, feed.kind, feed.title) for feed in page.feeds] == [
        ("https://blog.example/deep/feed/", "rss", "Entries » all"), ("https://other.example/atom", "atom", ""),
    ]  # fmt: skip
    assert (page.language, page.canonical, page.generator) == ("id-ID", "https://blog.example/x/", "WordPress 6.1")


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/xml,x", "file:///etc/passwd", "http://", "http://[", "http://a@b.example/",
               "//", "", " ", "http://x.example/" + "a" * 3000, "http://x.example/\u202e", "mailto:ani@mail.example"],
)  # fmt: skip
def test_addresses_that_nobody_visits(target: str) -> None:
    page = read(f'<link rel="alternate" type="application/rss+xml" href="{target}">', HERE, f"<{target}>; rel=x")
    assert all(feed.url.startswith("https://blog.example/") for feed in page.feeds)


def test_ten_thousand_links() -> None:
    html = "".join(f'<link rel="alternate" type="application/rss+xml" href="/f{n}">' for n in range(10_000))
    assert len(read(html, HERE).feeds) == MOST_FEEDS


@pytest.mark.parametrize(
    "piece", ["<!--", "<script", "<script>", "<link ", "<link rel=", "<a href='", '<b x="', "<div>", "<<", "&lt;", "< ",
              "<x" + " a" * 3000, "<link rel='alternate\" ", "</script", "<script>'</script>", "\x00", "<\u0130>"],
)  # fmt: skip
def test_pages_that_would_take_a_parser_for_ever(piece: str) -> None:
    """These end at once where each piece is looked at once; with the square of them the test would never end."""
    page = read(piece * (3_000_000 // len(piece)), HERE, piece * 10_000)
    assert services(page) == []


SIGNS = {
    "Disqus": "<script>(function(){var d=document,s=d.createElement('script');"
    "s.src='https://loom.disqus.com/embed.js';})();</script>",
    "Facebook": '<div class="wide fb-comments" data-href="https://blog.example/"></div>',
    "Giscus": '<script src="https://giscus.app/client.js" data-repo="loom/talk" async></script>',
    "utterances": '<script src="https://utteranc.es/client.js" repo="loom/talk"></script>',
    "Commento": '<div id="commento"></div><script defer src="https://cdn.commento.io/js/commento.js"></script>',
    "Comentario": '<script defer src="https://talk.example/comentario.js"></script>',
    "Hyvor Talk": '<script async src="https://talk.hyvor.com/embed/embed.js" type="module"></script>',
    "IntenseDebate": "<script src='https://www.intensedebate.com/js/wordpressTemplateCommentWrapper.php'></script>",
    "Livefyre": '<div id="livefyre-comments"></div>',
    "Isso": '<script data-isso="//talk.example/" src="//talk.example/js/embed.min.js"></script>',
    "Remark42": "<script>var remark_config = {host: 'https://talk.example', site_id: 'loom'}</script>",
    "Cusdis": '<div id="cusdis_thread" data-host="https://cusdis.com"></div>',
    "Coral": '<div id="coral_thread"></div>',
    "OpenWeb": '<script async src="https://launcher.spot.im/spot/x"></script>',
    "Viafoura": '<script src="//cdn.viafoura.net/entry/index.js"></script>',
    "Vuukle": "<div id='vuukle-comments'></div>",
    "Waline": '<div id="waline"></div>',
    "Twikoo": '<div id="twikoo"></div>',
    "Gitalk": '<div id="gitalk-container"></div>',
    "Discourse": "<div id='discourse-comments'></div>",
    "Substack": '<link rel="preload" href="https://substackcdn.com/bundle/x.css">',
    "Medium": '<script src="https://cdn-client.medium.com/lite/x.js"></script>',
    "Ghost": '<script defer src="https://cdn.jsdelivr.net/ghost/@tryghost/comments-ui@0.1/umd/comments-ui.min.js"></script>',
}


@pytest.mark.parametrize("name", SIGNS)
def test_services_that_keep_the_comments(name: str) -> None:
    assert services(read(f"<html><body>{SIGNS[name]}</body></html>", HERE)) == [name]


@pytest.mark.parametrize(
    "html",
    [
        '<p>We left Disqus: <code>&lt;div id="disqus_thread"&gt;</code>, and giscus.app too, not commento.io/js</p>',
        "<!-- <div id='disqus_thread'></div> -->",
        '<iframe id="jetpack_remote_comment" src="https://jetpack.wordpress.com/jetpack-comment/?blogid=1"></iframe>',
        "<a href='https://disqus.com/'>Disqus</a><a href='https://loom.medium.com/'>me</a><div id='comments'></div>",
    ],
)
def test_words_about_services_are_none(html: str) -> None:
    assert services(read(html, HERE)) == []


# Knocking


def at(server: Hostile, path: str = "/") -> Any:
    with client() as one:
        return knock(server.url(path), one)


@pytest.mark.parametrize("text", ["@ani.example", "@ani@social.example", "ani", "did:plc:abc"])
def test_names_are_no_sites(text: str) -> None:
    with client(0) as one:
        assert knock_at_site(asked(text), one) is None


def test_nothing_to_be_found(server: Hostile) -> None:
    server.on("/", answer("<html>just words</html>", type="text/html"))
    with pytest.raises(NoDoor) as told:
        at(server)
    assert "wp-json" in (told.value.hint_text() or "") and "/atom.xml" in (told.value.hint_text() or "")
    assert len(server.seen) < 12


def test_the_usual_places_are_tried_only_where_nothing_is_named(server: Hostile) -> None:
    server.on("/", answer('<link rel="alternate" type="application/rss+xml" href="/gone.xml">', type="text/html"))
    with pytest.raises(NoDoor):
        at(server)
    assert [seen.path for seen in server.seen] == ["/", "/gone.xml"]


def test_a_page_whose_comments_are_elsewhere(server: Hostile) -> None:
    server.on("/", answer(SIGNS["Disqus"], type="text/html"))
    with pytest.raises(NoDoor, match="Disqus"):
        at(server)


def test_a_page_that_is_not_there(server: Hostile) -> None:
    with pytest.raises(BadStatus):
        at(server)


def test_nobody_is_sent_into_the_private_network(server: Hostile) -> None:
    server.on("/", redirect("http://169.254.169.254/latest/meta-data/"))
    with pytest.raises(AddressRefused):
        at(server)
    with Client() as strict, pytest.raises(AddressRefused):
        knock(server.url("/"), strict)


def test_an_api_in_the_private_network_is_not_visited(server: Hostile) -> None:
    page = "<link rel='https://api.w.org/' href='http://169.254.169.254/wp-json/'>"
    server.on("/", answer(page, type="text/html"))
    with pytest.raises(AddressRefused):
        at(server)


# Feeds


def entry(server: Hostile, number: int, more: str = "", host: str = "") -> str:
    home = host or server.url("").rstrip("/")
    return (
        f"<entry><id>{home}/entry-{number}</id><title>Entry {number}</title><link href='{home}/entry-{number}'/>"
        f"<published>2024-03-{number:02}T08:00:00Z</published><author><name>Rani</name></author>{more}</entry>"
    )


def reply(server: Hostile, number: int, to: int, name: str = "Tono") -> str:
    home = server.url("").rstrip("/")
    return (
        f"<entry><id>{home}/comment-{number}</id><title>Re</title><link href='{home}/entry-{to}#c{number}'/>"
        f"<thr:in-reply-to ref='{home}/entry-{to}' href='{home}/entry-{to}'/><content>Words {number}</content>"
        f"<published>2024-04-{number:02}T08:00:00Z</published><author><name>{name}</name></author></entry>"
    )


def atom(server: Hostile, *entries: str, head: str = "") -> str:
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
        f"<title>Loom</title><link href='{server.url('/')}'/>{head}{''.join(entries)}</feed>"
    )


def feed_page(server: Hostile, path: str = "/atom", more: str = "") -> None:
    link = f"<link rel='alternate' type='application/atom+xml' href='{path}'>"
    server.on("/", answer(f"<html><head>{link}</head>{more}</html>", type="text/html"))


def read_door(server: Hostile, state: Any = None, options: FetchOptions = OPTIONS) -> tuple[list[Record], Any]:
    records: list[Record] = []
    with client() as one:
        for page in knock(server.url("/"), one).pages(state, options):
            records += page.records
            assert [wrong for record in page.records if (wrong := fault(record))] == []
            state = msgspec.json.decode(msgspec.json.encode(page.state))
    return records, state


def objects(records: list[Record]) -> dict[str, Object]:
    return {one.id.rpartition("/")[2]: one for one in records if isinstance(one, Object)}


def reasons(records: list[Record]) -> list[str]:
    return [one.reason for one in records if isinstance(one, Problem)]


def claims(records: list[Record]) -> dict[str, str]:
    return {one.direction: one.completeness for one in records if isinstance(one, Coverage)}


def replies(path: str, count: int | None) -> str:
    told = "" if count is None else f" thr:count='{count}'"
    return f"<link rel='replies' type='application/atom+xml' href='{path}'{told}/>"


def test_a_site_is_read_through_its_feeds(server: Hostile) -> None:
    feed_page(server)
    named = [replies("/c1", 2), replies("/c2", 0), replies("/c3", None)]
    entries = [entry(server, number, more) for number, more in enumerate(named, start=1)]
    server.on("/atom", answer(atom(server, *entries), type="application/atom+xml"))
    server.on("/c1", answer(atom(server, reply(server, 1, 1), reply(server, 2, 1)), type="application/atom+xml"))
    server.on("/c3", answer(atom(server, reply(server, 3, 3)), type="application/atom+xml", headers={"ETag": '"3"'}))
    records, state = read_door(server)
    assert set(objects(records)) == {"entry-1", "entry-2", "entry-3", "comment-1", "comment-2", "comment-3"}
    assert objects(records)["comment-1"].in_reply_to == objects(records)["entry-1"].id
    assert claims(records) == {"inbound": "partial", "outbound": "partial"}
    assert "/c2" not in {seen.path for seen in server.seen}
    with client() as one:
        door = knock(server.url("/"), one)
    assert door.source == "feed" and door.who == objects(records)["entry-1"].actor, "one author: the site is theirs"
    del server.seen[:]
    server.on("/c3", status(304))
    again, _ = read_door(server, state)
    assert {seen.path for seen in server.seen} == {"/", "/atom", "/c3"}
    assert next(seen for seen in server.seen if seen.path == "/c3").headers["if-none-match"] == '"3"'
    assert set(objects(again)) <= set(objects(records))


def test_without_comments_nothing_is_known_of_who_spoke(server: Hostile) -> None:
    feed_page(server, more=SIGNS["Giscus"])
    server.on("/atom", answer(atom(server, entry(server, 1)), type="application/atom+xml"))
    records, _ = read_door(server)
    assert claims(records) == {"inbound": "none", "outbound": "partial"}
    assert "comments_elsewhere:Giscus" in reasons(records)
    assert all("Giscus" in one.basis for one in records if isinstance(one, Coverage))


def test_nobody_speaks_for_another_site(server: Hostile) -> None:
    feed_page(server)
    strangers = [entry(server, 1), entry(server, 2, host="https://famous.example")]
    strangers.append(
        entry(server, 3).replace(f"<id>{server.url('/')}entry-3", "<id>at://did:plc:x/app.bsky.feed.post/3")
    )
    server.on("/atom", answer(atom(server, *strangers), type="application/atom+xml"))
    records, _ = read_door(server)
    assert set(objects(records)) == {"entry-1"} and reasons(records).count("of_another_site") == 2
    head = "<generator uri='https://wordpress.org/' version='6.1'>WordPress</generator><link href='https://famous.example'/>"
    stolen = entry(server, 1).replace(f"{server.url('/')}entry-1", "https://famous.example/?p=1")
    server.on("/atom", answer(atom(server, stolen).replace(f"<link href='{server.url('/')}'/>", head)))
    records, _ = read_door(server)
    assert not objects(records) and not [one for one in records if isinstance(one, Actor)]


def test_older_pages_to_the_end_or_to_where_reading_shall_begin(server: Hostile) -> None:
    feed_page(server)

    def page(seen: Any) -> Any:
        number = int(seen.query.get("n", ["9"])[0])
        head = f"<link rel='next' href='/atom?n={number - 1}'/>" if number > 1 else ""
        return answer(atom(server, entry(server, number), head=head), type="application/atom+xml")

    server.on("/atom", calls(page))
    records, state = read_door(server)
    assert len(objects(records)) == 9
    del server.seen[:]
    read_door(server, state)
    assert len(server.seen) == 2, "what is older is not read again"
    since = next(one.published for one in objects(records).values() if one.id.endswith("entry-6"))
    assert len(objects(read_door(server, None, replace(OPTIONS, since=since))[0])) == 4


@pytest.mark.parametrize("older", ["/atom", "/atom?again=1", "javascript:1", "http://169.254.169.254/"])
def test_older_pages_that_lead_nowhere(server: Hostile, older: str) -> None:
    feed_page(server)
    body = atom(server, entry(server, 1), head=f"<link rel='next' href='{older}'/>")
    server.on("/atom", answer(body, type="application/atom+xml"))
    records, _ = read_door(server)
    assert len(objects(records)) == 1 and len(server.seen) < 6
    assert ("list_refused:entries" in reasons(records)) == ("169" in older)


@pytest.mark.parametrize(
    "body",
    ["", "<html></html>", "{", "<feed", "<!DOCTYPE x [<!ENTITY a 'b'>]><feed xmlns='http://www.w3.org/2005/Atom'/>"],
)
def test_comments_that_are_no_feed(server: Hostile, body: str) -> None:
    feed_page(server)
    server.on("/atom", answer(atom(server, entry(server, 1, replies("/c1", 2))), type="application/atom+xml"))
    server.on("/c1", answer(body, type="application/atom+xml"))
    records, _ = read_door(server)
    assert set(objects(records)) == {"entry-1"}
    assert {"not_a_feed", "feed_unreadable"} & set(reasons(records))


def test_comments_that_cannot_be_read_are_told(server: Hostile) -> None:
    feed_page(server)
    server.on("/atom", answer(atom(server, entry(server, 1, replies("/c1", 2))), type="application/atom+xml"))
    records, _ = read_door(server)
    assert reasons(records) == ["conversation_unreadable"]


def test_single_feeds_of_comments_that_fail_end_nothing(server: Hostile) -> None:
    feed_page(server)
    broken = ["http://169.254.169.254/c", "/gone", "/refused", "/ring", "/broken", "/well"]
    entries = [entry(server, number, replies(path, 1)) for number, path in enumerate(broken, start=1)]
    server.on("/atom", answer(atom(server, *entries), type="application/atom+xml"))
    server.on("/refused", status(403))
    server.on("/ring", redirect("/ring"))
    server.on("/broken", status(500))
    server.on("/well", answer(atom(server, reply(server, 1, 6)), type="application/atom+xml"))
    records, _ = read_door(server)
    assert "comment-1" in objects(records)
    assert reasons(records).count("conversation_unreadable") == 5


def test_three_feeds_of_comments_from_a_server_out_of_order_end_the_run(server: Hostile) -> None:
    feed_page(server)
    entries = [entry(server, number, replies(f"/c{number}", 1)) for number in range(1, 5)]
    server.on("/atom", answer(atom(server, *entries), type="application/atom+xml"))
    for number in range(1, 5):
        server.on(f"/c{number}", status(500))
    with pytest.raises(BadStatus):
        read_door(server)


def test_ids_that_do_not_show_whose_they_are_become_the_sites(server: Hostile) -> None:
    feed_page(server)
    ids = [
        "urn:uuid:1225c695",
        "tag:blogger.com,1999:blog-7.post-8",
        "TAG:famous.example,2005:3",
        "tag:127.0.0.1,2005:4",
    ]
    entries = [
        entry(server, number, replies("/c1", 1)).replace(f"{server.url('/')}entry-{number}</id>", f"{id}</id>")
        for number, id in enumerate(ids, start=1)
    ]
    server.on("/atom", answer(atom(server, *entries), type="application/atom+xml"))
    below = reply(server, 1, 2).replace(f"ref='{server.url('/')}entry-2'", f"ref='{ids[1]}'")
    below = below.replace(f"<id>{server.url('/')}comment-1", "<id>tag:blogger.com,1999:blog-7.post-9")
    server.on("/c1", answer(atom(server, below), type="application/atom+xml"))
    records, _ = read_door(server)
    own = "web:entry/127.0.0.1"
    said = {one.id: one for one in records if isinstance(one, Object)}
    assert set(said) == {*(f"{own}/{id}" for id in ids[:3]), ids[3], f"{own}/tag:blogger.com,1999:blog-7.post-9"}
    assert said[f"{own}/tag:blogger.com,1999:blog-7.post-9"].in_reply_to == f"{own}/{ids[1]}"
    assert "of_another_site" not in reasons(records)
    actors = {one.actor for one in said.values()}
    assert all(id.startswith("web:127.0.0.1/name/") for id in actors)
    assert actors <= {one.id for one in records if isinstance(one, Actor)}


def test_the_feeds_that_blogger_makes_keep_its_ids(server: Hostile) -> None:
    id = "tag:blogger.com,1999:blog-7.post-8"
    body = atom(server, entry(server, 1).replace(f"{server.url('/')}entry-1</id>", f"{id}</id>")).encode()
    for address, own in (
        ("https://loom.blogspot.com/feeds/posts/default", True),
        ("https://www.blogger.com/feeds/7/posts/default", True),
        ("https://loom.blogspot.com/p/page.html", False),
        ("http://loom.blogspot.com/feeds/posts/default", False),
        ("https://blogspot.com.evil.example/feeds/posts/default", False),
        ("https://evil.example/https://loom.blogspot.com/feeds/", False),
    ):
        found = read_feed(body, address, hosts_of(address))
        (message,) = [one for one in found.records if isinstance(one, Object)]
        assert (message.id == id) == own
        assert message.actor.startswith("web:blogger.com/blog-7/name/") == own


def test_a_feed_that_calls_itself_the_feed_of_another_site_names_nobody_there(server: Hostile) -> None:
    feed_page(server)
    unsigned = entry(server, 2).replace("<author><name>Rani</name></author>", "")
    body = atom(server, entry(server, 1), unsigned).replace(
        f"<link href='{server.url('/')}'/>", "<link href='https://famous.example/'/>"
    )
    server.on("/atom", answer(body, type="application/atom+xml"))
    records, _ = read_door(server)
    assert {one.actor for one in records if isinstance(one, Object)} == {
        "web:127.0.0.1/name/Rani",
        "web:user/127.0.0.1",
    }


def test_a_feed_leads_to_its_site(server: Hostile) -> None:
    feed_page(server)
    server.on("/atom", answer(atom(server, entry(server, 1)), type="application/atom+xml"))
    assert at(server, "/atom").place == at(server, "/").place == f"feed 127.0.0.1:{server.port}/atom"


def test_a_feed_alone(server: Hostile) -> None:
    server.on("/atom", answer(atom(server, entry(server, 1)), type="application/atom+xml"))
    assert at(server, "/atom").place == f"feed 127.0.0.1:{server.port}/atom"


def test_wordpress_without_an_api_is_read_as_atom(server: Hostile) -> None:
    page = "<link rel=stylesheet href='/blog/wp-content/a.css'>"
    page += "<link rel=alternate type=application/rss+xml href=/blog/feed/>"
    server.on("/", answer(page, type="text/html"))
    server.on("/blog/feed/atom/", answer(atom(server, entry(server, 1)), type="application/atom+xml"))
    records, _ = read_door(server)
    asked_for = [seen.path for seen in server.seen]
    assert {"/blog/", "/blog/wp-json/", "/blog/feed/atom/", "/blog/comments/feed/atom/"} <= set(asked_for)
    assert set(objects(records)) == {"entry-1"} and "api_closed" in reasons(records)


@pytest.mark.parametrize(
    ("address", "atom_address"),
    [
        ("https://a.example/feed/", "https://a.example/feed/atom/"),
        ("https://a.example/x/feed", "https://a.example/x/feed/atom/"),
        ("https://a.example/comments/feed/rss2/", "https://a.example/comments/feed/atom/"),
        ("https://a.example/?feed=rss2&p=7", "https://a.example/?feed=atom&p=7"),
        ("https://a.example/?feed=comments-rss2", "https://a.example/?feed=comments-atom"),
        ("https://a.example/feed/atom/", "https://a.example/feed/atom/"),
    ],
)
def test_the_same_feed_as_atom(address: str, atom_address: str) -> None:
    assert as_atom(address) == atom_address


def test_what_is_inside_a_feed() -> None:
    rss = b"""<rss xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
    <channel><item><comments>https://a.example/1/#comments</comments><wfw:commentRss>https://a.example/1/feed/
    </wfw:commentRss><slash:comments>3</slash:comments></item><item><wfw:commentRss>javascript:x</wfw:commentRss></item>
    <item><wfw:commentRss>/2/feed/</wfw:commentRss><slash:comments>many</slash:comments></item></channel></rss>"""
    found = threads(rss, "https://a.example/feed/")
    assert [(one.feed, one.count) for one in found] == [
        ("https://a.example/1/feed/", 3), ("https://a.example/2/feed/", None),
    ]  # fmt: skip
    assert older_page(rss, "https://a.example/feed/?x=1", True) == "https://a.example/feed/?x=1&paged=2"
    assert older_page(rss, "https://a.example/feed/?paged=2", True) == "https://a.example/feed/?paged=3"
    assert older_page(rss, "https://a.example/feed/", False) is None
    for junk in (b"", b"<", b"\x00", b"<a" * 100_000, b"<a>" * 100_000, "<feed/>".encode("utf-16")):
        assert threads(junk, "https://a.example/") == []
