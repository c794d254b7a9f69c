-- Group channels of the subjects: what others asked the group, each with its author and whether it is their first
-- message there. A root post is addressed to the group, so it is nobody's to answer and everybody's.
CREATE OR REPLACE TEMP TABLE group_root AS
WITH here AS (
    SELECT DISTINCT a.channel FROM actors a JOIN subject s ON s.actor = a.id
    WHERE a.channel IN (SELECT channel FROM group_channel)
),
there AS (
    SELECT o.id AS object, o.root, o.in_reply_to, o.actor, coalesce(p.person, o.actor) AS author, o.channel,
        o.published AS moment, o.language, coalesce(o.spam, false) AS spam, coalesce(o.deleted, false) AS deleted,
        coalesce(o.automatic, lower(o.client) IN (SELECT client FROM automatic_client), false) AS automatic
    FROM objects o SEMI JOIN here h ON h.channel = o.channel
    LEFT JOIN people p ON p.actor = o.actor
    WHERE o.published <= $as_of
),
first_word AS (
    SELECT author, channel, arg_min(object, (moment, object)) AS object FROM there WHERE NOT spam GROUP BY author, channel
)
SELECT t.object, t.actor, t.author, t.channel, t.moment, t.language, f.object IS NULL AS regular
FROM there t
LEFT JOIN first_word f ON f.object = t.object
WHERE t.root = t.object AND t.in_reply_to IS NULL AND NOT t.spam AND NOT t.deleted AND NOT t.automatic;
