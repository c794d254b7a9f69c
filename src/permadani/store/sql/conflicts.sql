-- Objects that came in two versions which contradict each other: both know a thing, and not the same.
WITH again AS (
    SELECT id FROM staged_objects GROUP BY id HAVING count(*) > 1
    UNION
    SELECT s.id FROM staged_objects s SEMI JOIN objects k ON k.id = s.id
),
versions AS (
    SELECT s.file, s.id, s.actor, s.published, s.in_reply_to, s.thread, s.quotes, s.spam, s.automatic, s.deleted, s.text
    FROM staged_objects s SEMI JOIN again a ON a.id = s.id
    UNION ALL
    SELECT NULL, k.id, k.actor, k.published, k.in_reply_to, k.thread, k.quotes, k.spam, k.automatic, k.deleted, t.text
    FROM objects k SEMI JOIN again a ON a.id = k.id LEFT JOIN texts t ON t.object = k.id
),
odd AS (
    SELECT id, max(file) AS file FROM versions GROUP BY id
    HAVING min(actor) <> max(actor) OR min(published) <> max(published) OR min(in_reply_to) <> max(in_reply_to)
        OR min(thread) <> max(thread) OR min(quotes) <> max(quotes) OR min(spam) <> max(spam)
        OR min(automatic) <> max(automatic) OR min(deleted) <> max(deleted) OR min(text) <> max(text)
)
SELECT odd.file, min(coalesce(s.uri, k.uri)) AS uri
FROM odd LEFT JOIN staged_uris s ON s.id = odd.id LEFT JOIN uris k ON k.id = odd.id
GROUP BY odd.file, odd.id
ORDER BY odd.file, uri;
