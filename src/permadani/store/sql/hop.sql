-- One doubling: where my target is fresh, go where it points; where it is old, go to its root.
UPDATE hop SET target = further.target
FROM (
    SELECT h.id, coalesce(next.target, old.root) AS target
    FROM hop h
    LEFT JOIN hop next ON next.id = h.target
    LEFT JOIN (SELECT k.id, k.root FROM objects k ANTI JOIN hop ON hop.id = k.id) old ON old.id = h.target
    WHERE coalesce(next.target, old.root, h.target) <> h.target
) AS further
WHERE hop.id = further.id;
