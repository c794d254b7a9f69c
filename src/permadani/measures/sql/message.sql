-- What others wrote to the subject or in its conversations: one row a message, by its strongest tie. The subject's
-- accounts are one person: a mention is inherited if the parent already carried any of them.
CREATE OR REPLACE TEMP TABLE message AS
WITH ties AS (
    SELECT s.subject, i.*,
        CASE i.via WHEN 'reply' THEN 1 WHEN 'comment' THEN 2 WHEN 'to' THEN 3 WHEN 'mention' THEN 4 ELSE 5 END AS strength
    FROM inbox i JOIN subject s ON i.recipient = s.actor
    WHERE i.moment <= $as_of
),
carried AS (
    -- the parent named another of the linked accounts (the mailbox knows of the same account only)
    SELECT DISTINCT t.subject, t.object FROM ties t
    SEMI JOIN (SELECT subject FROM subject GROUP BY subject HAVING count(*) > 1) linked ON linked.subject = t.subject
    JOIN addressed a ON a.object = t.parent
    JOIN subject s ON s.subject = t.subject AND s.actor = a.actor
    WHERE t.via = 'mention'
)
SELECT t.subject, coalesce(any_value(p.person), any_value(t.actor)) AS asker, any_value(t.actor) AS actor, t.object,
    any_value(t.moment) AS moment, any_value(t.thread) AS thread, any_value(t.channel) AS channel,
    CASE min(t.strength) WHEN 1 THEN 'reply' WHEN 2 THEN 'comment' WHEN 3 THEN 'to' WHEN 4 THEN 'mention' ELSE 'thread'
        END AS via,
    CASE WHEN min(t.strength) <> 4 THEN false
         WHEN bool_or(t.inherited) FILTER (t.via = 'mention') OR any_value(c.object) IS NOT NULL THEN true
         WHEN count(*) FILTER (t.via = 'mention' AND t.inherited IS NULL) > 0 THEN NULL
         ELSE false END AS inherited,
    any_value(t.skewed) AS skewed, coalesce(any_value(t.spam), false) AS spam,
    coalesce(any_value(t.automatic), lower(any_value(t.client)) IN (SELECT client FROM automatic_client), false)
        AS automatic,
    coalesce(any_value(t.deleted), false) AS deleted, any_value(t.language) AS language,
    any_value(t.spam) IS NOT NULL AS spam_known, any_value(t.deleted) IS NOT NULL AS deleted_known,
    coalesce(any_value(t.automatic)::VARCHAR, any_value(t.client)) IS NOT NULL AS origin_known
FROM ties t
LEFT JOIN people p ON p.actor = t.actor
LEFT JOIN carried c ON c.subject = t.subject AND c.object = t.object
ANTI JOIN subject own ON own.subject = t.subject AND own.actor = t.actor
GROUP BY t.subject, t.object;
