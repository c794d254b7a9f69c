"""Audits by how much can be said: rich, not measurable, tiny, answering few, away."""

from __future__ import annotations

from dataclasses import replace

from permadani.findings.reasons import reason
from permadani.findings.results import (
    Amplification,
    Answers,
    Audit,
    Automation,
    BlindChoice,
    Cell,
    Check,
    ChoiceModel,
    Client,
    Comparison,
    CoverageLine,
    Evidence,
    LeftOut,
    Matching,
    OddsRatio,
    Overall,
    Participation,
    Practice,
    Subject,
    TakesUp,
    Waiting,
    Year,
)  # fmt: skip

HOSTILE = (
    "<script>alert(1)</script>\u202eevil\u202c\x1b[31mred\x1b[0m\x1b]0;title\x07[bold]{name}{0.__class__}"
    "\"><img src=x onerror=alert(1)>' \ud800"
)
EMPTY = Cell(0, 0, 0, 0, 0, None, None, None)


def cell(approaches: int, eligible: int, answered: int, late: int, askers: int, *share: float) -> Cell:
    rate, low, high = share if share else (None, None, None)
    return Cell(approaches, eligible, answered, late, askers, rate, low, high)


def model(
    answers: int, askers: dict[str, int], root: float, visible: float, needed: int, made: tuple[Check, ...] = ()
) -> ChoiceModel:
    return ChoiceModel(answers, askers, "integrated", root, made, visible, needed)


def checks(value: float, low: float | None, high: float | None, agrees: bool = True) -> tuple[Check, ...]:
    """All of them, each a little off."""
    names = ("window_3", "window_30", "with_prior_contact", "without_prior_contact", "absolute_size")
    found = [
        Check(name, OddsRatio(value * (1 + place / 50), low, high, 0.95), agrees, "prior" not in name)
        for place, name in enumerate(names)
    ]
    return (*found, Check("substance_corrected", None, None, True))


NO_GROUP = TakesUp("not_measurable", reason("no_group_channel"))
NO_RESHARES = Amplification("not_enough_evidence", reason("no_reshares"), {})
NO_CLAIMS = Practice("not_enough_evidence", reason("no_claims"))


def unseen_participation() -> Participation:
    return Participation("not_measurable", reason("no_inbound"), None, None, None, None, None, None)


