-- What the subject wrote to others: one row a message and person spoken to.
CREATE OR REPLACE TEMP TABLE own_message AS
SELECT s.subject, coalesce(p.person, o.recipient) AS recipient, o.object, o.moment, o.thread, o.parent, o.via,
    o.inherited, o.skewed, o.channel, w.automatic
FROM outbox o
JOIN subject s ON o.actor = s.actor
JOIN own_object w ON w.subject = s.subject AND w.object = o.object
LEFT JOIN people p ON p.actor = o.recipient
ANTI JOIN subject own ON own.subject = s.subject AND own.actor = o.recipient
WHERE o.recipient IS NOT NULL AND o.moment <= $as_of;
