-- Objects that came with another author or another time than an earlier version of themselves.
WITH versions AS (
    SELECT file, id, actor, published FROM staged_objects
    UNION ALL
    SELECT NULL, k.id, k.actor, k.published FROM objects k SEMI JOIN staged_objects s ON s.id = k.id
),
odd AS (
    SELECT id, max(file) AS file FROM versions GROUP BY id
    HAVING min(actor) <> max(actor) OR min(published) <> max(published)
)
SELECT odd.file, min(coalesce(s.uri, k.uri)) AS uri
FROM odd LEFT JOIN staged_uris s ON s.id = odd.id LEFT JOIN uris k ON k.id = odd.id
GROUP BY odd.file, odd.id
ORDER BY odd.file, uri;
