-- When somebody else first answered a message: by a reply, a comment on the page that it is, or a quote. Programs and
-- spam answer nothing; an answer that was deleted later was one. Times as the mailbox has them, in microseconds.
SELECT r.object, min(r.moment) AS moment
FROM (
    SELECT object, moment FROM spoken WHERE heard = 1
    UNION ALL
    SELECT o.quotes, CASE WHEN o.published > q.published THEN o.published ELSE q.published + 1 END
    FROM objects q
    JOIN (SELECT * FROM objects WHERE quotes IS NOT NULL) o ON o.quotes = q.id
    JOIN account g ON g.actor = o.actor
    JOIN account t ON t.actor = q.actor
    WHERE g.number <> t.number
        AND NOT coalesce(o.spam, false)
        AND NOT coalesce(o.automatic, lower(o.client) IN (SELECT client FROM automatic_client), false)
        AND o.published <= (SELECT as_of FROM scope)
) r
GROUP BY r.object
