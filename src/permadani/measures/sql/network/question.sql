-- Questions on group channels: posts that begin a conversation, with the first reply of somebody else in time (else
-- -1), and whose it was.
SELECT q.number AS asker, coalesce(r.number, -1) AS replier, q.channel, q.moment,
    CASE WHEN r.moment <= q.moment + c.lapse THEN r.moment ELSE -1 END AS answered, q.old
FROM message q
JOIN channel h ON h.channel = q.channel AND h.grouped = 1
CROSS JOIN scope c
LEFT JOIN (
    SELECT f.thread, f.moment, min(o.number) AS number
    FROM (SELECT thread, min(moment) AS moment FROM response GROUP BY thread) f
    JOIN response o ON o.thread = f.thread AND o.moment = f.moment
    GROUP BY f.thread, f.moment
) r ON r.thread = q.object
WHERE q.why = 0 AND q.opening = 1 AND q.moment >= c.since AND q.moment <= c.until
