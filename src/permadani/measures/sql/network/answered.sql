-- When somebody else first answered a message: by a reply, a comment on the page that it is, or a quote. Programs and
-- spam answer nothing; an answer that was deleted later was one. Times as the mailbox has them, in microseconds.
SELECT r.object, min(r.moment) AS moment
FROM (
    SELECT CASE WHEN i.via = 'reply' THEN i.parent ELSE i.thread END AS object, i.moment
    FROM inbox i
    LEFT JOIN seat s ON s.actor = i.actor
    LEFT JOIN seat t ON t.actor = i.recipient
    WHERE i.via IN ('reply', 'comment') AND coalesce(s.seat, i.actor) <> coalesce(t.seat, i.recipient)
        AND NOT coalesce(i.spam, false)
        AND NOT coalesce(i.automatic, lower(i.client) IN (SELECT client FROM automatic_client), false)
        AND i.moment <= (SELECT as_of FROM scope)
    UNION ALL
    SELECT o.quotes, CASE WHEN o.published > q.published THEN o.published ELSE q.published + 1 END
    FROM objects q
    JOIN (SELECT * FROM objects WHERE quotes IS NOT NULL) o ON o.quotes = q.id
    LEFT JOIN seat s ON s.actor = o.actor
    LEFT JOIN seat t ON t.actor = q.actor
    WHERE coalesce(s.seat, o.actor) <> coalesce(t.seat, q.actor)
        AND NOT coalesce(o.spam, false)
        AND NOT coalesce(o.automatic, lower(o.client) IN (SELECT client FROM automatic_client), false)
        AND o.published <= (SELECT as_of FROM scope)
) r
GROUP BY r.object
