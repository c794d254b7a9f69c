"""Advice found in an account's texts, and claims given in a file.

``claims_sample.csv``: fictional sentences; ``rule`` is what a person reads in them, empty: no advice to engage. Most of
those without a rule are near misses on purpose: negations, reports, quotations, questions, calls to readers.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from permadani.errors import InputError
from permadani.findings.advice import QUOTE, advice_in
from permadani.findings.claims import FIGURES, GivenClaim, read_claims
from permadani.measures.claims import LONGEST_TEXT

SAMPLE = Path(__file__).with_name("claims_sample.csv")
DOCS = Path(__file__).parents[2] / "docs" / "claims.md"
DAY_2020_07_31 = 1_596_153_600_000_000


def sample() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_is_found_is_advice_and_most_advice_is_found(language: str) -> None:
    rows = [row for row in sample() if row["language"] == language]
    found = [(advice.rule.id, row["rule"]) for row in rows for advice in advice_in(row["text"])]
    right = sum(rule == coded for rule, coded in found)
    said = sum(bool(row["rule"]) for row in rows)
    assert right / len(found) >= 0.95
    assert right / said >= 0.85
    assert said >= 50
    assert len(rows) - said >= 60


@pytest.mark.parametrize(
    ("text", "quote", "clear"),
    [
        ("A year of blogging. Reply to every comment! And sleep.", "Reply to every comment!", True),
        ("<p>Tip 3: reply to <b>every</b> comment</p><p>More soon</p>", "Tip 3: reply to every comment", False),
        ("Sooo, pls repond. reply to EVERY coment 🙏🙏", "reply to EVERY coment 🙏🙏", True),
        ("Balas semua komen ya teman-teman #ngeblog", "Balas semua komen ya teman-teman #ngeblog", True),
        ("You should answer all readers &amp; go. https://x.example/", "You should answer all readers & go.", False),
    ],
)  # fmt: skip
def test_the_quotation(text: str, quote: str, clear: bool) -> None:
    (found,) = advice_in(text)
    assert (found.quote, found.clear) == (quote, clear)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Reply to everyone, @bob_1.", "Reply to everyone, @…."),
        ("Hi @bob@town.example! @cy: reply to every comment", "@…: reply to every comment"),
        ("Answer every comment (thanks to jo.doe+x@post.example)!", "Answer every comment (thanks to @…)!"),
        ('<a class="mention">@<span>bob</span></a> reply to every comment', None),
        ("<p>Reply to every comment, <a>@<span>bob</span></a></p>", "Reply to every comment, @…"),
        ("Reply to every comment, @**Bo Berg|12** and @_**Di**", "Reply to every comment, @… and @…"),
    ],
)
def test_other_people_are_not_named(text: str, quote: str | None) -> None:
    assert [one.quote for one in advice_in(text)] == ([quote] if quote else [])


def test_a_long_sentence_names_nobody_either() -> None:
    (found,) = advice_in("Dear @bo" + " and @bo" * 20 + ", reply to every comment, @cy" + " and be kind" * 20)
    assert found.quote.startswith("… reply to every comment, @… and")
    assert len(found.quote) <= QUOTE


def test_advice_among_neighbours_that_mock_it() -> None:
    for text in (
        "Want to burn out fast?\n\nReply to every comment.",
        "Reply to every comment.\n\n#Not",
        "Reply to every comment. NOT!",
        "Oh, never mind. Reply to every comment.",
        "Mau stres? Balas semua komentar.",
    ):
        assert list(advice_in(text)) == [], text
    assert len(list(advice_in("Not. Reply to every comment. Never mind."))) == 1


def test_a_long_sentence_is_cut_around_its_advice() -> None:
    (early,) = advice_in("Reply to every reader" + " and be kind" * 30 + ".")
    assert early.quote.startswith("Reply to every reader and be kind")
    (late,) = advice_in("If you write" + " and write" * 25 + ", reply to every reader" + " and be kind" * 20)
    assert late.quote.startswith("… reply to every reader and be kind")
    for one in (early, late):
        assert one.quote.endswith("…")
        assert QUOTE - 15 <= len(one.quote) <= QUOTE
        assert not one.clear
    assert list(advice_in("Write" + " and write" * 60 + ", reply to every reader.")) == []


def test_a_quoted_piece_of_advice_is_somebody_elses() -> None:
    for text in (
        "“Reply to every comment.”",
        '"Write daily. Reply to every comment. Sleep." That is what he sells.',
        "<blockquote>Reply to every comment.</blockquote>",
        "<blockquote>Write daily.<p>Reply to every comment.",
        "> Reply to every comment.",
        "RT @guru Reply to every comment.",
        "»Reply to every comment.« Hm.",
        "“He said 'fine'. Reply to every comment.” Hm.",
        "« On dit “ok”. Reply to every comment. » Hm.",
        'The sign says: "Reply to every comment.',
    ):
        assert list(advice_in(text)) == [], text
    (found,) = advice_in('They call it "slow". Reply to every comment.')
    assert found.quote == "Reply to every comment."


@pytest.mark.parametrize(
    "piece",
    [
        "reply to every comment ", "reply to every comment. ", "you should not reply to every comment; ",
        "<a comment reply ", "<blockquote> reply comment ", '" reply to every comment ', "'reply' comment' ",
        "please always please reply comment ", "- reply-to-every-comment -- ", "... reply comment !!! ",
        "reply to all the replies to every reply ", "reply comment\n", "write and reply and write and comment ",
        "🙏 reply comment ", "a" * 50_000 + " reply comment ", "\u0130 <q>reply comment ",
    ],
)  # fmt: skip
def test_a_megabyte_of_anything_is_cut_before_it_is_read(piece: str) -> None:
    """No more than ``LONGEST_TEXT`` characters are looked at, whatever follows them."""
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    assert list(advice_in(text)) == list(advice_in(text[:LONGEST_TEXT]))
    assert all(len(one.quote) <= QUOTE for one in advice_in(text))


def written(folder: Path, text: str) -> Path:
    path = folder / "claims.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_of_claims(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [[claim]]
        quote = "I will\\n answer\\u001b each of you."
        checked_by = "answers.overall"
        [[claim]]
        quote = "Share small accounts"
        checked_by = "amplification"
        threshold = 0.2
        published = 2020-07-31
        object = "x:status/9"
        [[claim]]
        quote = "All of it"
        checked_by = "participation"
        threshold = 1
        """,
    )
    assert read_claims(path) == (
        GivenClaim("I will answer each of you.", "answers.overall", 0.5),
        GivenClaim("Share small accounts", "amplification", 0.2, DAY_2020_07_31, "x:status/9"),
        GivenClaim("All of it", "participation", 1.0),
    )


