"""The same comparison made in other ways: a verdict must not hang on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from permadani.findings.cells import classes
from permadani.findings.design import Design, Dimension, Floats, by_size, design
from permadani.findings.preference import Found, Screening, found
from permadani.findings.results import Check
from permadani.measures.judged import Column, Judged
from permadani.measures.network import DAY
from permadani.settings import WINDOW_DAYS
from permadani.statistics.conditional import Batch, fit
from permadani.statistics.labelling import corrected, probability

WINDOWS = (3, 30)
"""Days; with the usual window they make three that must agree."""
ANSWERS = 10
"""With fewer answers another window tells nothing."""
WRONG = 0.12
"""The share of wrong labels of substance that is reckoned with: as many as the rule had on new subjects when these were
first written. What is measured today is half of it, but on messages by the rule's own author."""
SIDE, CLUSTERED_SIDE, ELSEWHERE_SIDE = 1.0, 1.28, 1.64
"""So far from no preference must point the same way: another window; the cheaper form; and those checks that leave out
what may have been answered unseen, or take standing before it could have grown by answers."""
CHANGED = 0.02
"""Standing at the first approach is a check where it puts more of the askers than this into another class."""


@dataclass(frozen=True)
class Asked:
    """One comparison. ``groups``: shape (n,). ``accusable``: coverage is complete, so an accusing verdict may be given.
    ``followers``: the account's own, where those of the askers are known too."""

    rows: Judged
    groups: Column
    dimension: Dimension
    accusable: bool
    followers: int | None = None

    @property
    def prior_contact(self) -> bool:
        """Whether that the account had spoken with somebody before is taken into account from the first.

        Not between newcomers and regulars: there that is what may be found.
        """
        return self.dimension == "standing"

    def design(self, days: int = WINDOW_DAYS, *, prior_contact: bool | None = None) -> Design | None:
        known = self.prior_contact if prior_contact is None else prior_contact
        return design(self.rows, self.groups, self.dimension, days * DAY, prior_contact=known)


def checks(asked: Asked, main: Design, first: Found, screening: Screening) -> Iterator[tuple[Check, Found | None]]:
    """Each check with its own fit, the cheapest first, so that a caller may stop at the first that disagrees."""
    if first.form != "jackknife":
        other: Found | None = screening.found()
        yield _check("clustered", first, other, CLUSTERED_SIDE, required=True), other
    for name, drawn in (("answered_elsewhere", _elsewhere(asked)), ("first_standing", _first_standing(asked))):
        if drawn is not None:
            other = _found(drawn)
            tried = _check(name, first, other, ELSEWHERE_SIDE, required=True)
            yield (replace(tried, agrees=False) if other is None else tried), other  # nothing left to say it by
    for days in WINDOWS:
        other = _found(asked.design(days))
        yield _check(f"window_{days}", first, other, SIDE, required=True), other
    if asked.dimension == "standing" and asked.followers:
        other = _found(_absolute(asked, asked.followers))
        yield _check("absolute_size", first, other, 0.0, required=True), other
    other = _found(_corrected(main))
    yield _check("substance_corrected", first, other, 0.0, required=True), other
    yield contact_check(asked, first)


def contact_check(asked: Asked, first: Found, unless: float | None = None) -> tuple[Check, Found | None]:
    """With prior contact where the comparison itself is without, and the other way round: shown, not required.

    ``unless``: the cheaper form does, where its root does not fall to this.
    """
    drawn = asked.design(prior_contact=not asked.prior_contact)
    other = None
    if drawn is not None and unless is not None and drawn.choices.informative > 1:
        screening = Screening.of(drawn.choices, drawn.item)
        if screening.raw > unless:
            other = screening.found()
    other = other or _found(drawn)
    name = "without_prior_contact" if asked.prior_contact else "with_prior_contact"
    return _check(name, first, other, 0.0, required=False), other


def _check(name: str, first: Found, other: Found | None, least: float, *, required: bool) -> Check:
    if other is None:
        return Check(name, None, None, required)
    agrees = other.estimate * first.estimate > 0 and other.root * float(np.sign(first.root)) >= least
    return Check(name, other.odds_ratio, agrees, required)


def _found(drawn: Design | None) -> Found | None:
    if drawn is None or int(drawn.both_waiting.sum()) < ANSWERS:
        return None
    return found(drawn.choices, drawn.item)


def _elsewhere(asked: Asked) -> Design | None:
    """With messages answered that may have been, in another way: the account wrote to everybody in that thread, or to
    the asker in another, or answered the same person on the same day elsewhere. None where there are none."""
    rows = asked.rows
    never = np.isnan(rows.waited)
    unseen = never & (rows.elsewhere <= WINDOW_DAYS * DAY)
    again = never & ~unseen & _said_again(rows)
    if not (unseen | again).any():
        return None
    rows = replace(rows, waited=np.where(unseen, rows.elsewhere, rows.waited)).where(~again)
    return replace(asked, rows=rows, groups=asked.groups[~again]).design()


def _said_again(rows: Judged) -> Column:
    """Which messages stand for nothing of their own, shape (n,): the same thing is often said in several places, so of
    one person's messages less than a day apart the answered ones count, or else the first."""
    order = np.lexsort((rows.moment, rows.asker))
    asker, moment = rows.asker[order], rows.moment[order]
    apart = (np.diff(asker, prepend=asker[:1]) != 0) | (np.diff(moment, prepend=moment[:1]) > DAY)
    bunch = np.cumsum(apart)
    heard = np.bincount(bunch, weights=~np.isnan(rows.waited[order])) > 0
    first = np.diff(bunch, prepend=-1) != 0
    result = np.zeros(len(rows), dtype=bool)
    result[order] = heard[bunch] | ~first
    return result


def _first_standing(asked: Asked) -> Design | None:
    """By standing at each asker's first approach: whoever was answered may have grown by it. None where that hardly
    differs."""
    if asked.dimension != "standing":
        return None
    rows = asked.rows.where(np.lexsort((asked.rows.object, asked.rows.moment)))
    known = rows.where(~np.isnan(rows.standing))
    _, first, index = np.unique(known.asker, return_index=True, return_inverse=True)
    early = replace(known, standing=known.standing[first][index])
    groups, now = classes(early), classes(known)
    if not len(first) or float((groups[first] != now[first]).mean()) <= CHANGED:
        return None
    return replace(asked, rows=early, groups=groups).design()


def _absolute(asked: Asked, followers: int) -> Design | None:
    coding, groups = by_size(asked.rows, followers)
    return design(asked.rows, groups, "standing", WINDOW_DAYS * DAY, prior_contact=True, coding=coding)


def _corrected(main: Design) -> Design:
    """Substance as a probability, by the measured share of wrong labels and each group's own share of substance."""
    if "substantive" not in main.columns:
        return main
    group = np.where(main.low, 0, np.where(main.high, 1, 2))
    _, first, index = np.unique(main.item, return_index=True, return_inverse=True)
    chance = np.where(main.unlabelled, 0.0, probability(main.labels[first], group[first], WRONG)[index])
    place = 1 + main.columns.index("substantive")

    def coefficient(covariate: Floats) -> float:
        choices = main.with_substance(covariate).choices
        return float(fit(Batch.of([choices], [main.item])).beta[0, place])

    return main.with_substance(corrected(chance, coefficient))
