-- Where no follower count of any asker is known: distinct actors that replied to or reshared the asker in the 90 days
-- before, outside the subject's own threads, and only for askers of whom all inbound messages of these days are known:
-- of a part nobody knows whose part it is. What is claimed of an asker goes before what is claimed of everybody. A name
-- without an account may be several people, so it has no standing.
INSERT INTO standing
WITH lacking AS (
    SELECT a.* FROM approach a ANTI JOIN standing s ON s.subject = a.subject
),
told AS (
    SELECT * FROM coverage WHERE direction = 'inbound'
),
claimed AS (
    SELECT l.*, c.completeness, c.since, c.until
    FROM lacking l JOIN told c ON c.actor = l.actor AND c.channel = l.channel
    UNION ALL
    SELECT l.*, c.completeness, c.since, c.until
    FROM lacking l JOIN told c ON c.actor IS NULL AND c.channel = l.channel
    ANTI JOIN told own ON own.actor = l.actor AND own.channel = l.channel
),
covered AS (
    SELECT DISTINCT l.subject, l.object, l.asker, l.actor, l.moment
    FROM claimed l LEFT JOIN uris u ON u.id = l.actor
    WHERE l.completeness = 'complete' AND NOT coalesce(u.uri LIKE '%/name/%' AND u.uri NOT LIKE 'http%', false)
        AND coalesce(l.since <= l.moment - 7776000000000, true) AND coalesce(l.until >= l.moment, true)
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
