-- Who speaks to whom, for the affected objects: one row for each object and recipient, by the strongest tie:
-- reply, comment, to, mention, thread. Narrow temporary tables step by step, so that large imports need little memory.
DELETE FROM inbox WHERE object IN (SELECT id FROM affected);
DELETE FROM outbox WHERE object IN (SELECT id FROM affected);

CREATE OR REPLACE TEMP TABLE placed AS
SELECT a.id, a.in_reply_to IS NULL AS opening, p.actor AS parent_actor, r.actor AS root_actor,
    -- A reply is never older than what it replies to: where two clocks disagree by less than a day, it follows at
    -- once. Further apart one of the times is simply wrong, and an article's time often is that of its
    -- registration with a comment system (seen: 2012 for comments of 2010): then the reply's own time stands.
    CASE WHEN p.kind <> 'article' AND p.published - a.published BETWEEN 0 AND 86400000000
         THEN p.published + 1 ELSE a.published END AS moment,
    coalesce(p.kind <> 'article' AND p.published > a.published, false) AS skewed
FROM (SELECT o.id, o.in_reply_to, o.root, o.published FROM objects o SEMI JOIN affected USING (id)) a
LEFT JOIN objects p ON p.id = a.in_reply_to
LEFT JOIN objects r ON r.id = a.root AND r.id <> a.id;

-- A mention that the parent already carried was copied by the program; without the parent nobody knows.
CREATE OR REPLACE TEMP TABLE spoken AS
WITH named AS (
    SELECT object, actor, max(kind) AS kind  -- 'to' is the greater word, and the stronger tie
    FROM addressed SEMI JOIN affected ON object = affected.id GROUP BY object, actor
)
SELECT n.object AS id, n.actor AS recipient, n.kind AS via,
    CASE WHEN n.kind = 'to' OR p.opening THEN false
         WHEN p.parent_actor IS NULL THEN NULL
         ELSE up.actor IS NOT NULL END AS inherited
FROM named n
JOIN placed p ON p.id = n.object
JOIN objects o ON o.id = n.object
LEFT JOIN (SELECT DISTINCT object, actor FROM addressed) up ON up.object = o.in_reply_to AND up.actor = n.actor
WHERE n.actor IS DISTINCT FROM p.parent_actor AND NOT (p.opening AND n.actor IS NOT DISTINCT FROM p.root_actor);

CREATE OR REPLACE TEMP TABLE tie AS
SELECT id, parent_actor AS recipient, 'reply' AS via, false AS inherited FROM placed WHERE parent_actor IS NOT NULL
UNION ALL
SELECT id, root_actor, 'comment', false FROM placed WHERE opening AND root_actor IS NOT NULL
UNION ALL
SELECT id, recipient, via, inherited FROM spoken
UNION ALL
SELECT p.id, p.root_actor, 'thread', false FROM placed p ANTI JOIN spoken s ON s.id = p.id AND s.recipient = p.root_actor
WHERE NOT p.opening AND p.root_actor IS NOT NULL AND p.root_actor IS DISTINCT FROM p.parent_actor;

CREATE OR REPLACE TEMP TABLE mail AS
SELECT t.recipient, o.actor, p.moment, o.id AS object, o.root AS thread, o.in_reply_to AS parent, t.via, t.inherited,
    p.skewed, o.channel, o.spam, o.automatic, o.deleted, o.language, o.client
FROM placed p JOIN objects o ON o.id = p.id LEFT JOIN tie t ON t.id = p.id;

INSERT INTO inbox SELECT * FROM mail WHERE recipient IS NOT NULL ORDER BY recipient, moment, object;
INSERT INTO outbox SELECT * FROM mail ORDER BY actor, moment, object, recipient;

DROP TABLE placed; DROP TABLE spoken; DROP TABLE tie; DROP TABLE mail;
