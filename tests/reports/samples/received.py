"""Lists for the subject of an audit: of all kinds of messages, hostile, and long."""

from __future__ import annotations

from dataclasses import replace

from permadani.findings.reasons import reason
from permadani.findings.results import CoverageLine, Match, OwnPitch, Received, Subject, SubjectList, Totals

from .base import HOSTILE

WHY = reason("list_comment")
NOT = reason("list_elsewhere")


def subject_list() -> SubjectList:
    messages = (
        Received(
            "a1", "Budi", "https://school.example/users/budi", "mastodon", "2026-03-04T18:20:00Z", "comment",
            "Your third point contradicts the survey of last year. Which one?", "https://school.example/@budi/1",
            True, WHY, "unanswered", "junior", "newcomer", "substantive",
        ),
        Received(
            "a2", "Citra Dewi", "https://school.example/users/citra", "mastodon", "2026-03-04T18:31:00Z", "reply",
            "Loved the talk — shall we do the panel together?", "https://school.example/@citra/2",
            True, reason("list_reply"), "answered", "senior", "regular", "substantive",
            Match("b2", "2026-03-04T19:12:00Z", "Yes! I'll write to you tomorrow.", "https://school.example/@ada/9",
                  "structural"),
        ),
        Received(
            "a3", "Eka", "disqus:user/4", "disqus", "2026-03-05T07:00:00Z", "thread", None, None, False, NOT,
        ),
        Received(
            "a4", "Fajar", "disqus:user/5", "disqus", "2026-03-06T07:00:00Z", "mention", "Selamat!", None,
            True, reason("list_mention"), "answered_late", "unknown", "newcomer", "ditto",
            Match("b4", "2026-04-16T07:00:00Z", None, None, "named"),
        ),
    )  # fmt: skip
    pitch = OwnPitch(
        "b9",
        "2026-05-01T09:00:00Z",
        "My course is half price today!",
        None,
        31,
        reason("list_own_pitch_copied", recipients=31),
    )
    return SubjectList(
        Subject("https://school.example/users/ada", "Ada Rahman", "mastodon", 41_200, "@ada@school.example"),
        ("2026-01-01T00:00:00Z", "2026-06-30T23:59:59Z"),
        14,
        (CoverageLine("mastodon", "complete", "complete", "2026-01-01T00:00:00Z", None, "archive"),),
        messages,
        (pitch,),
        Totals(4, 3, 2, 1, 1, {NOT.key: 1}),
    )


def hostile_list() -> SubjectList:
    base, long = subject_list(), HOSTILE + "W" * 10_000
    asked = Received(
        HOSTILE, long, HOSTILE, HOSTILE, HOSTILE, "to", long, "javascript:alert(1)", True, WHY, "answered", HOSTILE,
        HOSTILE, HOSTILE, Match(HOSTILE, HOSTILE, long, "https://a.example/\"><script>", "named"),
    )  # fmt: skip
    pitch = OwnPitch(HOSTILE, HOSTILE, long, "javascript:alert(1)", 1, WHY)
    return replace(
        base, actor=Subject(HOSTILE, long, HOSTILE, None, HOSTILE), messages=(asked,), own_pitches=(pitch,),
        coverage=(CoverageLine(HOSTILE, "partial", "none", HOSTILE, "<i>", long),),
        totals=Totals(1, 1, 1, 1, 0, {HOSTILE: 1}),
    )  # fmt: skip


def empty_list() -> SubjectList:
    return replace(
        subject_list(), messages=(), own_pitches=(), coverage=(), period=(None, None), totals=Totals(0, 0, 0, 0, 0, {})
    )


def long_list() -> SubjectList:
    base = subject_list()
    many = tuple(replace(base.messages[0], object=f"a{n}", asker=f"Number{n}") for n in range(1500))
    return replace(base, messages=many)


LISTS = {"subject_list": subject_list, "hostile_list": hostile_list, "empty_list": empty_list}
