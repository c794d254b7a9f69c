-- Mentions of accounts of which not all mentions could be read, that were seen (nobody approaches oneself).
SELECT count(*) AS mentions
FROM inbox i
JOIN unseen u ON u.actor = i.recipient
JOIN channel h ON h.name = i.channel
CROSS JOIN scope c
LEFT JOIN people p ON p.actor = i.actor
LEFT JOIN people q ON q.actor = i.recipient
WHERE i.via = 'mention' AND NOT i.inherited AND NOT coalesce(i.spam, false) AND i.moment >= c.since AND i.moment <= c.until
    AND NOT coalesce(i.automatic, lower(i.client) IN (SELECT client FROM automatic_client), false)
    AND coalesce(p.person, i.actor) <> coalesce(q.person, i.recipient)
