"""The verdict on simulated accounts: it leaves the fair in peace, finds the unfair, and its intervals cover.

What runs here is small and always the same; the slow half is larger, and ``make calibrate`` prints the whole table.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from calibration import naive
from calibration.judges import by_standing, by_tenure
from calibration.people import DAY
from calibration.scenarios import CONFOUNDED, SCENARIOS
from calibration.simulator import Simulated, simulate
from calibration.study import ACCUSING, FAVOURING, SIGNS, SIGNS_OF_FAVOURING, Row, run
from calibration.table import Line, add, markdown, together
from permadani.findings.cells import cell, classes
from permadani.findings.comparison import Compared, compare
from permadani.measures.judged import Column, Judged

SEED = 1
MISLABELLED = ("mislabelled", "mislabelled_by_class")
"""Where what is seen is false, the interval is of what is seen; these may not accuse, but cover less."""


@cache
def account(name: str, approaches: int, beta: float, seed: int) -> Simulated:
    return simulate(SCENARIOS[name], approaches, beta, seed)


def said(rows: Judged, groups: Column | None = None) -> Compared:
    return compare(rows, classes(rows) if groups is None else groups, "standing", accusable=True, followers=None)


def together_with(rows: Judged, more: Judged) -> Judged:
    """Both, in order of time."""
    columns = [np.concatenate([getattr(rows, name), getattr(more, name)]) for name in Judged.__slots__]
    whole = Judged(*columns)
    return whole.where(np.lexsort((whole.object, whole.moment)))


# ---- small


@pytest.mark.parametrize("name", SCENARIOS)
def test_fair_accounts_are_left_in_peace(name: str) -> None:
    row = run(by_standing, SCENARIOS[name], 200, 0.0, 2, SEED)
    assert row.share(ACCUSING | FAVOURING).count == 0, row.seeds(ACCUSING | FAVOURING)


def test_preferences_are_found() -> None:
    against = run(by_standing, SCENARIOS["sessions"], 400, -2.4, 2, SEED)
    assert against.share(ACCUSING).count >= 1, against.reasons
    assert against.share(SIGNS).count == 2, against.reasons
    favour = run(by_standing, SCENARIOS["sessions"], 400, 2.4, 2, SEED)
    assert favour.share(FAVOURING).count >= 1, favour.reasons
    assert favour.share(SIGNS_OF_FAVOURING).count == 2, favour.reasons


def test_few_messages_are_no_evidence() -> None:
    rows = [run(by_standing, one, size, beta, 3, SEED)
            for one in SCENARIOS.values() for size in (20, 50) for beta in (0.0, -1.4)]  # fmt: skip
    assert add(row.share({"not_enough_evidence"}) for row in rows).count == 3 * len(rows)


def test_only_ranks_of_followers_matter() -> None:
    for seed in range(2):
        rows = account("spam_and_ties", 200, -1.4, seed).judged
        assert said(replace(rows, standing=np.log1p(rows.standing) * 7 + 3)) == said(rows)
        assert said(replace(rows, standing=rows.standing**3)) == said(rows)


TURNED = {"passes_over": "favours", "signs_of_passing_over": "signs_of_favouring"}
TURNED |= {after: before for before, after in TURNED.items()}


def test_swapped_groups_turn_the_sign() -> None:
    """Newcomers and regulars are two groups with nobody between them, so the turn is exact."""
    spoke = 0
    for seed in (1, 2):
        rows = account("plain", 200, 0.0, seed).judged
        groups = np.where(rows.waited < 2 * DAY, "regular", "newcomer")  # a made-up preference that is plainly there
        swapped = np.where(groups == "regular", "newcomer", "regular")
        one, other = (compare(rows, of, "tenure", accusable=True, followers=None) for of in (groups, swapped))
        assert one.odds_ratio is not None
        assert other.odds_ratio is not None
        assert other.odds_ratio.value == pytest.approx(1 / one.odds_ratio.value, rel=1e-3)
        assert other.verdict == TURNED.get(one.verdict, one.verdict)
        spoke += one.verdict in TURNED
    assert spoke >= 2


def test_standings_upside_down_turn_the_sign() -> None:
    names = {"junior": "senior", "senior": "junior"}
    for name, seed in (("plain", 1), ("sessions", 1)):
        rows = account(name, 400, -1.8, seed).judged
        groups = np.array([names.get(one, one) for one in classes(rows)])
        one, other = said(rows), said(replace(rows, standing=-rows.standing), groups)
        assert one.odds_ratio is not None
        assert other.odds_ratio is not None
        assert one.verdict in SIGNS
        assert other.verdict in SIGNS_OF_FAVOURING
        assert one.odds_ratio.value * other.odds_ratio.value == pytest.approx(1, rel=0.25)


def unheard(template: Judged, moments: Column, label: str) -> Judged:
    """The same askers again at these moments, elsewhere, of this substance, and nobody answers."""
    n = len(template)
    never = np.zeros(n, dtype=bool)
    return replace(
        template,
        object=template.object + 10_000_000, thread=template.thread + 10_000_000, moment=moments.astype(np.int64),
        substance=np.full(n, label, dtype=object), regular=~never,
        answered=never, late=never, structural=never, joined_in_time=never, joined_ever=never, anywhere=never,
        waited=np.full(n, np.nan), elsewhere=np.full(n, np.nan),
    )  # fmt: skip


def some_of(rows: Judged, group: str, count: int) -> Judged:
    """The first messages of this class, over and over if there are fewer."""
    return rows.where(np.resize(np.nonzero(classes(rows) == group)[0], count))


@pytest.mark.parametrize(("name", "beta"), [("sessions", 0.0), ("plain", -1.4)])
def test_an_absence_changes_nothing(name: str, beta: float) -> None:
    rows = account(name, 300, beta, 2).judged
    leaves = rows.moment[len(rows) // 2]
    at = rows.moment + np.nan_to_num(rows.waited, nan=np.inf)
    open_ = (rows.moment < leaves) & (rows.moment >= leaves - 30 * DAY) & (at >= leaves)
    before = rows.where(~open_)  # so that nobody waits longer for it
    juniors = some_of(before, "junior", 60)
    gap = int(60 * DAY)  # so long that nobody who wrote in the first weeks of it waits when she is back
    after = replace(before, moment=np.where(before.moment >= leaves, before.moment + gap, before.moment))
    lost = unheard(juniors, leaves + np.linspace(0, 25 * DAY, 60), "substantive")
    lost = replace(lost, reached=lost.answered, eligible=lost.answered)
    away = together_with(after, lost)
    assert said(away) == said(before)
    of = classes(away)
    assert away.answered[of == "junior"].mean() < 0.8 * before.answered[classes(before) == "junior"].mean()


@pytest.mark.parametrize("name", ["sessions", "coin", "newest_first"])
def test_applause_said_again_accuses_nobody(name: str) -> None:
    counted = []
    for seed in range(4):
        rows = account(name, 200, 0.0, seed).judged
        juniors = some_of(rows, "junior", 50)
        again = unheard(juniors, juniors.moment + np.linspace(0.1, 3, 50) * DAY, "ditto")
        louder = together_with(rows, again)
        assert said(louder).verdict not in SIGNS
        counted.append(naive.rates(louder).verdict in ACCUSING)
    assert sum(counted) >= 1, "who counts is misled"


def test_four_of_four_is_not_four_of_four_hundred() -> None:
    rows = account("sessions", 1000, 0.0, 1).judged
    rows = rows.where(rows.eligible.astype(bool))
    yes, no = np.nonzero(rows.answered)[0][:4], np.nonzero(~rows.answered)[0][:396]
    all_of, few_of = (cell(rows.where(np.sort(kept))) for kept in (yes, np.concatenate([yes, no])))
    assert (all_of.answered, few_of.answered) == (4, 4)
    assert all_of.low is not None
    assert few_of.high is not None
    assert few_of.high < all_of.low
    for kept in (yes, np.concatenate([yes, no])):
        assert said(rows.where(np.sort(kept))).verdict == "not_enough_evidence"


def test_newcomers_are_not_passed_over_by_mere_habit() -> None:
    rows = [run(by_tenure, SCENARIOS[name], 200, 0.0, 2, SEED) for name in ("plain", "sessions", "coin")]
    assert add(row.share(ACCUSING) for row in rows).count == 0


def test_the_table_says_what_was_found() -> None:
    line = Line("plain", 50)
    line.naive["rates"] = run(naive.rates, SCENARIOS["plain"], 50, 0.0, 4, SEED).share(ACCUSING)
    line.rows[0.0] = [run(naive.rates, SCENARIOS["plain"], 50, 0.0, 4, SEED)]
    text = markdown(line.cells())
    assert text.startswith("| 50 | plain | 0 % | - | 0 of 4 (49.0 %) |")
    assert markdown(together([line, line]).cells()).startswith("| 50 | **all** | 0 % | - | 0 of 8 (32.4 %) |")


# ---- large


def everywhere(approaches: int, beta: float, replications: int) -> list[Row]:
    return [run(by_standing, one, approaches, beta, replications, SEED) for one in SCENARIOS.values()]


@pytest.mark.slow
def test_fair_accounts_of_200_messages() -> None:
    rows = everywhere(200, 0.0, 40)
    accused = add(row.share(ACCUSING) for row in rows)
    assert accused.bounds()[1] < 0.01, [(row.scenario, row.seeds(ACCUSING)) for row in rows]
    assert add(row.share(SIGNS) for row in rows).value < 0.02
    assert 0.92 <= add(row.coverage for row in rows if row.scenario not in MISLABELLED).value <= 0.99
    for row in rows:
        assert row.coverage.bounds(2.58)[1] >= 0.92, row.scenario


@pytest.mark.slow
@pytest.mark.parametrize(("approaches", "beta", "least"), [(200, -1.4, 0.15), (1000, -1.4, 0.85), (1000, -0.7, 0.3)])
def test_preferences_are_found_often_enough(approaches: int, beta: float, least: float) -> None:
    """The floors of the methods, and the interval covers what was planted."""
    rows = everywhere(approaches, beta, 12 if approaches == 200 else 5)
    assert add(row.share(ACCUSING) for row in rows).value >= least
    assert add(row.share(SIGNS_OF_FAVOURING) for row in rows).count == 0
    assert add(row.coverage for row in rows if row.scenario not in MISLABELLED).bounds()[1] >= 0.92


@pytest.mark.slow
def test_fair_accounts_of_1000_messages() -> None:
    rows = everywhere(1000, 0.0, 6)
    assert add(row.share(ACCUSING | FAVOURING) for row in rows).count == 0, [row.seeds(ACCUSING) for row in rows]
    assert add(row.coverage for row in rows if row.scenario not in MISLABELLED).bounds()[1] >= 0.92


@pytest.mark.slow
def test_a_few_dozen_messages_are_no_evidence() -> None:
    shares = [row.share({"not_enough_evidence"})
              for size in (20, 30, 50) for beta in (0.0, -1.4) for row in everywhere(size, beta, 25)]  # fmt: skip
    assert add(shares).value >= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("name", CONFOUNDED)
def test_rates_accuse_fair_accounts_where_the_verdict_does_not(name: str) -> None:
    misled = run(naive.rates, SCENARIOS[name], 500, 0.0, 100, SEED).share(ACCUSING)
    assert misled.value > (0.3 if name not in ("absence", "pile_ons") else 0.1)
    assert run(by_standing, SCENARIOS[name], 500, 0.0, 20, SEED).share(ACCUSING).count == 0
