-- Where each object points: the fresh ones, and whole conversations in which a known one now points elsewhere.
CREATE OR REPLACE TEMP TABLE pointers AS
WITH turned AS (
    SELECT DISTINCT k.root FROM fresh f JOIN objects k ON k.id = f.id
    WHERE coalesce(f.thread, f.in_reply_to, f.id) <> coalesce(k.thread, k.in_reply_to, k.id)
)
SELECT id, coalesce(thread, in_reply_to, id) AS target FROM fresh
UNION ALL
SELECT k.id, coalesce(k.thread, k.in_reply_to, k.id)
FROM objects k SEMI JOIN turned t ON t.root = k.root ANTI JOIN fresh f ON f.id = k.id;

CREATE OR REPLACE TEMP TABLE hop AS SELECT id, target FROM pointers;
