"""The words behind the numbers: each approach and what came back, side by side."""

from __future__ import annotations

import duckdb
import numpy as np

from permadani.findings.dates import iso
from permadani.findings.results import Evidence, State
from permadani.measures.judged import Column, Judged


def evidence_of(
    connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged, of_class: Column, window: int
) -> tuple[Evidence, ...]:
    """Every approach in order of time. These are other people's words: they stay on this computer unless asked for."""
    texts = connection.execute(
        """SELECT j.object, ju.uri, coalesce(n.name, n.handle, nu.uri), t.text, t.url,
               au.uri, r.moment, back.text, back.url, r.matched_by
           FROM judged j
           LEFT JOIN uris ju ON ju.id = j.object
           LEFT JOIN actors n ON n.id = j.actor LEFT JOIN uris nu ON nu.id = j.actor
           LEFT JOIN texts t ON t.object = j.object
           LEFT JOIN answer r ON r.subject = j.subject AND r.approach = j.object
           LEFT JOIN uris au ON au.id = r.answer LEFT JOIN texts back ON back.object = r.answer
           WHERE j.subject = $s""",
        {"s": subject},
    ).fetchall()
    by_object = {row[0]: row[1:] for row in texts}
    result, tenure, unobserved = [], rows.tenure, rows.unobserved(window)
    for i, number in enumerate(rows.object.tolist()):
        uri, asker, text, url, answer, moment, answer_text, answer_url, matched_by = by_object[number]
        result.append(
            Evidence(
                approach=uri,
                asker=asker,
                published=iso(int(rows.moment[i])) or "",
                text=text,
                url=url,
                standing=str(of_class[i]),
                tenure=str(tenure[i]),
                substance=str(rows.substance[i]),
                state=state_of(rows, i, bool(unobserved[i])),
                answer=answer,
                answer_published=iso(moment),
                answer_text=answer_text,
                answer_url=answer_url,
                matched_by=matched_by,
                acknowledged=bool(rows.acknowledged[i]),
            )
        )
    return tuple(result)


def state_of(rows: Judged, i: int, unobserved: bool) -> State:
    """What became of one approach; ``unobserved``: outside of what was observed."""
    if rows.answered[i]:
        return "answered"
    if not np.isnan(rows.waited[i]):
        return "answered_late"
    if not rows.ripe[i]:
        return "unobserved" if unobserved else "too_young"
    return "unanswered" if rows.reached[i] else "not_reached"
