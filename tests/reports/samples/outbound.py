"""What the messages of an account alone told, made up."""

from __future__ import annotations

from dataclasses import replace

from permadani.findings.reasons import reason
from permadani.findings.results import (
    Audience,
    Automation,
    Client,
    Concentration,
    Correspondent,
    CoverageLine,
    Delay,
    Hours,
    Outbound,
    OutboundYear,
    Rate,
    RateOf,
    RepliedTo,
    Subject,
    Written,
)

from .base import HOSTILE


def told() -> Outbound:
    """An archive of X, whole, with nothing inbound."""
    return Outbound(
        actor=Subject("x:user/1", "Ada Rahman", "x", 12_400, "ada", ("x:user/1",)),
        period=("2021-03-02T10:00:00Z", "2024-11-30T22:00:00Z"),
        coverage=(CoverageLine("x", "none", "complete", "2021-03-02T10:00:00Z", "2024-11-30T22:00:00Z", "X archive"),),
        rate=(RateOf("x", False, reason("no_inbound")),),
        written=Written(1_208, 406, 413, 3, 1, 385, 0, 6),
        replied_to=RepliedTo(130, 400, 76, 54, 2, Concentration(13, 0.443, 0.541, _curve()), 20),
        delay=Delay(
            404, 398, {"store": 3, "x": 390, "bluesky": 5, "mastodon": 0}, 2, 4, 0,
            Hours(0.1681, 0.1091, 0.3027), Hours(0.6313, 0.3682, 1.0294), Hours(3.0371, 1.3366, None),
            Rate(387, 398, 0.972, 0.917, 0.991), 6,
        ),
        over_time=(
            OutboundYear(2021, 80, 1, 1, 1, None),
            OutboundYear(2022, 410, 114, 53, 113, Hours(0.531, 0.3004, 1.0231)),
            OutboundYear(2024, 718, 291, 90, 284, Hours(0.5679, None, 1.6637)),
        ),
        clients=Automation(
            6 / 406, 406, 405, (Client("Twitter Web App", 399, False), Client("IFTTT", 6, True)),
        ),
        audience=Audience(12_400, 41, 30, 8, 3),
        limits=(
            reason("reply_or_first_word"), reason("unseen"), reason("automatic_replies", count=6, total=406),
            reason("delay_earlier", count=2), reason("delay_claimed", count=5, total=398),
        ),
    )  # fmt: skip


def _curve() -> tuple[tuple[float, float], ...]:
    return tuple((i / 20, (i / 20) ** 3) for i in range(21))


def with_names() -> Outbound:
    most = (
        Correspondent("x:user/2", "Budi", 31, "2022-01-04T08:00:00Z", "2024-10-11T09:00:00Z"),
        Correspondent("x:user/3", HOSTILE, 12, "2022-01-04T08:00:00Z", "2024-10-11T09:00:00Z"),
    )
    return replace(told(), most=most, private=True)


def few() -> Outbound:
    """Three replies, of which nothing can be said but their number."""
    return replace(
        told(),
        written=Written(9, 3, 0, 0, 0, 6, None, 0),
        replied_to=RepliedTo(2, 3, 1, 1, 0, None, 20),
        delay=Delay(3, 2, {"store": 0, "x": 2, "bluesky": 0, "mastodon": 0}, 0, 1, 0, None, None, None, None, 6),
        over_time=(OutboundYear(2022, 9, 3, 2, 2, None),),
        clients=Automation(None, 3, 0, ()),
        audience=None,
    )


def nothing() -> Outbound:
    return replace(
        few(),
        coverage=(), rate=(), period=(None, None), over_time=(), most=(), private=True,
        written=Written(0, 0, 0, 0, 0, 0, None, 0),
        replied_to=RepliedTo(0, 0, 0, 0, 0, None, 20),
        delay=Delay(0, 0, {"store": 0, "x": 0, "bluesky": 0, "mastodon": 0}, 0, 0, 0, None, None, None, None, 6),
        clients=Automation(None, 0, 0, ()),
    )  # fmt: skip


def unanswered() -> Outbound:
    """It only posts."""
    return replace(nothing(), written=Written(40, 0, 2, 5, 1, 32, 7, 0), most=None, private=False)


def only_a_program() -> Outbound:
    return replace(
        few(), written=Written(9, 7, 0, 0, 0, 2, 0, 7), replied_to=nothing().replied_to, delay=nothing().delay,
        clients=Automation(1.0, 7, 7, (Client("IFTTT", 7, True),)),
    )  # fmt: skip


def both_sides() -> Outbound:
    """Two channels; on one of them there is what was written to it."""
    lines = (
        CoverageLine("mastodon", "partial", "complete", None, None, "a server's answers"),
        CoverageLine("x", "none", "partial", None, None, HOSTILE),
    )
    rates = (RateOf("mastodon", True, reason("rate_by_audit")), RateOf("x", False, reason("no_inbound")))
    return replace(told(), coverage=lines, rate=rates)


def hostile() -> Outbound:
    """Absurd figures and names."""
    absurd = Hours(1e9, None, None)
    return replace(
        with_names(),
        actor=Subject(HOSTILE, HOSTILE, HOSTILE, 10**15, HOSTILE, (HOSTILE,)),
        written=Written(10**12, 10**12, 10**12, 10**12, 10**12, 10**12, 10**12, 10**12 - 1),
        delay=replace(told().delay, quarter=Hours(0.0, 0.0, None), median=absurd, three_quarters=absurd),
        clients=Automation(1.0, 10**12, 10**12, (Client(HOSTILE, 10**12, True),)),
    )


OUTBOUND = {
    "told": told,
    "with_names": with_names,
    "few": few,
    "nothing": nothing,
    "unanswered": unanswered,
    "only_a_program": only_a_program,
    "both_sides": both_sides,
    "hostile": hostile,
}
