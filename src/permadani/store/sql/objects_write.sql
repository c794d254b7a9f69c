-- What has to be written anew in the mailboxes: filled below, used by mailbox.sql.
CREATE OR REPLACE TEMP TABLE moved AS
SELECT h.id, h.target FROM hop h LEFT JOIN objects k ON k.id = h.id
WHERE h.target <> h.id AND (k.id IS NULL OR k.root <> h.target);

CREATE OR REPLACE TEMP TABLE affected AS
SELECT f.id FROM fresh f WHERE NOT known
UNION
SELECT f.id FROM fresh f JOIN objects k ON k.id = f.id WHERE $changed
UNION
SELECT h.id FROM hop h JOIN objects k ON k.id = h.id WHERE k.root <> h.target
UNION
SELECT k.id FROM objects k SEMI JOIN fresh f ON k.in_reply_to = f.id
UNION
SELECT k.id FROM objects k SEMI JOIN fresh f ON k.root = f.id AND NOT f.known
UNION
SELECT k.id FROM objects k SEMI JOIN (
    SELECT f.id FROM fresh f JOIN objects o ON o.id = f.id WHERE o.actor <> f.actor
) a ON k.root = a.id
UNION
SELECT k.id FROM objects k SEMI JOIN moved m ON k.root = m.id
UNION
SELECT a.object FROM fresh_addressed a
UNION
SELECT k.id FROM objects k SEMI JOIN fresh_addressed a ON k.in_reply_to = a.object;

UPDATE objects AS k SET $assign FROM fresh f WHERE f.known AND k.id = f.id AND ($changed);
UPDATE objects AS k SET root = h.target FROM hop h WHERE k.id = h.id AND k.root <> h.target;

-- Conversations whose first message turned out to be a reply move up with it.
UPDATE objects AS k SET root = m.target
FROM moved m WHERE k.root = m.id AND k.id NOT IN (SELECT id FROM hop);

INSERT INTO objects ($columns, root)
SELECT $columns, h.target FROM fresh f JOIN hop h USING (id) WHERE NOT f.known ORDER BY actor, published, id;

-- Texts: the greater version stands; what was deleted upstream keeps its bare row only.
DELETE FROM texts WHERE object IN (SELECT id FROM objects WHERE deleted AND id IN (SELECT id FROM fresh));
DELETE FROM texts WHERE object IN (SELECT id FROM fresh WHERE known AND wins = 1);
UPDATE texts AS k SET text = greatest(k.text, f.text), url = greatest(k.url, f.url)
FROM fresh f
WHERE f.wins = 0 AND k.object = f.id AND (greatest(k.text, f.text) IS DISTINCT FROM k.text
                                       OR greatest(k.url, f.url) IS DISTINCT FROM k.url);
INSERT INTO texts
SELECT f.id, f.text, f.url FROM fresh f
WHERE coalesce(f.text, f.url) IS NOT NULL AND f.deleted IS NOT TRUE AND f.wins >= 0
  AND (NOT f.known OR NOT EXISTS (SELECT 1 FROM texts t WHERE t.object = f.id));
