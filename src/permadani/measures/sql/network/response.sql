-- On group channels: what anybody but the one who began it wrote in a conversation. A reply whose clock is up to a day
-- behind follows at once; programs and spam reply to nothing.
SELECT q.id AS thread, n.number, CASE WHEN o.published > q.published THEN o.published ELSE q.published + 1 END AS moment
FROM objects o
JOIN channel h ON h.name = o.channel AND h.grouped = 1
JOIN (
    SELECT b.id, b.published, m.number
    FROM objects b
    JOIN channel g ON g.name = b.channel AND g.grouped = 1
    JOIN account m ON m.actor = b.actor
    WHERE b.root = b.id
) q ON q.id = o.root
JOIN account n ON n.actor = o.actor
WHERE o.root <> o.id AND n.number <> q.number
    AND o.published >= q.published - 86400000000 AND o.published <= (SELECT as_of FROM scope)
    AND NOT coalesce(o.spam, false)
    AND NOT coalesce(o.automatic, lower(o.client) IN (SELECT client FROM automatic_client), false)
