-- Each seat that anybody knows: what its channel ranks people by, and its standing where no block says more.
-- followers: the undated count. network: 0 in the blocks whose 90 days before were completely observed (`since` and `until`
-- are of the blocks' beginnings), by a claim about everybody there or about this seat; a name without an account may be
-- several people and has none.
SELECT g.seat, g.channel, k.followed,
    CASE WHEN k.followed = 1 THEN g.followers ELSE 0 END AS base,
    CASE WHEN k.followed = 1 THEN -9000000000000000000
         WHEN g.weak = 1 THEN 9000000000000000000
         WHEN a.in_sure_since IS NOT NULL THEN a.in_sure_since + 7776000000000
         WHEN e.in_sure_since IS NOT NULL AND coalesce(a.in_forgotten, 0) = 0 THEN e.in_sure_since + 7776000000000
         ELSE 9000000000000000000 END AS since,
    CASE WHEN k.followed = 1 THEN 9000000000000000000
         WHEN a.in_sure_since IS NOT NULL THEN a.in_sure_until
         ELSE coalesce(e.in_sure_until, 0) END AS until,
    g.weak
FROM (
    SELECT coalesce(s.seat, a.id) AS seat, h.channel,
        max(CASE WHEN a.followers >= 0 AND a.followers < 1099511627776 THEN a.followers END) AS followers,
        min(CASE WHEN u.uri LIKE '%/name/%' AND u.uri NOT LIKE 'http%' THEN 1 ELSE 0 END) AS weak
    FROM actors a
    JOIN channel h ON h.name = a.channel
    LEFT JOIN seat s ON s.actor = a.id
    LEFT JOIN uris u ON u.id = a.id
    GROUP BY coalesce(s.seat, a.id), h.channel
) g
JOIN followed k ON k.channel = g.channel
LEFT JOIN claim a ON a.seat = g.seat AND a.channel = g.channel
LEFT JOIN everybody e ON e.channel = g.channel