CLAIM = "[[claim]]\nquote = 'a'\nchecked_by = 'participation'\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "claim"),
        ("claim = []", "claim"),
        ("[[claim]]\nquote = 'a'", "checked_by"),
        ("[[claim]]\nchecked_by = 'participation'", "quote"),
        ("[[claim]]\nquote = ''\nchecked_by = 'participation'", "quote"),
        ("[[claim]]\nquote = 'a'\nchecked_by = 'answers'", "answers"),
        ("[[claim]]\nquote = 'a'\nchecked_by = 3", "checked_by"),
        (CLAIM + "[[claim]]\nquote = '  '\nchecked_by = 'participation'", "claim 2"),
        ('[[claim]]\nquote = "\\u202e\\u0007 \\u200b"\nchecked_by = "participation"', "claim 1"),
        (CLAIM + "threshold = 0", "threshold"),
        (CLAIM + "threshold = 1.5", "threshold"),
        (CLAIM + "threshold = nan", "threshold"),
        (CLAIM + "threshold = inf", "threshold"),
        (CLAIM + "threshold = '0.5'", "threshold"),
        (CLAIM + "published = '2020-07-31'", "published"),
        (CLAIM + "published = 2020-07-31T10:00:00Z", "published"),
        (CLAIM + "object = 7", "object"),
        (CLAIM + "source = 'x'", "source"),
        (CLAIM * 21, "20"),
        ("[claim]\nquote = 'a'", "claim"),
        ("quote = 'a'", "quote"),
    ],
)
def test_what_cannot_be_used_is_said_with_a_hint(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_claims(written(tmp_path, text))
    assert says in caught.value.text()
    hint = caught.value.hint_text()
    assert hint is not None
    assert all(figure in hint for figure in FIGURES)


def test_the_example_in_the_docs_is_one(tmp_path: Path) -> None:
    example = DOCS.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    assert len(read_claims(written(tmp_path, example))) == 2
