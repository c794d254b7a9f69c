"""Whether the seniors form a closed club: they answer each other more than a blind choice, and more than others do."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from permadani.findings.class_map.events import Events
from permadani.findings.class_map.matrices import ratio
from permadani.findings.class_map.rows import Rows, rows_by
from permadani.findings.reasons import Reason, reason
from permadani.findings.results import Closure, Ratio, RichClub
from permadani.findings.results.class_map import Club
from permadani.measures.class_map import CLASSES, SENIOR, UNKNOWN
from permadani.measures.judged import Column
from permadani.statistics.chosen import Choices, Chosen, contrast_of
from permadani.statistics.graphs import blind_ties
from permadani.statistics.ratios import RatioEstimate

CLOSED_FROM, SURE = 1.5, 0.99
"""A club is closed from odds of so much beside the others' on, at an interval of this level (conventions)."""
Sides = tuple[Ratio, Ratio, Ratio]


def sides_of(events: Events) -> Sides:
    """Seniors to seniors, everybody else of known class to seniors, and the first divided by the second."""
    return _told(*_chosen(events))


def closure_of(
    events: Events, club: RichClub | None, nothing: Reason | None, *, partial: bool, by_age: Callable[[], Events]
) -> tuple[Closure, Events]:
    """The verdict, and the answers that its figures rest on.

    ``nothing``: why no answers or classes can be seen, if so. ``partial``: only part was collected. ``by_age``: the
    same answers with chances weighted by how long each waited, asked for only where a club seems to be: who is there
    at the same hours meets each other's messages fresh. Where it is none then, these are the figures shown.
    """
    if nothing is not None:
        return Closure("not_measurable", nothing, None, None, None, club), events
    chosen = _chosen(events)
    closed = _surely_closed(*chosen)
    if closed:
        weighted = by_age()
        aged = _chosen(weighted)
        if not _surely_closed(*aged):
            why = reason("map_partial" if partial else "map_same_hours")
            return Closure("not_enough_evidence", why, *_told(*aged), club), weighted
    sides = _told(*chosen)
    if partial:
        return Closure("not_enough_evidence", reason("map_partial"), *sides, club), events
    return Closure(*_verdict(sides, closed=closed), *sides, club), events


def _verdict(sides: Sides, *, closed: bool) -> tuple[Club, Reason]:
    inside, _, relative = sides
    if closed:
        return "closed", _said("map_closed", relative)
    if inside.value is None or relative.value is None:
        return "not_enough_evidence", reason("map_too_few_answers")
    if relative.high is not None and relative.high < CLOSED_FROM:
        return "not_closed", _said("map_not_closed", relative)
    return "not_enough_evidence", _said("map_undecided", relative)


def rich_club_of(tied: Rows, seniors: Column, ties: int) -> RichClub:
    """Ties between seniors of one channel. ``tied``: of ``pairs.tied_rows``. ``seniors``: how many each channel has,
    shape (channels,). ``ties``: between them."""
    possible = int((seniors * (seniors - 1)).sum())
    expected = None
    for _, here in rows_by(tied, "channel"):
        blind = blind_ties(here["given"], here["taken"], here["class"] == SENIOR)
        if blind is not None:
            expected = blind + (expected or 0.0)
    return RichClub(
        seniors=int(seniors.sum()),
        ties=ties,
        possible=possible,
        expected=expected,
        coefficient=ties / possible if possible else None,
        ratio=ties / expected if expected else None,
    )


def _chosen(events: Events) -> tuple[Chosen, Chosen]:
    """What seniors chose, and everybody else of known class."""
    told = events.told()
    choices = Choices.read(told.giver_class, len(CLASSES), told.giver, told.receiver)
    of = choices.of(told.receiver_class == SENIOR, told.chance[SENIOR])
    others = [one for code, one in enumerate(of) if code not in (SENIOR, UNKNOWN)]
    return of[SENIOR], reduce(Chosen.and_those, others)


def _told(seniors: Chosen, others: Chosen) -> Sides:
    return ratio(seniors.ratio()), ratio(others.ratio()), ratio(contrast_of(seniors, others))


def _surely_closed(seniors: Chosen, others: Chosen) -> bool:
    inside, relative = seniors.ratio(SURE), contrast_of(seniors, others, SURE)
    return (
        _above(inside, 1.0) and _above(relative, 1.0) and relative.value is not None and relative.value >= CLOSED_FROM
    )


def _above(found: RatioEstimate, bound: float) -> bool:
    return found.low is not None and found.low > bound


def _said(key: str, of: Ratio) -> Reason:
    return reason(key, value=of.value, low=of.low, high=of.high)
