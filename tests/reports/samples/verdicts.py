"""Audits by what a comparison found: all verdicts on a choice, and why there is none."""

from __future__ import annotations

from dataclasses import replace

from permadani.findings.reasons import Reason, reason
from permadani.findings.results import (
    Amplification,
    Answers,
    Audit,
    BlindChoice,
    ChoiceModel,
    Comparison,
    Composition,
    OddsRatio,
    Overall,
    Subject,
    TakesUp,
)  # fmt: skip

from .base import cell, checks, model, not_measurable, rich

ASKERS = {"junior": 96, "senior": 41}
LESS, EVEN, MORE = (0.38, 0.24, 0.59), (0.98, 0.74, 1.29), (2.1, 1.5, 3.2)


def with_comparison(dimension: str, **changes: object) -> Audit:
    base = rich()
    comparison = replace(getattr(base.answers, dimension), **changes)
    return replace(base, answers=replace(base.answers, **{dimension: comparison}))


def found(
    verdict: str, why: Reason, observed: int, odds: tuple[float, float | None, float | None],
    dimension: str = "by_standing", *, agrees: bool = True,
) -> Audit:  # fmt: skip
    askers = ASKERS if dimension == "by_standing" else {"newcomer": 120, "regular": 80}
    return with_comparison(
        dimension,
        verdict=verdict,
        reason=why,
        blind_choice=BlindChoice(184, observed, 92.3, 80.1, 104.4),
        odds_ratio=OddsRatio(*odds, 0.95),
        model=model(184, askers, -4.1, 0.41, 92, checks(*odds, agrees)),
    )


def passes_over() -> Audit:
    return found("passes_over", reason("passes_over"), 51, LESS)


def signs() -> Audit:
    return found("signs_of_passing_over", reason("signs"), 66, (0.52, 0.31, 0.88))


def signs_unexplained() -> Audit:
    """Signs whose reason does not say how often chance looks like that."""
    return found("signs_of_passing_over", reason("substance_unknown"), 66, (0.52, 0.31, 0.88), "by_tenure")


def even_handed() -> Audit:
    return found("even_handed", reason("even_handed"), 91, EVEN)


def favours() -> Audit:
    return found("favours", reason("favours"), 131, (2.1, 1.5, None), "by_tenure")


def disagreeing() -> Audit:
    return found("not_enough_evidence", reason("windows_disagree"), 60, (0.45, 0.29, 0.71), agrees=False)


def withheld() -> Audit:
    """What a file about somebody else says where there were signs; what they rest on is still in the result."""
    return found("not_enough_evidence", reason("signs_withheld"), 66, (0.52, 0.31, 0.88))


def amplifies() -> Audit:
    part = Amplification(
        "not_enough_evidence",
        reason("gate_askers", needed=8, group="senior", count=5),
        {
            "junior": cell(640, 600, 3, 0, 410, 0.005, 0.001, 0.016),
            "middle": cell(300, 280, 4, 0, 160, 0.014, 0.005, 0.04),
            "senior": cell(200, 190, 9, 0, 90, 0.047, 0.024, 0.09),
            "unknown": cell(12, 8, 0, 0, 8),
        },
        BlindChoice(12, 3, 8.4, 6.0, 10.6),
        OddsRatio(0.17, None, 0.74, 0.95),
        ChoiceModel(12, {"junior": 22, "senior": 5}, "jackknife", -2.1, (), 0.12, 60),
        composition(),
    )
    return replace(rich(), amplification=part)


def passes_on_seniors() -> Audit:
    """A finding on what it passes on."""
    base = amplifies()
    part = replace(
        base.amplification, verdict="passes_over", reason=reason("passes_over"),
        blind_choice=BlindChoice(70, 8, 31.2, 23.1, 39.8), odds_ratio=OddsRatio(0.06, 0.02, 0.13, 0.95),
    )  # fmt: skip
    return replace(base, amplification=part)


def composition() -> Composition:
    """64 reshares of 14 people, of whom three have half."""
    shared = sorted((16, 9, 8, 6, 5, 4, 4, 3, 2, 2, 2, 1, 1, 1))
    steps = [(place / 14, sum(shared[:place]) / 64) for place in range(15)]
    return Composition(64, 14, {"junior": 4, "middle": 11, "senior": 43, "unknown": 6}, 0.4286, tuple(steps), 0.25)


def group() -> Audit:
    """A mailing list: whose open questions are taken up."""
    why = reason("group_channel")
    nothing = Comparison("not_measurable", why, {}, {})
    answers = Answers(Overall("not_measurable", why, None), nothing, nothing, None, (), None, {}, None, None)
    tenure = Comparison(
        "signs_of_passing_over",
        reason("signs"),
        {
            "newcomer": cell(310, 290, 21, 0, 240, 0.072, 0.046, 0.11),
            "regular": cell(160, 152, 27, 0, 44, 0.178, 0.11, 0.27),
        },
        {},
        BlindChoice(48, 21, 31.4, 25.2, 36.9),
        OddsRatio(0.39, 0.2, 0.81, 0.95),
        model(48, {"newcomer": 61, "regular": 30}, -2.6, 0.31, 66, checks(0.39, 0.2, 0.81)),
    )
    standing = Comparison("not_measurable", reason("no_standing"), {}, {})
    base = not_measurable()
    return replace(
        base,
        actor=Subject("mailto:kirana@list.example", "Kirana", "mailing_list", None),
        answers=answers,
        takes_up=TakesUp("signs_of_passing_over", reason("signs"), standing, tenure),
    )
