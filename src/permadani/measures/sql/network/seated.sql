-- Each seat of the channels asked for: what its channel ranks people by, and its standing where nothing else says more.
-- followers: the undated count. network: 0 in the blocks of 30 days whose 90 days before were completely observed (`since`
-- and `until` are of the blocks' beginnings), by a claim about everybody there or about this seat; a name without an
-- account (`weak`) may be several people and has none.
SELECT g.number, g.seat, g.channel, k.followed, g.weak,
    CASE WHEN k.followed = 1 THEN g.followers ELSE 0 END AS base,
    CASE WHEN k.followed = 1 THEN -9000000000000000000
         WHEN g.weak = 1 THEN 9000000000000000000
         WHEN a.in_sure_since IS NOT NULL THEN a.in_sure_since + 7776000000000
         WHEN e.in_sure_since IS NOT NULL AND coalesce(a.in_forgotten, 0) = 0 THEN e.in_sure_since + 7776000000000
         ELSE 9000000000000000000 END AS since,
    CASE WHEN k.followed = 1 THEN 9000000000000000000
         WHEN a.in_sure_since IS NOT NULL THEN a.in_sure_until
         ELSE coalesce(e.in_sure_until, 0) END AS until
FROM (
    SELECT n.number, n.seat, max(n.channel) AS channel,
        max(CASE WHEN a.followers >= 0 AND a.followers < 2147483648 THEN a.followers END) AS followers,
        min(CASE WHEN u.uri LIKE '%/name/%' AND u.uri NOT LIKE 'http%' THEN 1 ELSE 0 END) AS weak
    FROM account n
    JOIN actors a ON a.id = n.actor
    LEFT JOIN uris u ON u.id = n.actor
    WHERE n.channel >= 0
    GROUP BY n.number, n.seat
) g
JOIN followed k ON k.channel = g.channel
LEFT JOIN claim a ON a.seat = g.seat AND a.channel = g.channel
LEFT JOIN everybody e ON e.channel = g.channel
