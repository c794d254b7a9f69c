"""Audits of a whole network: chance is reckoned with before anything is said, and only those who answer are ranked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import exp, log

import duckdb
import numpy as np
from scipy.special import ndtr

from permadani.findings.audit import audits
from permadani.findings.comparison import POWER
from permadani.findings.permission import is_public
from permadani.findings.question import Question
from permadani.findings.reasons import reason
from permadani.findings.results import Answers, Audit, Cell, Comparison, OddsRatio, Verdict
from permadani.findings.withheld import fit_to_pass_on
from permadani.statistics.shrinkage import benjamini_hochberg, shrunk, spread
from permadani.store.who import Who, person_of

FALSE_DISCOVERIES, POSTERIOR = 0.01, 0.99
REACH = 1.959964
DOES_ANSWER = 0.2
"""Who answers less than this share, at the lower bound, is not listed as one who answers."""
DIMENSIONS = ("by_standing", "by_tenure")


def audit_all(
    connection: duckdb.DuckDBPyConnection, question: Question, min_approaches: int,
    progress: Callable[[int, int], None] | None = None,
) -> list[Audit]:  # fmt: skip
    """Audits of everybody who was approached often enough.

    With ``research``: in the order of their ids. Without it: only public accounts that do answer and of which nothing
    else was found, best lower bound first, after each share was drawn towards that of all; nobody is listed for not
    answering. A verdict between groups stays only if it survives Benjamini-Hochberg at 1 % over all accounts and its
    posterior probability is above .99.
    ``progress``: told how many are done, of how many.
    """
    people = _people(connection, question, min_approaches)
    found = []
    for done, one in enumerate(audits(connection, people, question, thrifty=True), start=1):
        if progress is not None:
            progress(done, len(people))
        if (_approaches(one) or 0) >= min_approaches:
            found.append(one)
    for dimension in DIMENSIONS:
        found = _reckoned(found, dimension)
    found = [fit_to_pass_on(one) for one in found]  # a list of a network is nobody's own screen
    if question.research:
        return sorted(found, key=lambda one: one.actor.id)
    return ranked([one for one in found if _does_answer(one)])


def _does_answer(audit: Audit) -> bool:
    """Whether it may stand in the list of those who answer: at least a fifth, at the lower bound (a convention), and
    nothing that was found speaks against it."""
    cell = audit.answers.overall.cell
    if cell is None or cell.low is None or cell.low < DOES_ANSWER or audit.participation.verdict == "rarely":
        return False
    compared = (audit.answers.by_standing, audit.answers.by_tenure, audit.amplification, audit.takes_up)
    if any(one.verdict == "passes_over" for one in compared):
        return False
    return all(claim.outcome != "contradicted" for claim in audit.practice.claims)


def ranked(audits: list[Audit]) -> list[Audit]:
    """Those who answer most surely first: by the lower bound of each share after it was drawn towards that of all."""
    cells = [one.answers.overall.cell for one in audits]
    bounds = dict(zip((one.actor.id for one in audits), lower_bounds([c for c in cells if c]), strict=True))
    return sorted(audits, key=lambda one: (-bounds[one.actor.id], one.actor.id))


def lower_bounds(cells: list[Cell]) -> list[float]:
    """Of each share, 0..1. Reckoned with the arc sine of the root, whose error hardly hangs on the share itself."""
    shares = [(cell.low or 0.0, 1.0 if cell.high is None else cell.high) for cell in cells]
    ends = np.arcsin(np.sqrt(np.array(shares).reshape(-1, 2)))
    estimates, errors = ends.mean(axis=1), np.maximum(np.diff(ends, axis=1)[:, 0] / (2 * REACH), 1e-6)
    prior = spread(estimates, errors)
    if prior is None:
        return [cell.low or 0.0 for cell in cells]
    drawn = shrunk(estimates, errors, prior)
    return [float(x) for x in np.sin(np.clip(drawn.mean - REACH * drawn.sd, 0, np.pi / 2)) ** 2]


def _people(connection: duckdb.DuckDBPyConnection, question: Question, min_approaches: int) -> list[Who]:
    rows = connection.execute(
        """SELECT coalesce(p.person, i.recipient) AS subject FROM inbox i LEFT JOIN people p ON p.actor = i.recipient
           WHERE i.via <> 'thread' GROUP BY 1 HAVING count(DISTINCT (i.actor, i.thread)) >= $least""",
        {"least": max(1, min_approaches)},
    ).fetchall()
    people = [who for who in (person_of(connection, row[0]) for row in rows) if who.actors]
    if question.research:
        return people
    return [who for who in people if is_public(connection, list(who.actors)) and not _opted_out(connection, who)]


def _opted_out(connection: duckdb.DuckDBPyConnection, who: Who) -> bool:
    """Whether any of its accounts asked not to be indexed: such people are in no list."""
    rows = connection.execute(
        "SELECT 1 FROM actors WHERE opted_out AND id IN (SELECT unnest($a::BIGINT[])) LIMIT 1", {"a": list(who.actors)}
    ).fetchall()
    return bool(rows)


def _approaches(audit: Audit) -> int | None:
    return audit.answers.overall.cell.approaches if audit.answers.overall.cell else None


def _reckoned(found: list[Audit], dimension: str) -> list[Audit]:
    """The same audits, each comparison beside its estimate drawn towards all; what chance may give is only a sign."""
    compared = [_told(one, dimension) for one in found]
    places = [i for i, one in enumerate(compared) if one is not None]
    told = [one for one in compared if one is not None]
    estimates, errors = np.array([one[1] for one in told]), np.array([one[2] for one in told])
    roots = np.array([one[3] for one in told])
    prior = spread(estimates, errors) if told else None
    if prior is None:
        return found
    drawn = shrunk(estimates, errors, prior)
    sure = benjamini_hochberg(ndtr(-np.abs(roots)), FALSE_DISCOVERIES)
    agrees = np.where(roots < 0, drawn.below_zero, 1 - drawn.below_zero) > POSTERIOR
    result = list(found)
    for k, (i, (comparison, *_)) in enumerate(zip(places, told, strict=True)):
        value, low, high = (exp(float(drawn.mean[k] + side * REACH * drawn.sd[k])) for side in (0, -1, 1))
        model = comparison.model and replace(comparison.model, shrunk=OddsRatio(value, low, high, 0.95))
        changed = replace(comparison, model=model)
        if comparison.verdict in SIGN_OF and not (sure[k] and agrees[k]):
            why = reason("among_many", count=len(told))
            changed = replace(changed, verdict=SIGN_OF[comparison.verdict], reason=why)
        answers: Answers = replace(found[i].answers, **{dimension: changed})  # type: ignore[arg-type]
        result[i] = replace(found[i], answers=answers)
    return result


SIGN_OF: dict[str, Verdict] = {"passes_over": "signs_of_passing_over", "favours": "signs_of_favouring"}


def _told(audit: Audit, dimension: str) -> tuple[Comparison, float, float, float] | None:
    """The comparison with its log odds, standard error and root; None where none could be made."""
    comparison: Comparison = getattr(audit.answers, dimension)
    model, ratio = comparison.model, comparison.odds_ratio
    if model is None or ratio is None or model.root is None or model.visible_odds_ratio is None:
        return None
    error = -log(model.visible_odds_ratio) / POWER
    return (comparison, log(ratio.value), error, model.root) if error > 0 else None
