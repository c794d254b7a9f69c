-- Where no follower count of any asker is known: distinct actors that replied to or reshared the asker in the 90 days
-- before, outside the subject's own threads, and only for askers whose inbound messages are covered.
INSERT INTO standing
WITH lacking AS (
    SELECT a.* FROM approach a ANTI JOIN standing s ON s.subject = a.subject
),
covered AS (
    SELECT DISTINCT l.subject, l.object, l.asker, l.actor, l.moment FROM lacking l JOIN coverage c
        ON c.direction = 'inbound' AND c.completeness <> 'none' AND c.channel = l.channel
        AND (c.actor = l.actor OR c.actor IS NULL)
        AND coalesce(c.since <= l.moment - 7776000000000, true) AND coalesce(c.until >= l.moment, true)
),
own_thread AS (
    SELECT DISTINCT subject, object AS thread FROM own_object WHERE root = object
),
heard AS (
    SELECT c.subject, c.object, i.actor
    FROM covered c JOIN inbox i ON i.recipient = c.actor AND i.via IN ('reply', 'comment')
        AND i.moment < c.moment AND i.moment >= c.moment - 7776000000000
    LEFT JOIN own_thread t ON t.subject = c.subject AND t.thread = i.thread
    LEFT JOIN subject own ON own.subject = c.subject AND own.actor = i.actor
    WHERE t.thread IS NULL AND own.actor IS NULL AND i.actor <> c.actor
    UNION
    SELECT c.subject, c.object, n.actor
    FROM covered c JOIN objects o ON o.actor = c.actor
    JOIN announces n ON n.object = o.id AND n.published < c.moment AND n.published >= c.moment - 7776000000000
    LEFT JOIN subject own ON own.subject = c.subject AND own.actor = n.actor
    WHERE own.actor IS NULL AND n.actor <> c.actor
)
SELECT c.subject, c.object, count(h.actor), true, 'network'
FROM covered c LEFT JOIN heard h ON h.subject = c.subject AND h.object = c.object
GROUP BY c.subject, c.object;
