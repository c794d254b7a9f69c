-- What the subject wrote to others: one row a message and person spoken to.
CREATE OR REPLACE TEMP TABLE own_message AS
WITH carried AS (
    -- the parent named another account of the same person (the mailbox knows of the same account only)
    SELECT DISTINCT o.object, o.recipient FROM outbox o JOIN subject s ON o.actor = s.actor
    JOIN people p ON p.actor = o.recipient
    JOIN people q ON q.person = p.person
    JOIN addressed a ON a.object = o.parent AND a.actor = q.actor
    WHERE o.via = 'mention'
)
SELECT s.subject, coalesce(p.person, o.recipient) AS recipient, o.object, o.moment, o.thread, o.parent, o.via,
    o.inherited OR c.object IS NOT NULL AS inherited, o.skewed, o.channel, w.automatic
FROM outbox o
JOIN subject s ON o.actor = s.actor
JOIN own_object w ON w.subject = s.subject AND w.object = o.object
LEFT JOIN people p ON p.actor = o.recipient
LEFT JOIN carried c ON c.object = o.object AND c.recipient = o.recipient
ANTI JOIN subject own ON own.subject = s.subject AND own.actor = o.recipient
WHERE o.recipient IS NOT NULL AND o.moment <= $as_of;
