"""Class maps of networks that do not exist: rich, in part, a list, flat, empty, hostile."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, sqrt

from permadani.findings.reasons import Reason, reason
from permadani.findings.results import (
    Band,
    ChannelOfMap,
    ClassMap,
    Closure,
    Estimate,
    Inequality,
    LeftOutOfMap,
    Matrix,
    MatrixCell,
    PeriodOfMap,
    Ratio,
    Reception,
    ReceptionBy,
    ReceptionOn,
    Reciprocity,
    RichClub,
    SecondPost,
    TrendOf,
)

from .base import HOSTILE

CLASSES = ("junior", "middle", "senior", "unknown")
TENURES = ("newcomer", "regular", "unknown")
HOSTILE_CHANNEL = f"mailing_list:{HOSTILE}\nאבג\u202e<script>{'long ' * 60}"
NO_POSTS = Reception(0, 0, 0, None, None, None)
NO_TIES = Reciprocity(0, 0, 0, None, None, None)
# How much each class (rows) acts towards each other (columns), against a blind choice.
CLUB = ((1.05, 0.98, 0.93, 1.02), (0.84, 1.12, 1.21, 0.9), (0.46, 0.83, 2.15, 0.61), (1.1, 0.97, 0.9, 1.04))
EVEN = ((1.03, 0.99, 0.97, 1.0), (0.98, 1.02, 1.01, 0.97), (0.95, 1.02, 1.06, 0.99), (1.01, 0.98, 0.99, 1.05))


def posts(count: int, share: float, people: int) -> Reception:
    """Posts of which about this share was answered; a share is said from 10 posts of 5 people on."""
    answered = round(count * share)
    if count < 10 or people < 5:
        return Reception(count, answered, people, None, None, None)
    rate, half = answered / count, 2 * sqrt(0.25 / people) * 0.9
    return Reception(count, answered, people, rate, max(0.0, rate - half), min(1.0, rate + half))


def ratio(observed: int, expected: float, level: float = 0.95) -> Ratio:
    if expected < 5:
        return Ratio(observed, expected, None, None, None, level)
    value = observed / expected
    if not observed:
        return Ratio(observed, expected, 0.0, 0.0, 3 / expected, level)
    half = (2.6 if level > 0.95 else 2.0) * 1.6 / sqrt(observed)
    return Ratio(observed, expected, value, exp(log(value) - half), exp(log(value) + half), level)


def matrix(total: float, table: tuple[tuple[float, ...], ...], with_share: bool = False) -> Matrix:
    """Sixteen cells whose expected numbers follow the sizes of the classes."""
    weights = (0.34, 0.27, 0.36, 0.03)
    cells = []
    for row, source in enumerate(CLASSES):
        for column, to in enumerate(CLASSES):
            expected = total * weights[row] * weights[column]
            observed = round(expected * table[row][column])
            people = (max(1, observed // 4), max(1, observed // 3)) if observed else (0, 0)
            share = None
            if with_share:
                share = posts(round(observed / (0.24 + 0.09 * column)), 0.24 + 0.09 * column, people[1])
            count = round(observed * 1.07)
            cells.append(MatrixCell(source, to, count, *people, ratio(observed, round(expected, 2)), share))
    counts = sum(one.count for one in cells), sum(one.ratio.observed for one in cells)
    return Matrix(*counts, tuple(cells))


def no_matrix(why: str) -> Matrix:
    return Matrix(0, 0, (), reason(why))


def curve(bend: float) -> tuple[tuple[float, float], ...]:
    return tuple((i / 40, (i / 40) ** bend) for i in range(41))


def unequal(people: int, received: int, gini: float, top: float) -> Inequality:
    return Inequality(
        people, received, Estimate(gini, gini - 0.03, gini + 0.03), max(1, people // 100),
        Estimate(top, top * 0.8, top * 1.25), curve((1 + gini) / (1 - gini)),
    )  # fmt: skip


def reception(scale: int, fall: float = 0.0, bands: bool = True) -> ReceptionBy:
    classes = zip(CLASSES, ((40, 0.31), (27, 0.44), (30, 0.66), (3, 0.29)), strict=True)
    by_class = {
        name: posts(part * scale, share - (fall if name != "senior" else fall / 5), part * scale // 3)
        for name, (part, share) in classes
    }
    tenures = zip(TENURES, ((14, 0.34), (82, 0.5), (4, 0.41)), strict=True)
    by_tenure = {name: posts(part * scale, share - fall, part * scale // 3) for name, (part, share) in tenures}
    limits = ((0, 99, 22, 0.25), (100, 999, 31, 0.36), (1_000, 9_999, 24, 0.47), (10_000, 99_999, 14, 0.58))
    followers = [Band(low, high, posts(part * scale, share, part * scale // 4)) for low, high, part, share in limits]
    followers.append(Band(100_000, None, posts(6 * scale, 0.65, 6 * scale // 5)))
    everybody = posts(100 * scale, 0.46 - fall, 31 * scale)
    return ReceptionBy(everybody, by_class, by_tenure, tuple(followers) if bands else None)


def heard(scale: int, bands: bool = True) -> ReceptionBy:
    """With those posts apart that begin a conversation: four of ten, answered oftener; first posts do so mostly."""
    found, opening = reception(scale, bands=bands), reception(2 * scale // 5, -0.2, bands)
    first = {"newcomer": posts(11 * scale, 0.39, 11 * scale // 3), "regular": posts(26 * scale, 0.71, 26 * scale // 3)}
    return replace(found, openings=replace(opening, by_tenure={**opening.by_tenure, **first}))


def closure(verdict: str, why: Reason, inside: float, outside: float) -> Closure:
    expected = 248.0
    seniors, others = ratio(round(expected * inside), expected, 0.99), ratio(round(402 * outside), 402.0, 0.99)
    value = inside / outside
    relative = Ratio(seniors.observed, expected, value, value * 0.78, value * 1.28, 0.99)
    club = RichClub(61, 812, 3_660, 441.5, 812 / 3_660, 812 / 441.5)
    return Closure(verdict, why, seniors, others, relative, club)  # type: ignore[arg-type]


def year(number: int, place: int) -> PeriodOfMap:
    seniors = ratio(120 + 30 * place, 100.0)
    others = ratio(105, 100.0)
    value = (1.2 + 0.3 * place) / 1.05
    return PeriodOfMap(
        str(number), f"{number}-01-01T00:00:00Z", f"{number + 1}-01-01T00:00:00Z", reception(12, 0.012 * place),
        matrix(900 + 60 * place, CLUB), seniors, others,
        Ratio(120 + 30 * place, 100.0, value, value * 0.8, value * 1.3),
        unequal(400 + 30 * place, 700 + 80 * place, 0.5 + 0.02 * place, 0.11 + 0.012 * place),
        unequal(500 + 30 * place, 900 + 90 * place, 0.6 + 0.02 * place, 0.2 + 0.01 * place),
    )  # fmt: skip


def full() -> ClassMap:
    """Two channels over twelve years, of which one is empty, and all that can be said: a closed club."""
    years = [year(2012 + place, place) for place in range(12)]
    years[3] = empty_period("2015", 2015)
    channels = (
        ChannelOfMap(
            "mastodon", "personal", "followers", 2_904, 2_810, 1_405, 842, 563, 71_300, 120, 2_400, "complete", False,
            "2012-01-02T08:00:00Z", "2023-12-30T21:00:00Z", "activities as collected by the user",
        ),
        ChannelOfMap(
            "disqus:gardens", "personal", "network", 812, 700, 430, 151, 119, 14_120, 2, 9, "complete", False,
            "2013-03-01T00:00:00Z", "2023-12-30T21:00:00Z", "Disqus export of forum gardens",
        ),
    )  # fmt: skip
    return ClassMap(
        period=("2012-01-02T08:00:00Z", "2023-12-30T21:00:00Z"), by="year", channels=channels, people=3_655,
        posts=85_420, reception=heard(854),
        by_channel=(ReceptionOn("disqus:gardens", heard(141, False)), ReceptionOn("mastodon", heard(713))),
        approaches=matrix(9_400, CLUB), answers=matrix(5_200, CLUB, True),
        reshares=matrix(3_100, EVEN),
        closure=closure("closed", reason("map_closed", value=1.777, low=1.386, high=2.274), 2.15, 1.21),
        reciprocity_of_replies=Reciprocity(8_310, 2_745, 2_206, 2_745 / 8_310, 0.311, 0.35),
        reciprocity_of_reshares=Reciprocity(2_750, 220, 1_004, 0.08, 0.066, 0.094),
        answers_received=unequal(3_120, 5_800, 0.71, 0.24), reshares_received=unequal(3_655, 3_317, 0.86, 0.41),
        newcomers=SecondPost(posts(812, 0.41, 812), posts(1_604, 0.29, 1_604), Estimate(0.12, 0.08, 0.16)),
        trends=(
            TrendOf("reception", "all", Estimate(-0.041, -0.06, -0.022), "fell"),
            TrendOf("reception", "junior", Estimate(-0.062, -0.085, -0.039), "fell"),
            TrendOf("reception", "middle", Estimate(-0.05, -0.071, -0.029), "fell"),
            TrendOf("reception", "senior", Estimate(-0.008, -0.03, 0.014), "steady"),
            TrendOf("reception", "newcomer", Estimate(-0.055, -0.08, -0.03), "fell"),
            TrendOf("reception", "regular", Estimate(-0.03, -0.05, -0.01), "fell"),
            TrendOf("closure", "all", Estimate(0.11, 0.07, 0.15), "rose"),
            TrendOf("gini_answers", "all", Estimate(0.019, 0.012, 0.026), "rose"),
            TrendOf("gini_reshares", "all", Estimate(0.002, -0.01, 0.014), None, reason("map_trend_unsure")),
        ),
        over_time=tuple(years), left_out=LeftOutOfMap(1_240, 3_077, 611, 0, 0, 412),
        limits=(
            reason("map_unseen"), reason("map_several_channels"), reason("map_undated", count=812, total=2_810),
            reason("map_young", count=140, total=85_420, days=14), reason("map_unknown_class", count=206, total=3_655),
            reason("map_tenure_unknown", count=3_416, total=85_420), reason("map_unseen_mentions", count=412),
            reason("map_weak", count=98, total=3_655),
        ),
    )  # fmt: skip


def months() -> ClassMap:
    """Twenty months of one channel, and no club."""
    marks = [(2021 + place // 12, place % 12 + 1, place) for place in range(20)]
    over = tuple(replace(year(y, place % 5), period=f"{y}-{month:02}") for y, month, place in marks)
    why = reason("map_not_closed", value=1.019, low=0.795, high=1.305)
    found = full()
    one = {"channels": found.channels[:1], "by_channel": (), "limits": found.limits[2:]}
    found = replace(found, **one, by="month", over_time=over, answers=matrix(5_200, EVEN, True))
    return replace(found, closure=closure("not_closed", why, 1.06, 1.04))


def partial() -> ClassMap:
    """Conversations that somebody selected: followers are known, and nothing may be said of the network."""
    channel = ChannelOfMap(
        "x", "personal", "followers", 4_100, 4_100, 2_050, 1_230, 820, 5_568, 900, 12_000, "partial", False,
        "2014-08-09T22:00:00Z", "2016-12-19T11:00:00Z", "tweets as collected by the user",
    )  # fmt: skip
    seniors, others = ratio(31, 14.2, 0.99), ratio(12, 9.9, 0.99)
    relative = Ratio(31, 14.2, 1.8, 0.71, 4.55, 0.99)
    unseen = {"newcomer": NO_POSTS, "regular": NO_POSTS, "unknown": posts(5_568, 0.36, 4_100)}
    received = replace(heard(55), by_tenure=unseen)
    return replace(
        full(),
        period=("2014-08-09T22:00:00Z", "2016-12-19T11:00:00Z"), channels=(channel,), people=4_100, posts=5_568,
        reception=received, by_channel=(), approaches=matrix(1_400, CLUB), answers=matrix(160, CLUB, True),
        reshares=no_matrix("map_no_reshares"),
        closure=Closure("not_enough_evidence", reason("map_partial"), seniors, others, relative, None),
        reciprocity_of_replies=Reciprocity(1_310, 145, 1_206, 145 / 1_310, 0.085, 0.14), reciprocity_of_reshares=None,
        reshares_received=None, newcomers=SecondPost(NO_POSTS, NO_POSTS, None), trends=(), over_time=(),
        left_out=LeftOutOfMap(0, 0, 0, 0, 0, 37),
        limits=(reason("map_unseen"), reason("map_partial_level"), reason("map_unseen_mentions", count=37),
                reason("map_tenure_unknown", count=5_568, total=5_568)),
    )  # fmt: skip


def mailing_list() -> ClassMap:
    """A group channel: nobody is approached there; tenure is known, and standing by the network."""
    channel = ChannelOfMap(
        "mailing_list:looms", "group", "network", 1_380, 1_110, 702, 180, 228, 41_800, 1, 14, "complete", False,
        "2008-04-01T00:00:00Z", "2010-12-31T23:00:00Z", "Mailman archive as collected",
    )  # fmt: skip
    found = full()
    over = tuple(replace(one, reshares_received=None) for one in found.over_time[:3])
    why = reason("map_undecided", value=1.143, low=0.69, high=1.89)
    return replace(
        found,
        period=("2008-04-01T00:00:00Z", "2010-12-31T23:00:00Z"), channels=(channel,), people=1_380, posts=41_800,
        reception=heard(418, False), by_channel=(), approaches=no_matrix("map_nobody_approached"),
        reshares=no_matrix("map_no_reshares"), answers=matrix(2_100, EVEN),
        closure=replace(closure("not_enough_evidence", why, 1.2, 1.05), rich_club=None),
        reciprocity_of_reshares=None, reshares_received=None, over_time=over,
        trends=(TrendOf("reception", "all", None, None), TrendOf("closure", "all", None, None)),
        limits=(reason("map_unseen"), reason("map_tenure_unknown", count=1_700, total=41_800),
                reason("map_weak", count=1_380, total=1_380)),
    )  # fmt: skip


def flat() -> ClassMap:
    """Comments that do not tell what they reply to: who answers whom cannot be known."""
    channel = ChannelOfMap(
        "wordpress:kitchen.example", "personal", None, 640, 0, 0, 0, 0, 212, None, None, "complete", True,
        "2011-01-01T00:00:00Z", "2013-12-31T23:00:00Z", "WordPress export (WXR) of kitchen.example, spam not included",
    )  # fmt: skip
    only = {"junior": NO_POSTS, "middle": NO_POSTS, "senior": NO_POSTS, "unknown": posts(212, 0.84, 7)}
    received = ReceptionBy(posts(212, 0.84, 7), only, reception(2).by_tenure, None)
    return replace(
        full(),
        period=("2011-01-01T00:00:00Z", "2013-12-31T23:00:00Z"), channels=(channel,), people=7, posts=212,
        reception=received, by_channel=(), approaches=no_matrix("map_flat"), answers=no_matrix("map_flat"),
        reshares=no_matrix("map_no_reshares"),
        closure=Closure("not_measurable", reason("map_no_classes"), None, None, None, None),
        reciprocity_of_replies=NO_TIES, reciprocity_of_reshares=None, answers_received=None, reshares_received=None,
        newcomers=SecondPost(posts(6, 0.5, 6), NO_POSTS, None), trends=(), over_time=(),
        left_out=LeftOutOfMap(0, 3, 0, 0, 1_911, 0),
        limits=(reason("map_unseen"), reason("map_flat_comments", count=1_911)),
    )  # fmt: skip


def nothing(by: tuple[str, ...]) -> dict[str, Reception]:
    return dict.fromkeys(by, NO_POSTS)


def empty_period(name: str, number: int) -> PeriodOfMap:
    received = ReceptionBy(NO_POSTS, nothing(CLASSES), nothing(TENURES), None)
    return PeriodOfMap(
        name, f"{number}-01-01T00:00:00Z", f"{number + 1}-01-01T00:00:00Z", received, no_matrix("map_no_answers"),
        None, None, None, None, None,
    )  # fmt: skip


def empty() -> ClassMap:
    """Archives of what people wrote themselves: nobody's reception is seen."""
    channel = ChannelOfMap("x", "personal", None, 0, 0, 0, 0, 0, 0, None, None, "none", False, None, None, None)
    nobody = no_matrix("map_nothing_observed")
    return ClassMap(
        period=(None, None), by="year", channels=(channel,), people=0, posts=0,
        reception=ReceptionBy(NO_POSTS, nothing(CLASSES), nothing(TENURES), None), by_channel=(),
        approaches=nobody, answers=nobody, reshares=nobody,
        closure=Closure("not_measurable", reason("map_nothing_observed"), None, None, None, None),
        reciprocity_of_replies=NO_TIES, reciprocity_of_reshares=None, answers_received=None, reshares_received=None,
        newcomers=SecondPost(NO_POSTS, NO_POSTS, None), trends=(), over_time=(),
        left_out=LeftOutOfMap(0, 0, 0, 4_012, 0, 0),
        limits=(reason("map_unseen"), reason("map_channel_left_out", channel="x", reason=nobody.reason)),
    )  # fmt: skip


