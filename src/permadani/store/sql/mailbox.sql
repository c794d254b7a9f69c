-- Who speaks to whom, for the affected objects: one row for each object and recipient, by the strongest tie.
DELETE FROM inbox WHERE object IN (SELECT id FROM affected);
DELETE FROM outbox WHERE object IN (SELECT id FROM affected);

CREATE OR REPLACE TEMP TABLE mail AS
WITH a AS (
    SELECT o.* FROM objects o SEMI JOIN affected USING (id)
),
placed AS (
    SELECT a.*, p.actor AS parent_actor, r.actor AS root_actor,
        -- A reply is never older than what it replies to: where two clocks disagree by less than a day, it follows at
        -- once. Further apart one of the times is simply wrong, and an article's time often is that of its
        -- registration with a comment system (seen: 2012 for comments of 2010): then the reply's own time stands.
        CASE WHEN p.kind <> 'article' AND p.published - a.published BETWEEN 0 AND 86400000000
             THEN p.published + 1 ELSE a.published END AS moment,
        coalesce(p.kind <> 'article' AND p.published > a.published, false) AS skewed
    FROM a
    LEFT JOIN objects p ON p.id = a.in_reply_to
    LEFT JOIN objects r ON r.id = a.root AND r.id <> a.id
),
ties AS (
    SELECT id, parent_actor AS recipient, 1 AS strength, 'reply' AS via, false AS inherited
    FROM placed WHERE parent_actor IS NOT NULL
    UNION ALL
    SELECT id, root_actor, 2, 'comment', false FROM placed WHERE in_reply_to IS NULL AND root_actor IS NOT NULL
    UNION ALL
    SELECT d.object, d.actor, CASE d.kind WHEN 'to' THEN 3 ELSE 4 END, d.kind,
        -- a mention that the parent already carried was copied by the program; without the parent nobody knows
        CASE WHEN d.kind = 'to' OR p.in_reply_to IS NULL THEN false
             WHEN p.parent_actor IS NULL THEN NULL
             ELSE up.actor IS NOT NULL OR d.actor = p.parent_actor END
    FROM addressed d
    JOIN placed p ON p.id = d.object
    LEFT JOIN (SELECT DISTINCT object, actor FROM addressed) up ON up.object = p.in_reply_to AND up.actor = d.actor
    UNION ALL
    SELECT id, root_actor, 5, 'thread', false FROM placed WHERE in_reply_to IS NOT NULL AND root_actor IS NOT NULL
),
strongest AS (
    SELECT id, recipient, arg_min(via, strength) AS via, arg_min_null(inherited, strength) AS inherited
    FROM ties GROUP BY id, recipient
)
SELECT s.recipient, p.actor, p.moment, p.id AS object, p.root AS thread, p.in_reply_to AS parent, s.via, s.inherited,
    p.skewed, p.channel, p.spam, p.automatic, p.deleted, p.language, p.client
FROM placed p LEFT JOIN strongest s USING (id);

INSERT INTO inbox SELECT * FROM mail WHERE recipient IS NOT NULL ORDER BY recipient, moment, object;
INSERT INTO outbox SELECT * FROM mail ORDER BY actor, moment, object, recipient;
