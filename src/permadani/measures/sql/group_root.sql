-- Group channels of the subjects: what others asked the group, each with its author and whether it is their first
-- message there. A root post is addressed to the group, so it is nobody's to answer and everybody's.
-- One that names somebody is not open to all alike, and none of these: it mentions anybody, calls the @handle of anybody
-- of that channel, or begins with the name of a subject ("Ada, could you").
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
),
root AS (
    SELECT * FROM there
    WHERE root = object AND in_reply_to IS NULL AND NOT spam AND NOT deleted AND NOT automatic
),
called AS (
    SELECT r.object, r.channel,
        unnest(regexp_extract_all(lower(t.text), '(?:^|\s)(@[\p{L}\p{N}_]+)', 1)
            || [regexp_extract(lower(t.text), '^\s*((?:[\p{L}\p{N}_]+ ?){1,3})[,:]', 1)]) AS name
    FROM root r JOIN texts t ON t.object = r.object WHERE t.text IS NOT NULL
),
names AS (
    SELECT a.channel, '@' || lower(a.handle) AS name FROM actors a SEMI JOIN here h ON h.channel = a.channel
    WHERE a.handle IS NOT NULL
    UNION
    SELECT h.channel, unnest([lower(a.name), lower(a.handle), regexp_extract(lower(a.name), '^[\p{L}\p{N}_]{3,}')])
    FROM actors a JOIN subject s ON s.actor = a.id CROSS JOIN here h
)
SELECT t.object, t.actor, t.author, t.channel, t.moment, t.language, f.object IS NULL AS regular
FROM root t
LEFT JOIN first_word f ON f.object = t.object
ANTI JOIN addressed n ON n.object = t.object AND n.kind = 'mention' AND n.actor <> t.actor
ANTI JOIN (SELECT d.object FROM called d SEMI JOIN names m ON m.channel = d.channel AND m.name = d.name
    WHERE d.name <> '') c
    ON c.object = t.object;
