"""What is in no denominator, counted; and what was only acknowledged."""

from __future__ import annotations

import duckdb

from permadani.findings import cells
from permadani.findings.mentions import unseen_mentions
from permadani.findings.results import LeftOut
from permadani.measures.judged import Judged
from permadani.measures.network import Scope


def left_out_of(connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged, scope: Scope) -> LeftOut:
    """What is in no denominator, each message once, of what could be judged at all."""
    period = {"s": subject, "since": scope.since, "until": scope.until}
    counts = dict(
        connection.execute(
            """SELECT why, count(*) FROM left_out
               WHERE subject = $s AND moment >= $since AND moment <= $until GROUP BY why""",
            period,
        ).fetchall()
    )
    spam, automatic, deleted, texts = connection.execute(
        """SELECT coalesce(bool_or(m.spam_known), false), coalesce(bool_or(m.origin_known), false),
               coalesce(bool_or(m.deleted_known), false), count(w.object) > 0
           FROM message m JOIN span c ON c.subject = m.subject AND c.channel = m.channel
           LEFT JOIN wording w ON w.object = m.object
           WHERE m.subject = $s AND c.inbound <> 'none' AND c.outbound <> 'none'
               AND m.channel NOT IN (SELECT channel FROM group_channel)
               AND m.moment >= $since AND m.moment <= $until""",
        period,
    ).fetchall()[0]
    # only pitches sent to people who had written there: what it begins is no answer anyway
    own_pitches = connection.execute(
        """SELECT count(*) FROM own_pitch p JOIN own_object o ON o.subject = p.subject AND o.object = p.object
           JOIN span c ON c.subject = o.subject AND c.channel = o.channel
           WHERE p.subject = $s AND p.back AND o.published >= $since AND o.published <= $until
               AND c.inbound <> 'none' AND c.outbound <> 'none'
               AND o.channel NOT IN (SELECT channel FROM group_channel)""",
        period,
    ).fetchall()[0][0]
    written, read = connection.execute(
        """SELECT count(*), count(w.object) FROM (SELECT DISTINCT object FROM own_message WHERE subject = $s) m
           LEFT JOIN wording w ON w.object = m.object AND w.own""",
        {"s": subject},
    ).fetchall()[0]
    matched = cells.matched(rows)
    judged = rows.where(matched) if matched.any() else rows
    return LeftOut(
        spam=counts.get("spam", 0) if spam else None,
        automatic=counts.get("automatic", 0) if automatic else None,
        deleted=counts.get("deleted", 0) if deleted else None,
        not_reached=int((judged.ripe & ~judged.reached.astype(bool)).sum()),
        too_young=int(judged.too_young(scope.window).sum()),
        unobserved=int(judged.unobserved(scope.window).sum()),
        inherited_mentions=counts.get("inherited", 0) + counts.get("unclear", 0),
        pitches=counts.get("pitch", 0) if texts else None,
        abuse=counts.get("abuse", 0) if scope.abuse else None,
        own_pitches=own_pitches if read or not written else None,
        unseen_mentions=None if (unseen := unseen_mentions(connection, subject, scope)) is None else unseen.count,
    )


def acknowledged_of(connection: duckdb.DuckDBPyConnection, subject: int, rows: Judged, as_of: int) -> int | None:
    """Unanswered approaches it liked; None where none of its likes are known."""
    likes = connection.execute(
        """SELECT 1 FROM likes l JOIN subject s ON l.actor = s.actor
           WHERE s.subject = $s AND coalesce(l.published <= $as_of, true) LIMIT 1""",
        {"s": subject, "as_of": as_of},
    ).fetchall()
    return int((rows.acknowledged & ~rows.answered & ~rows.late).sum()) if likes else None
