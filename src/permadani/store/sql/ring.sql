-- The pointers of all objects that may be members of the rings that end at ``ends``.
SELECT id, target FROM pointers
UNION ALL
SELECT k.id, coalesce(k.thread, k.in_reply_to, k.id)
FROM objects k SEMI JOIN ends e ON e.id = k.root ANTI JOIN pointers p ON p.id = k.id;