def rich(*, evidence: bool = False) -> Audit:
    answers = Answers(
        overall=Overall(
            "not_enough_evidence", reason("no_yardstick"), cell(2310, 2104, 863, 118, 1184, 0.4102, 0.371, 0.455)
        ),
        by_standing=Comparison(
            "not_enough_evidence",
            reason("undecided", value=0.74, low=0.49, high=1.13),
            {
                "junior": cell(1020, 940, 254, 51, 611, 0.27, 0.22, 0.33),
                "middle": cell(604, 551, 231, 30, 290, 0.419, 0.36, 0.48),
                "senior": cell(407, 371, 245, 22, 146, 0.66, 0.56, 0.75),
                "unknown": cell(279, 242, 133, 15, 137, 0.55, 0.44, 0.65),
            },
            {
                "junior": cell(700, 650, 195, 30, 420, 0.3, 0.24, 0.37),
                "senior": cell(350, 322, 225, 12, 120, 0.7, 0.59, 0.79),
            },
            BlindChoice(184, 81, 92.3, 80.1, 104.4),
            OddsRatio(0.74, 0.49, 1.13, 0.95),
            model(184, {"junior": 96, "senior": 41}, -1.42, 0.41, 92, checks(0.74, 0.49, 1.13)),
        ),
        by_tenure=Comparison(
            "not_enough_evidence",
            reason("gate_answers", answers=7, needed=10),
            {
                "newcomer": cell(1184, 1068, 299, 70, 1184, 0.28, 0.243, 0.32),
                "regular": cell(1126, 1036, 564, 48, 402, 0.544, 0.48, 0.607),
            },
            {"newcomer": cell(800, 730, 240, 40, 800, 0.33, 0.28, 0.38)},
            model=ChoiceModel(7, {"newcomer": 9, "regular": 4}, None, None, (), None, None),
        ),
        matching=Matching(structural=712, named=151, lower=863, upper=1188),
        over_time=(
            Year(2021, cell(128, 120, 101, 3, 80, 0.842, 0.74, 0.91), 140, 1_900, True),
            Year(2022, cell(310, 296, 183, 12, 190, 0.618, 0.55, 0.68), 322, 6_400, True),
            Year(2023, cell(640, 600, 240, 31, 350, 0.40, 0.355, 0.447), 510, 14_800, True),
            Year(
                2024,
                cell(402, 380, 1, 0, 260),
                390,
                22_000,
                False,
                reason("unmeasurable_year", joined=71, threads=100),
            ),
            Year(2025, cell(640, 590, 165, 40, 420, 0.28, 0.235, 0.33), 560, 31_500, True),
            Year(2026, cell(190, 118, 26, 32, 140, 0.22, 0.14, 0.33), 96, 41_200, True),
        ),
        trend="fell",
        waiting_time={
            "all": Waiting(2310, 200.0, 0.34, 0.31, 0.37),
            "newcomer": Waiting(1184, None, 0.21, 0.18, 0.24),
            "regular": Waiting(1126, 31.5, 0.46, 0.41, 0.51),
            "junior": Waiting(1020, None, 0.19, 0.15, 0.23),
            "senior": Waiting(407, 5.2, 0.58, 0.49, 0.66),
        },
        left_out=LeftOut(spam=41, automatic=12, deleted=9, not_reached=133, too_young=73, inherited_mentions=208),
        acknowledged=96,
        evidence=pairs() if evidence else None,
    )
    return Audit(
        actor=Subject("https://school.example/users/ada", "Ada Rahman", "mastodon", 41_200, "@ada@school.example"),
        period=("2021-01-04T08:00:00Z", "2026-11-01T23:59:59Z"),
        coverage=(
            CoverageLine(
                "mastodon",
                "complete",
                "complete",
                "2021-01-04T08:00:00Z",
                "2026-11-01T23:59:59Z",
                "archive of the account, checked against its counts",
            ),
            CoverageLine("disqus", "complete", "none", "2021-03-01T00:00:00Z", "2024-02-01T00:00:00Z", "site export"),
        ),
        answers=answers,
        takes_up=NO_GROUP,
        amplification=NO_RESHARES,
        participation=Participation(
            "takes_part",
            reason("participation_measured", joined=61, conversations=100),
            100,
            61,
            0.61,
            0.52,
            0.69,
            7,
        ),
        practice=NO_CLAIMS,
        regulars_unanswered=38,
        automation=Automation(
            0.23, 4210, 3980, (Client("Tusky", 2600, False), Client("Buffer", 915, True), Client("Web", 465, False))
        ),
        limits=(
            reason("unseen"),
            reason("unknown_standing", count=137, total=1184),
            reason("channel_left_out", channel="disqus", reason=reason("no_outbound")),
            reason("clock_skew", count=3),
        ),
        private=evidence,
    )


def pairs() -> tuple[Evidence, ...]:
    return (
        Evidence(
            "a1", "Budi", "2026-03-04T18:20:00Z", "Your third point contradicts the survey of last year. Which one?",
            "https://school.example/@budi/1", "junior", "newcomer", "substantive", "unanswered",
        ),
        Evidence(
            "a2", "Citra Dewi", "2026-03-04T18:31:00Z", "Loved the talk — shall we do the panel together?",
            "https://school.example/@citra/2", "senior", "regular", "substantive", "answered",
            "b2", "2026-03-04T19:12:00Z", "Yes! I'll write to you tomorrow.", "https://school.example/@ada/9",
            "structural",
        ),
        Evidence(
            "a3", HOSTILE, "2026-03-05T07:00:00Z", HOSTILE, "javascript:alert(1)", "unknown", "newcomer", "unknown",
            "answered_late", "b3", "2026-04-05T07:00:00Z", HOSTILE, "http://\u202eexample", "named", True,
        ),
        Evidence("a4", "Eka", "2026-10-30T07:00:00Z", None, None, "junior", "regular", "unknown", "too_young"),
        Evidence("a5", "Fajar", "2025-08-01T07:00:00Z", "Selamat!", None, "junior", "regular", "ditto", "not_reached"),
    )  # fmt: skip


def not_measurable() -> Audit:
    """Its own archive only: what it wrote, nothing that was written to it."""
    why = reason("no_inbound")
    answers = Answers(
        overall=Overall("not_measurable", why, None),
        by_standing=Comparison("not_measurable", why, {}, {}),
        by_tenure=Comparison("not_measurable", why, {}, {}),
        matching=None, over_time=(), trend=None, waiting_time={}, left_out=None, acknowledged=None,
    )  # fmt: skip
    return Audit(
        actor=Subject("x:user/7", "Gita Pratiwi", "x", None, "gita"),
        period=("2019-05-01T00:00:00Z", "2020-06-30T00:00:00Z"),
        coverage=(CoverageLine("x", "none", "complete", "2019-05-01T00:00:00Z", "2020-06-30T00:00:00Z", "X archive"),),
        answers=answers,
        takes_up=NO_GROUP,
        amplification=NO_RESHARES,
        participation=unseen_participation(),
        practice=NO_CLAIMS,
        regulars_unanswered=None,
        automation=Automation(None, 812, 0, ()),
        limits=(reason("unseen"),),
    )


