"""Question 3: does it take part in the conversations under its own posts?"""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.findings.reasons import reason
from permadani.findings.results import CoverageLine, Participation, Verdict
from permadani.statistics.intervals import clustered_share

ENOUGH = 15
TAKES_PART, RARELY = 1 / 3, 1 / 10
UNKNOWN = 0.15
"""With more comments than this of unknown substance, nothing accusing is said."""
WEEK = 7 * 86_400_000_000


def participation_of(
    connection: duckdb.DuckDBPyConnection, subject: int, coverage: tuple[CoverageLine, ...]
) -> Participation:
    """Of the posts that drew three comments of substance within 72 hours while it was around, the share it joined.

    The interval is clustered by the week of the post. The bounds of the verdict are conventions.
    """
    if not any(line.inbound != "none" and line.outbound != "none" for line in coverage):
        inbound = any(line.inbound != "none" for line in coverage)
        return _without("not_measurable", "no_outbound" if inbound else "no_inbound")
    rows = connection.execute(
        "SELECT published, around, joined, dull, comments FROM participation WHERE subject = $s", {"s": subject}
    ).fetchnumpy()
    around = np.asarray(rows["around"], dtype=bool)
    joined = np.asarray(rows["joined"], dtype=bool)[around]
    share = clustered_share(joined, np.asarray(rows["published"])[around] // WEEK)
    verdict: Verdict = "sometimes"
    if share.n < ENOUGH or share.low is None or share.high is None:
        verdict, why = "not_enough_evidence", reason("few_conversations", count=share.n, needed=ENOUGH)
    else:
        why = reason("participation_measured", joined=share.successes, conversations=share.n)
        if share.low >= TAKES_PART:
            verdict = "takes_part"
        elif share.high <= RARELY:
            known = [line for line in coverage if line.inbound != "none" and line.outbound != "none"]
            complete = all(line.inbound == line.outbound == "complete" for line in known)
            dull = rows["dull"][around].sum() > UNKNOWN * rows["comments"][around].sum()
            verdict = "rarely" if complete and not dull else "not_enough_evidence"
            if not complete:
                why = reason("few_but_partial")
            elif dull:
                why = reason("too_dull")
    away = int((~around).sum())
    return Participation(verdict, why, share.n, share.successes, share.rate, share.low, share.high, away)


def _without(verdict: Verdict, key: str) -> Participation:
    return Participation(verdict, reason(key), None, None, None, None, None, None)
