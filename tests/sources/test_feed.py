"""Feeds as files; their golden pairs are in tests/golden/feed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from written_exports import Read, comment, item, opened, wxr

from permadani.errors import InputError, UnexpectedEnd, Unreadable
from permadani.sources import InputFile, recognise, walk
from permadani.sources.base import ReadOptions, Source
from permadani.sources.feed import Feed
from permadani.sources.wordpress import WordPress
from permadani.vocabulary import Coverage, Cue, Object, Problem

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not (SHARED / "feeds").exists(), reason="../shared/data is not here")
WORDPRESS = "<generator>https://wordpress.org/?v=6.6.4</generator>"


def rss(*items: str, head: str = "", link: str = "https://hall.example") -> str:
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Hall</title><link>{link}</link>{head}{''.join(items)}</channel></rss>"
    )


def entry(**fields: str) -> str:
    values = {"pubDate": "Sun, 03 Jan 2016 08:00:00 +0000", "guid": "https://hall.example/1"} | fields
    return (
        "<item>"
        + "".join(f"<{n.replace('__', ':')}>{v}</{n.replace('__', ':')}>" for n, v in values.items())
        + "</item>"
    )


def read(tmp_path: Path, content: str, name: str = "feed.xml") -> Read:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    return Read(Feed(), path)


def test_it_is_a_source() -> None:
    assert isinstance(Feed(), Source)


@needs_data
def test_every_entry_of_the_real_feeds_is_kept() -> None:
    kept = {}
    for path in sorted(p for p in (SHARED / "feeds").rglob("*") if p.is_file()):
        found = Read(Feed(), path)
        assert isinstance(recognise(opened(path)), Feed)
        assert len(found.articles) == path.read_text("utf-8").count("<item>"), path
        assert not any(problem.lost for problem in found.problems)
        assert {o.channel for o in found.objects} == {"wordpress"}
        assert all(o.id.startswith("wordpress:post/") for o in found.objects)
        assert [c.completeness for c in found.coverage] == ["none", "partial"]
        kept[path.name] = len({o.id for o in found.objects})
    assert sum(kept.values()) == 141 and len(kept) == 9


@needs_data
def test_it_claims_only_feeds_of_the_real_data() -> None:
    claimed = {
        file.path for path in SHARED.iterdir() for file in walk(path) if isinstance(file, InputFile) if _claims(file)
    }
    others = [path for path in claimed if "/feeds/" not in path]
    assert all(path.endswith((".rss.xml", ".feed.json", ".feed-from-as.json")) for path in others), others


def _claims(file: InputFile) -> bool:
    return Feed().recognises(file)


def test_a_comment_of_wordpress_is_the_one_of_its_export(tmp_path: Path) -> None:
    export = tmp_path / "export.xml"
    export.write_text(wxr(item(7, comment(22), comment(23, "Eko", parent="22")), site="https://hall.example"), "utf-8")
    told = Read(WordPress(), export)
    answer = '<![CDATA[<p>In reply to <a href="https://hall.example/7#comment-22">Dewi</a>.</p><p>Hello</p>]]>'
    listed = read(
        tmp_path,
        rss(
            entry(
                guid="https://hall.example/?p=7#comment-23",
                link="https://hall.example/7#comment-23",
                dc__creator="Eko",
                content__encoded=answer,
            ),
            entry(
                guid="https://hall.example/?p=7#comment-22",
                link="https://hall.example/7#comment-22",
                dc__creator="Dewi",
                content__encoded="Hello",
            ),
            head=WORDPRESS,
        ),
    )
    assert {(o.id, o.actor, o.in_reply_to, o.thread, o.text, o.url) for o in listed.comments} == {
        (o.id, o.actor, o.in_reply_to, o.thread, o.text, o.url) for o in told.comments
    }
    posts = read(tmp_path, rss(entry(guid="https://hall.example/?p=7", dc__creator="Rania"), head=WORDPRESS))
    assert [o.id for o in posts.articles] == [o.id for o in told.articles]


@pytest.mark.parametrize(
    ("link", "guid", "site"),
    [
        ("https://hall.example/2016/01/a/", "http://hall.example/?p=7#comment-1", "hall.example"),
        ("https://www.hall.example/blog/a/", "https://www.hall.example/blog/?p=7#comment-1", "www.hall.example/blog"),
        ("https://hall.example/a/", "https://hall.example/old/?p=7#comment-1", "hall.example"),
        ("https://hall.example", "https://hall.example/?p=7#comment-1", "hall.example"),
    ],
)
def test_the_comments_of_one_post_belong_to_the_blog(tmp_path: Path, link: str, guid: str, site: str) -> None:
    found = read(tmp_path, rss(entry(guid=guid, link=f"{link}#comment-1"), link=link, head=WORDPRESS))
    assert [o.id for o in found.comments] == [f"wordpress:comment/{site}/1"]


def test_old_wordpress_did_not_say_whom_a_comment_answers(tmp_path: Path) -> None:
    one = entry(guid="https://hall.example/?p=7#comment-1", dc__creator="Eko")
    for version, parent in (
        ("5.3.9", None),
        ("5.4", "wordpress:post/hall.example/7"),
        ("", "wordpress:post/hall.example/7"),
    ):
        found = read(tmp_path, rss(one, head=f"<generator>https://wordpress.org/?v={version}</generator>"))
        assert [(o.in_reply_to, o.thread) for o in found.comments] == [(parent, "wordpress:post/hall.example/7")]


def test_addresses_are_kept_as_hashes_only(tmp_path: Path) -> None:
    found = read(
        tmp_path, rss(entry(author="dewi@mail.example (Dewi)"), entry(author="Dewi &lt;dewi@mail.example&gt;"))
    )
    assert "mail.example" not in repr(found.records)
    assert [r.kind for r in found.records if isinstance(r, Cue)] == ["address"]
    assert {o.actor for o in found.objects} == {"web:hall.example/name/Dewi"}


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ('"Bo B" bo@mail.example', "Bo B"),
        ("bo@localhost", "bo@…"),
        ("bo@mail", "bo@…"),
        ("mailto:bo@mail.example", "bo@…"),
        ("Bo B bo@mail.example", "Bo B bo@…"),
        ("Bo, bo @ mail.example", "Bo, bo @ …"),
    ],
)
def test_no_address_becomes_a_name(tmp_path: Path, author: str, name: str) -> None:
    found = read(tmp_path, rss(entry(author=author)))
    assert {o.actor for o in found.objects} == {f"web:hall.example/name/{name}"}
    assert "@mail" not in repr(found.records) and "localhost" not in repr(found.records)


def test_a_link_with_a_user_in_it_is_no_link(tmp_path: Path) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Hall</title><link href="https://hall.example/"/>{}</feed>'
    one = (
        "<entry><id>https://hall.example/a</id><title>A</title><updated>2020-05-20T10:00:00Z</updated>"
        "<author><name>Bo</name><uri>http://bo7@{}/bo</uri></author></entry>"
    )
    for host in ("x.example", "hall.example"):
        assert "bo7" not in repr(read(tmp_path, feed.format(one.format(host))).records)


@pytest.mark.parametrize("address", ["noreply@blogger.com", "no-reply@hall.example"])
def test_the_address_of_a_robot_links_nobody(tmp_path: Path, address: str) -> None:
    found = read(tmp_path, rss(entry(author=f"{address} (Dewi)")))
    assert not [r for r in found.records if isinstance(r, Cue)]


def test_those_who_gave_no_name_are_not_one_person(tmp_path: Path) -> None:
    one, two = (entry(guid=f"https://hall.example/a#comment-{n}", author="Anonymous") for n in (1, 2))
    found = read(tmp_path, rss(one, two))
    assert len({o.actor for o in found.comments}) == 2 and found.reasons() == ["no_author_name"] * 2


def test_a_front_page_is_nobodys_profile(tmp_path: Path) -> None:
    """Two authors of a site may both name it as theirs."""
    people = "".join(
        f"<entry><id>urn:{n}</id><updated>2020-01-01T00:00:00Z</updated><author><name>{n}</name><uri>{uri}</uri></author></entry>"
        for n, uri in (
            ("Ani", "https://hall.example/"),
            ("Budi", "http://www.hall.example"),
            ("C", "https://hall.example/c"),
        )
    )
    found = read(
        tmp_path, f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://hall.example"/>{people}</feed>'
    )
    assert [o.actor for o in found.objects] == [
        "web:hall.example/name/Ani", "web:hall.example/name/Budi", "web:user/hall.example/c",
    ]  # fmt: skip
    assert not [r for r in found.records if isinstance(r, Cue)]


def test_a_comment_with_a_page_of_its_own_replies_to_something_unknown(tmp_path: Path) -> None:
    head = '<atom:link rel="self" href="https://hall.example/comments/feed"/>'
    found = read(tmp_path, rss(entry(guid="t1_a", link="https://hall.example/comments/x/a", author="Ani"), head=head))
    assert [(o.kind, o.in_reply_to) for o in found.objects] == [("comment", None)]
    assert found.reasons() == ["thread_missing"]


def test_words_of_other_namespaces_are_not_its_own(tmp_path: Path) -> None:
    media = 'xmlns:m="http://search.yahoo.com/mrss/"'
    found = read(tmp_path, rss(entry(title="Own").replace("</item>", f"<m:title {media}>Not</m:title></item>")))
    assert found.objects[0].text == "Own"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html><feed xmlns='http://www.w3.org/2005/Atom'>",
        "<feed><entry/></feed>",
        "<feed xmlns='http://example.org/fish'/>",
        wxr(item(1)),
        '{"version": "1", "items": []}',
        '{"version": "https://example.org/jsonfeed.org/version/1"}',
        '[{"a": 1}]',
        "<rssfeed/>",
        "<RDF xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
    ],
)
def test_other_files_are_not_claimed(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x"
    path.write_text(content)
    assert not Feed().recognises(opened(path))


@pytest.mark.parametrize("start", ["\ufeff", "\n\n", "<!-- made by a script -->"])
def test_a_cut_feed_and_one_with_a_mark_are_claimed(tmp_path: Path, start: str) -> None:
    path = tmp_path / "x"
    path.write_text(start + rss(entry())[:300])
    assert Feed().recognises(opened(path))
    path.write_text("\ufeff" + '{"version": "https://jsonfeed.org/version/1", "items": [{"id"')
    assert Feed().recognises(opened(path))


def test_a_named_doctype_is_read_and_never_fetched(tmp_path: Path) -> None:
    named = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">\n' + rss(entry(title="A"))
    assert read(tmp_path, named).objects[0].text == "A"
    with pytest.raises(Unreadable):
        read(tmp_path, named.replace('.dtd">', '.dtd" [<!ENTITY a "b">]>'))


HUGE = "9" * 400
HOSTILE = [
    rss(entry(guid=HUGE, pubDate=HUGE, link=HUGE)),
    rss("<item>" + "<div>" * 100_000 + "</item>", entry()),
    rss(entry(description="&lt;" * 200_000)),
    rss(entry(content__encoded="<![CDATA[" + "<a href='" * 50_000 + "]]>"), head=WORDPRESS),
    rss(entry(author="a@" * 100_000 + "(" * 100_000)),
    rss(entry(guid="https://" + "www." * 50_000)),
    rss(entry(guid="x" * 1_000_000)),
    rss(entry(pubDate="Mon, 30 Nov -0001 00:00:00 +0000"), entry(pubDate="9999-12-31T00:00:00Z")),
    rss(entry(title="a\0b", dc__creator="<script>alert(1)</script>")),
    rss(entry(guid="http://[", link="http://[")),
    "<rss><channel>" + "<item>" * 50_000,
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">' + "<div>" * 50_000,
    '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
    '{"version": "https://jsonfeed.org/version/1", "items": [' + "[" * 100_000 + "]" * 100_000 + "]}",
    '{"version": "https://jsonfeed.org/version/1", "items": [{"id": ' + HUGE + ', "date_published": 1e999}]}',
    json.dumps({"version": "https://jsonfeed.org/version/1", "items": {"a": 1}, "authors": [[]], "author": 5}),
    json.dumps({"version": "https://jsonfeed.org/version/1", "items": [None, [], 1, {"id": True, "authors": {}}]}),
    '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "\\ud83d", '
    '"date_published": "2020-01-01T00:00:00Z"}], "title": NaN}',
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_feeds_neither_crash_nor_hang(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert Feed().recognises(opened(path))
    found = []
    try:
        for record in Feed().read(opened(path), ReadOptions()):
            found.append(record)  # noqa: PERF402
    except InputError:
        pass
    assert all(len(repr(record)) < 1_000_000 for record in found if isinstance(record, Problem))


def test_every_cut_of_a_feed_yields_what_was_whole(tmp_path: Path) -> None:
    whole = rss(*(entry(guid=f"https://hall.example/{n}", dc__creator="Ani") for n in range(3)))
    path = tmp_path / "x"
    for end in range(len(whole) - 200, len(whole), 7):
        path.write_text(whole[:end])
        records = []
        with pytest.raises(UnexpectedEnd):
            for record in Feed().read(opened(path), ReadOptions()):
                records.append(record)  # noqa: PERF402
        assert isinstance(records[-1], Coverage)


def test_a_feed_may_be_long(tmp_path: Path) -> None:
    found = read(tmp_path, rss(*(entry(guid=f"https://hall.example/{n}", title="word " * 300) for n in range(2000))))
    assert len({o.id for o in found.objects}) == 2000


def test_in_atom_too_the_line_that_names_whom_a_comment_answers_is_no_part_of_it(tmp_path: Path) -> None:
    """And a post whose id is its address, since it was published without having been a draft, is known by that."""
    home = "https://loom.example"
    file = tmp_path / "comments.atom"
    file.write_text(
        f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
        <link rel="alternate" href="{home}"/><generator uri="https://wordpress.org/" version="6.1">WordPress</generator>
        <entry><id>{home}/2024/knots/#comment-3</id><published>2024-01-02T05:00:00Z</published>
        <link rel="alternate" href="{home}/2024/knots/#comment-3"/><author><name>Rani</name></author>
        <content type="html">&lt;p&gt;In reply to &lt;a href="{home}/2024/knots/#comment-2"&gt;Tono&lt;/a&gt;.&lt;/p&gt;
        &lt;p&gt;Thanks&lt;/p&gt;</content><thr:in-reply-to ref="{home}/2024/knots/#comment-2"
        href="{home}/2024/knots/#comment-2" type="text/html"/></entry></feed>"""
    )
    found = [one for one in Feed().read(opened(file), ReadOptions()) if isinstance(one, Object)]
    assert [one.text for one in found] == ["Thanks"]
    assert found[0].in_reply_to == "wordpress:comment/loom.example/2"
    assert found[0].thread == f"{home}/2024/knots/"
