"""HTML to text: quick and slow way agree, nothing hangs, nothing executes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permadani.sources.reading import markup
from permadani.sources.reading.markup import display_name, plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("  two   words \t", "two words"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one<br>two<br />three</p>\n\n<p>four</p>", "one\ntwo\nthree\nfour"),
        ("a &amp; b &lt;c&gt; &#8217;&eacute;", "a & b <c> ’é"),
        ("I <3 rugs", "I <3 rugs"),
        ('<a href="https://x.example/?a=1>2" title="<b>">link</a>', "link"),
        ("<p>ok<script>alert('</p>')</script><style>p{}</style></p>", "ok"),
        ("<!-- wp:paragraph --><p>words</p><!-- /wp:paragraph -->", "words"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<svg onload=alert(1)>x</svg>", "x"),
        ("<textarea></p>kept", "kept"),
        ("line one\n\n\nline two", "line one\nline two"),
        ("non\N{NO-BREAK SPACE}break", "non break"),
        ("<p>not &lt;b&gt;bold&lt;/b&gt;</p>", "not <b>bold</b>"),
    ],
)
def test_words_remain(html: str, text: str) -> None:
    assert plain(html) == text


PIECES = [
    "<p>",
    "</p>",
    "<br>",
    "<br/>",
    "<a href='x'>",
    '<a title="a>b">',
    "</a>",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
]
PIECES += [
    "<em class=x>",
    "&amp;",
    "&lt;p&gt;",
    "&nbsp;",
    "&#65;",
    "word",
    " ",
    "\n",
    "<",
    ">",
    "<3",
    "<!-- c -->",
    "é",
    '"',
]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_quick_way_gives_what_the_parser_gives(html: str) -> None:
    assert plain(html) == markup._parsed(html) or "<" not in html


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<a ",
        "<!--",
        "<",
        "&",
        '<a x="',
        "<script>",
        "<p ",
        " \n",
        "<b><p>",
        "</p>",
        "<table><td>",
        "<a b='c' ",
        '<aside class="quote">',
        "<x><script>",
        "<!--",
    ],
)
def test_hostile_html_ends_soon(piece: str) -> None:
    started = time.monotonic()
    plain(piece * 100_000 + "x<")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("Dewi  Sari", "Dewi Sari"),
        ("Tom &amp; Ayu", "Tom & Ayu"),
        ("O&#8217;Hara", "O’Hara"),
        ("<script>alert(1)</script>Joko", "Joko"),
        ("<script>alert(1)</script>", None),
        (" \n", None),
        ("dewi@mail.example", "dewi@…"),
        ("@dewi", "@dewi"),
        ('"Bo B" bo2@mail.example', '"Bo B" bo2@…'),
        ("bo3@localhost", "bo3@…"),
        ("bo4@x.example (home)", "bo4@… (home)"),
        ("bo5 @ x.example", "bo5 @ …"),
        ("bo5@ x.example", "bo5@ …"),
        ("mailto:bo6@x.example", "mailto:bo6@…"),
        ("http://bo7:word@x.example/", "http://bo7:word@…/"),
        ("Bo (bo8@x.example, bo9@[192.0.2.1])", "Bo (bo8@…, bo9@…)"),
        ("bo10&#64;x.example", "bo10@…"),
        ("bo11＠x.example", "bo11＠…"),
        ("x" * 195 + " bo12@mail.example", "x" * 195 + " bo12"),
        ("R@chel", "R@chel"),
        ("Ani @ home", "Ani @ home"),
        ("Ani @ani.example", "Ani @ani.example"),  # a handle
        ("@ani@host.example", "@ani@host.example"),  # a handle
        ("host.example/@ani.b", "host.example/@ani.b"),
        ("two\nlines", "two lines"),
    ],
)
def test_names(html: str, name: str | None) -> None:
    assert display_name(html) == name


def test_a_name_has_an_end() -> None:
    assert len(display_name("x" * 10_000_000) or "") == markup.NAME_LENGTH


@pytest.mark.parametrize("piece", ["a@", "a.", "a@b.", ":a", "@", " @ ", "a@b ", "a" * 299 + "@", "x@a.b.c.d."])
def test_hostile_names_end_soon(piece: str) -> None:
    started = time.monotonic()
    display_name(piece * 100_000)
    assert time.monotonic() - started < 5


def test_very_many_tags_say_the_same() -> None:
    html = "<header><x-y>Salt &amp; <B>pepper</B><script>if (a < b) { c('<p>') }</script><!-- <p>no</p> --><p>2 < 3</p>"
    many = "<x></x>" * markup.MOST_TAGS
    assert plain(html) == plain(html + many) == "Salt & pepper\n2 < 3"
