"""Audits with what stands beside the verdicts: advice, the account's own words, what is usual; and hostile ones."""

from __future__ import annotations

from dataclasses import replace

from permadani.findings.reasons import reason
from permadani.findings.results import (
    Absence,
    Amplification,
    Audit,
    Automation,
    Check,
    Claim,
    Client,
    CoverageLine,
    LeftOut,
    OddsRatio,
    Overall,
    Practice,
    Rate,
    Statement,
    Subject,
    Usual,
)  # fmt: skip

from .base import EMPTY, HOSTILE, rich
from .verdicts import amplifies, composition, found


def claims() -> tuple[Claim, ...]:
    return (
        Claim(
            "Reply to every reader. It costs you a minute.", "https://school.example/@ada/44", "2024-03-03T09:00:00Z",
            "answers.overall", 0.5, "contradicted", reason("claim_contradicted"),
            Rate(863, 2104, 0.41, 0.36, 0.47), "en.reply_to_everyone", "https://school.example/@ada/44",
        ),
        Claim(
            "Join the conversations under your own posts!", "https://school.example/@ada/51", "2025-01-10T09:00:00Z",
            "participation", 0.33, "borne_out", reason("claim_borne_out"),
            Rate(61, 100, 0.61, 0.49, 0.72), "en.join_in", None,
        ),
        Claim(
            "Bagikan karya pembaca yang belum dikenal.", None, None, "amplification", 0.01,
            "not_checkable", reason("no_reshares"), None, "given", None,
        ),
    )  # fmt: skip


def practice() -> Audit:
    return replace(
        rich(),
        practice=Practice(
            "not_enough_evidence",
            reason("claims_found", count=3, borne_out=1, contradicted=1, not_checkable=1),
            claims(),
        ),
    )


def statement() -> Audit:
    """The account had its say, and some messages left the denominator at its word; pitches, too, are left out."""
    base = rich()
    own = Statement(
        "I answer on paper on Fridays, and I read everything.",
        (Absence("2025-02-01", "2025-03-14", "parental leave"), Absence("2025-08-02", "2025-08-02")),
        "About a third of my answers go by e-mail.",
        "I do not answer messages that name other pupils.",
        7,
    )
    left = LeftOut(41, 12, 9, 133, 73, 208, pitches=16, abuse=7, own_pitches=3)
    return replace(base, statement=own, answers=replace(base.answers, left_out=left))


def usual() -> Audit:
    base = rich()
    spread = Usual(23, 0.06, 0.14, 0.31, 19, "followers", 10_300, 164_800)
    overall = replace(base.answers.overall, usual=spread)
    return replace(base, answers=replace(base.answers, overall=overall))


def everything() -> Audit:
    """All parts at once."""
    base = found("passes_over", reason("passes_over"), 51, (0.38, 0.24, 0.59))
    return replace(
        base,
        answers=replace(
            base.answers, overall=usual().answers.overall, left_out=statement().answers.left_out,
        ),
        statement=statement().statement,
        practice=practice().practice,
        amplification=amplifies().amplification,
    )  # fmt: skip


def hostile() -> Audit:
    """Everything a stranger controls carries markup, escapes, marks of direction, or is very long."""
    base = rich(evidence=True)
    long = HOSTILE + "W" * 10_000
    standing = base.answers.by_standing
    assert standing.model is not None
    odd = Check(HOSTILE, OddsRatio(float("nan"), None, float("inf"), 0.95), None, False)
    answers = replace(
        base.answers,
        by_standing=replace(standing, model=replace(standing.model, checks=(odd,), visible_odds_ratio=float("inf"))),
    )
    others = replace(composition(), by_class={HOSTILE: 3, "senior": 61})
    return replace(
        base,
        actor=Subject(HOSTILE, long, "<b>chan</b>", 3, HOSTILE),
        answers=answers,
        amplification=Amplification(
            "not_enough_evidence", reason("channel_left_out", channel=HOSTILE, reason=reason("unseen")),
            {"junior": EMPTY}, others=others,
        ),
        practice=Practice(
            "not_enough_evidence",
            reason("no_claims"),
            (
                Claim(long, HOSTILE, HOSTILE, HOSTILE, 2.0, "not_checkable", reason("unseen"), None, long,
                      "javascript:alert(1)"),
                Claim(HOSTILE, None, None, "answers." + long, 0.5, "contradicted", reason("unseen"),
                      Rate(1, 2, 0.5, None, 1.0), HOSTILE, "https://a.example/\"><script>"),
            ),
        ),
        statement=Statement(long, (Absence(HOSTILE, HOSTILE, HOSTILE),), HOSTILE, long, 1),
        coverage=(CoverageLine(HOSTILE, "partial", "partial", "<i>", HOSTILE, long),),
        automation=Automation(0.5, 2, 2, (Client(long, 1, True), Client(HOSTILE, 1, False))),
        limits=(reason("partial"), reason("channel_left_out", channel=HOSTILE, reason=reason("group_channel"))),
    )  # fmt: skip


def not_usual() -> Audit:
    base = rich()
    return replace(
        base,
        answers=replace(
            base.answers, overall=Overall("not_enough_evidence", reason("no_usual"), base.answers.overall.cell)
        ),
    )
