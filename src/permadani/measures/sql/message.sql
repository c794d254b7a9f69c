-- What others wrote to the subject or in its conversations: one row a message, by its strongest tie.
CREATE OR REPLACE TEMP TABLE message AS
WITH ties AS (
    SELECT s.subject, i.*,
        CASE i.via WHEN 'reply' THEN 1 WHEN 'comment' THEN 2 WHEN 'to' THEN 3 WHEN 'mention' THEN 4 ELSE 5 END AS strength
    FROM inbox i JOIN subject s ON i.recipient = s.actor
    WHERE i.moment <= $as_of
)
SELECT t.subject, coalesce(any_value(p.person), any_value(t.actor)) AS asker, any_value(t.actor) AS actor, t.object,
    any_value(t.moment) AS moment, any_value(t.thread) AS thread, any_value(t.channel) AS channel,
    arg_min(t.via, t.strength) AS via, arg_min_null(t.inherited, t.strength) AS inherited,
    any_value(t.skewed) AS skewed, coalesce(any_value(t.spam), false) AS spam,
    coalesce(any_value(t.automatic), lower(any_value(t.client)) IN (SELECT client FROM automatic_client), false)
        AS automatic,
    coalesce(any_value(t.deleted), false) AS deleted, any_value(t.language) AS language
FROM ties t
LEFT JOIN people p ON p.actor = t.actor
ANTI JOIN subject own ON own.subject = t.subject AND own.actor = t.actor
GROUP BY t.subject, t.object;
