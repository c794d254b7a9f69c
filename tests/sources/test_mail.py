"""E-mail as strangers write it: addresses, ids, times, parts, and the words that are the writer's own."""

from __future__ import annotations

import pytest

from permadani.sources.email.kinds import FIELDS
from permadani.sources.reading import mail
from permadani.sources.reading.mailtext import text_of
from permadani.sources.reading.ownwords import own_words


def message(text: str | bytes) -> mail.Message:
    return mail.message(text if isinstance(text, bytes) else text.encode(), FIELDS)


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("ani@a.example", [("", "ani@a.example")]),
        ("<Ani@A.example>", [("", "ani@a.example")]),
        ('"Larasati, \\"Dewi\\"" <d@a.example>', [('Larasati, "Dewi"', "d@a.example")]),
        ("Dewi <d@a.example>, Bayu <b@a.example>", [("Dewi", "d@a.example"), ("Bayu", "b@a.example")]),
        ("d@a.example (Dewi)", [("Dewi", "d@a.example")]),
        ("=?utf-8?q?D=C3=A9wi?= <d@a.example>", [("Déwi", "d@a.example")]),
        ("=?utf-8?q?D=C3=A9?= =?utf-8?q?wi?= <d@a.example>", [("Déwi", "d@a.example")]),
        ("=?nothing?q?D?= <d@a.example>", [("D", "d@a.example")]),
        ("friends: d@a.example, b@a.example;", [("", "d@a.example"), ("", "b@a.example")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("nobody", []),
        ("a@b@c", []),
        ("(" * 5000, []),
    ],
)
def test_addresses(field: str, people: list[tuple[str, str]]) -> None:
    assert list(mail.addresses(field)) == people


def test_ids_and_what_a_message_replies_to() -> None:
    assert mail.own_id("<a@b>") == mail.own_id(" a@b ") == "a@b"
    assert mail.own_id("") is mail.own_id("two words") is None
    assert mail.mid("a/b?c#%@x") == "mid:a%2Fb%3Fc%23%25@x"
    replied = "In-Reply-To: <b@x> (Ani's message of May)\nReferences: <a@x>\n\t<b@x>\n\n"
    assert mail.parents(message(replied)) == ("b@x", "a@x")
    assert mail.parents(message("References: <a@x> <c@x>\n\n")) == ("c@x", "a@x")
    assert mail.parents(message("In-Reply-To: your mail\n\n")) == (None, None)


@pytest.mark.parametrize(
    ("header", "line", "seconds", "believed"),
    [
        ("Date: Fri, 20 May 2016 10:00:00 +0200", "", 1463731200, True),
        ("Date: 20 May 16 10:00 EST", "", 1463756400, True),
        ("Received: from a; Fri, 20 May 2016 10:00:00 +0000", "", 1463738400, True),
        ("Date: Thu, 1 Jan 1970 00:00:00 +0000", "Fri May 20 10:00:00 2016", 1463738400, False),
        ("Date: soon", "Fri May 20 10:00:00 +0200 2016", 1463731200, False),
        ("Date: Fri, 20 May 2095 10:00:00 +0000\nReceived: a; Fri, 20 May 2016 10:00:00 +0000", "", 1463738400, False),
        ("Date: Thu, 1 Jan 1970 00:00:00 +0000", "", 0, False),
    ],
)
def test_the_time_is_the_senders_claim_where_it_can_be(header: str, line: str, seconds: int, believed: bool) -> None:
    assert mail.moment(message(header + "\n\n"), line) == (seconds * 1_000_000, believed)


def test_no_time_at_all() -> None:
    for header in (
        "Date: soon",
        "Subject: a",
        "Date: " + "9" * 400,
        "Received: ;;;",
        "Date: Fri, 99 May 2016 10:00:00",
    ):
        assert mail.moment(message(header + "\n\n"), "no time")[0] is None


def multipart(*parts: str, kind: str = "mixed") -> mail.Message:
    inside = "".join(f"--b\n{part}\n" for part in parts)
    return message(f'Content-Type: multipart/{kind}; boundary="b"\n\npreamble\n{inside}--b--\nepilogue')


PLAIN = "Content-Type: text/plain\n\nplain words"
PAGE = "Content-Type: text/html\n\n<p>HTML <b>words</b></p>"