def hostile() -> ClassMap:
    """Names and figures that try to break out of their places."""
    found, absurd = full(), 10**15
    channels = tuple(
        replace(one, channel=HOSTILE_CHANNEL, basis=HOSTILE * 3, people=absurd, known=absurd, posts=absurd,
                junior_to=absurd, senior_from=absurd + 1, since=HOSTILE)
        for one in found.channels
    )  # fmt: skip
    giant = Ratio(absurd, 1.5, None, None, None)
    cells = [replace(one, count=absurd, givers=absurd, receivers=absurd) for one in found.answers.cells]
    cells[0] = replace(cells[0], ratio=giant)
    cells[1] = replace(cells[1], ratio=Ratio(0, 9.0, 0.0, 0.0, None))
    cells[2] = replace(cells[2], ratio=Ratio(absurd, 12.0, 83_333.33, 1.01, 9e12))
    cells[3] = replace(cells[3], share=Reception(absurd, absurd, absurd, 1.0, 0.999999, 1.0))
    left = reason("map_channel_left_out", channel=HOSTILE_CHANNEL, reason=reason("map_no_answers"))
    return replace(
        found,
        channels=channels, people=absurd, posts=absurd, answers=Matrix(absurd, absurd, tuple(cells)),
        answers_received=Inequality(1, 0, None, 1, None, ()),
        left_out=LeftOutOfMap(absurd, absurd, absurd, absurd, absurd, absurd), limits=(left, *found.limits),
    )  # fmt: skip


CLASS_MAPS = {
    "full": full,
    "months": months,
    "partial": partial,
    "list": mailing_list,
    "flat": flat,
    "empty": empty,
    "hostile": hostile,
}