def few(answered: int, total: int, *share: float, key: str = "too_few") -> Audit:
    """A small sample: ``answered`` of ``total``, all from newcomers."""
    why = reason("too_few", eligible=total, askers=total, needed=20, people=10) if key == "too_few" else reason(key)
    one = cell(total, total, answered, 0, total, *share)
    none = Comparison("not_measurable", reason("no_standing"), {"unknown": one}, {})
    base = rich()
    answers = replace(
        base.answers,
        overall=Overall("not_enough_evidence", why, one),
        by_standing=none,
        by_tenure=Comparison(
            "not_enough_evidence", reason("gate_askers", needed=8, group="regular", count=0),
            {"newcomer": one, "regular": EMPTY}, {},
        ),
        matching=Matching(answered, 0, answered, answered),
        over_time=(Year(2026, one, answered, None, True),), trend=None,
        waiting_time={"newcomer": Waiting(total, 3.0 if answered > total / 2 else None, 0.5, 0.1, 0.9)},
        left_out=LeftOut(0, 0, 0, 1, 2, 0), acknowledged=0,
    )  # fmt: skip
    return replace(
        base,
        actor=Subject("disqus:user/3", "Hana", "disqus", None),
        coverage=(CoverageLine("disqus", "complete", "complete", None, None, "site export"),),
        answers=answers,
        participation=Participation(
            "not_enough_evidence", reason("few_conversations", count=2, needed=15), 2, 1, None, None, None, 0
        ),
        regulars_unanswered=0, automation=Automation(None, 9, 0, ()),
        limits=(reason("unseen"), reason("weak_identities", count=4, total=4)),
    )  # fmt: skip


def tiny() -> Audit:
    return few(4, 9)


def answers_few() -> Audit:
    one = cell(5210, 4980, 31, 12, 3911, 0.0062, 0.004, 0.0096)
    base = rich()
    answers = replace(
        base.answers,
        overall=Overall("answers_few", reason("answers_few", high="0.9", days=14, eligible=4980), one),
        by_tenure=Comparison(
            "not_enough_evidence",
            reason("gate_expected", expected=3.2, needed=5),
            {
                "newcomer": cell(3911, 3740, 9, 4, 3911, 0.0024, 0.001, 0.005),
                "regular": cell(1299, 1240, 22, 8, 500, 0.0177, 0.009, 0.03),
            },
            {},
        ),
        by_standing=Comparison("not_measurable", reason("no_standing"), {"unknown": one}, {}),
        over_time=tuple(
            Year(year, cell(500, 480, 3, 1, 400, 0.006, 0.001, 0.02), 14, None, True) for year in range(2012, 2027)
        ),
        trend="steady",
    )
    return replace(base, actor=Subject("disqus:user/9", "Intan Sari", "disqus", None), answers=answers)


def away() -> Audit:
    """Everything came while the account was away, or where only part was collected: nothing can be judged."""
    one = cell(9, 0, 0, 0, 7)
    base = few(0, 0)
    answers = replace(
        base.answers,
        overall=Overall("not_enough_evidence", reason("too_few", eligible=0, askers=0, needed=20, people=10), one),
        by_tenure=Comparison("not_measurable", reason("gate_answers", answers=0, needed=10), {"newcomer": one}, {}),
        by_standing=Comparison("not_measurable", reason("no_standing"), {"unknown": one}, {}),
        matching=Matching(0, 0, 0, 0), waiting_time={},
        over_time=(Year(2016, one, 3, None, True), Year(2019, one, 5, None, True)),
        left_out=LeftOut(None, None, None, 9, 0, 0), acknowledged=None,
    )  # fmt: skip
    coverage = (CoverageLine("disqus", "complete", "complete", None, None, "Disqus export of forum inkwell"),)
    return replace(base, answers=answers, coverage=coverage, regulars_unanswered=0)


def namesakes() -> Audit:
    base = rich()
    return replace(base, limits=(*base.limits, reason("namesakes", count=3)))