def test_the_text_part_goes_before_html_and_attachments_are_not_read() -> None:
    attached = "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nsecret"
    assert text_of(multipart(PAGE, PLAIN)).strip() == "plain words"
    assert text_of(multipart(attached, PAGE)) == "HTML words"
    assert text_of(multipart("Content-Type: text/plain\n\n  ", PAGE)) == "HTML words"
    assert text_of(multipart(attached, "Content-Type: image/png\n\nxxx")) == ""
    assert text_of(multipart("Content-Type: message/rfc822\n\nSubject: a\n\nof somebody else")) == ""
    nested = 'Content-Type: multipart/alternative; boundary="c"\n\n--c\n' + PLAIN + "\n--c\n" + PAGE + "\n--c--"
    assert text_of(multipart("Content-Type: image/png\n\nx", nested)).strip() == "plain words"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("charset=utf-8", "sch\u00f6n".encode(), "schön"),
        ("charset=iso-8859-1", b"sch\xf6n", "schön"),
        ("charset=utf-8", b"sch\xf6n", "schön"),
        ("charset=no-such-thing", b"sch\xf6n", "schön"),
        ("charset=zip", b"sch\xf6n", "schön"),
        ("charset=\"\"", b"a\0b", "ab"),
        ("charset=utf-16", "schön".encode("utf-16"), "schön"),
        ("charset=utf-8\nContent-Transfer-Encoding: base64", b"c2Now7Zu\n", "schön"),
        ("charset=utf-8\nContent-Transfer-Encoding: base64", b"c2Now7Z", "schö"),
        ("charset=utf-8\nContent-Transfer-Encoding: quoted-printable", b"sch=C3=B6=\nn =ZZ", "schön =ZZ"),
    ],
)  # fmt: skip
def test_characters(head: str, body: bytes, text: str) -> None:
    assert text_of(message(f"Content-Type: text/plain; {head}\n\n".encode() + body)) == text


def test_quotes_in_html_are_left_out() -> None:
    said = (
        '<div>Mine.</div><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Monday Ani wrote:<br></div>'
        "<blockquote><p>hers</p><blockquote>older</blockquote></blockquote></div><p>Mine too.</p>"
    )
    assert text_of(message("Content-Type: text/html\n\n" + said)) == "Mine.\nMine too."
    outlook = '<p>Mine.</p><div id="divRplyFwdMsg"><b>From:</b> Ani</div><p>hers</p>'
    assert text_of(message("Content-Type: text/html\n\n" + outlook)) == "Mine."
    assert text_of(message("Content-Type: text/html\n\nMine.<blockquote>never closed <p>hers")) == "Mine."


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\n> no?\n> no!\n", "Yes."),
        ("On Mon, 2 May 2016, Ani <a@a.example> wrote:\n\n> What?\n\nThis.\n", "This."),
        ("On Mon, 2 May 2016 at 15:00, Ani\n<a@a.example> wrote:\n> What?\nThis.", "This."),
        ("Am 02.05.2016 um 15:00 schrieb Ani:\n> Was?\nDas.", "Das."),
        ("Pada 2 Mei 2016 Ani menulis:\n> Apa?\nItu.", "Itu."),
        ("Ani wrote:\n| What?\n\nThis.\n| And?\nThat.", "This.\nThat."),
        ("A table:\n| a | b |\n| 1 | 2 |", "A table:\n| a | b |\n| 1 | 2 |"),
        ("Three reasons:\n\n- one\n> quoted\n", "Three reasons:\n- one"),
        ("Mine.\n\nOn 2 May 2016, Ani wrote:\nhers without marks", "Mine."),
        ("Mine.\n-----Original Message-----\nhers", "Mine."),
        ("Mine.\n________________________________\nFrom: Ani\nSent: Monday\nTo: me\n\nhers", "Mine."),
        ("Mine.\nFrom: Ani\nSent: Monday\nTo: me\nSubject: a\n\nhers", "Mine."),
        ("From: here is a word\nthat begins alike", "From: here is a word\nthat begins alike"),
        ("Mine.\n-- \nAni, +62 000", "Mine."),
        ("Mine.\n" + "_" * 47 + "\nWeavers mailing list\nhttps://lists.example/listinfo/weavers", "Mine."),
        ("One\n" + "_" * 47 + "\ntwo", "One\n" + "_" * 47 + "\ntwo"),
        (">From here I see it.", ">From here I see it."),
        ("Write to ani@a.example or bayu at b.example.", "Write to ani@… or bayu at …."),
        ("> all\n> quoted", None),
        ("", None),
        (" \n\t\n", None),
    ],
)
def test_own_words(text: str, own: str | None) -> None:
    assert own_words(text) == own


@pytest.mark.parametrize("piece", ["> a\n", "a:\n> b\n", "|\n", "a@", "<blockquote>", "-----", "On a wrote:\n", "  \n"])
def test_long_texts_of_one_kind_come_to_an_end(piece: str) -> None:
    words = own_words(piece * (200_000 // len(piece)))
    assert words is None or len(words) <= 100_000
    assert isinstance(text_of(message("Content-Type: text/html\n\n" + piece * 5000)), str)


@pytest.mark.parametrize(
    "header",
    [
        'Content-Type: multipart/mixed; boundary=""',
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=b",
        "Content-Type: ;;;=",
        "Content-Type: text/plain; charset=\xff",
        "Content-Transfer-Encoding: base64",
        "Content-Type: multipart/mixed; boundary=b\nContent-Type: text/html",
    ],
)
def test_broken_parts_raise_nothing(header: str) -> None:
    for body in (
        "",
        "--b",
        "--b\n",
        "--b--",
        "--b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
        "=",
        "A",
    ):
        assert isinstance(text_of(message(f"{header}\n\n{body}")), str)
    deep = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(2000))
    assert text_of(message("Content-Type: multipart/mixed; boundary=b0\n\n" + deep)) == ""
