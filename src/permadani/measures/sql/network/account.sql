-- A number for everybody the store knows: that of their seat, from 0 in the order of the seats' ids. `channel`: of those
-- asked for, the account's own, or the first one on which it wrote if it did so elsewhere only; else -1, as for accounts
-- of which nothing is known but that somebody spoke to them or that they passed something on.
SELECT k.actor, k.seat, k.channel, cast(dense_rank() OVER (ORDER BY k.seat) - 1 AS INTEGER) AS number
FROM (
    SELECT a.id AS actor, coalesce(s.seat, a.id) AS seat,
        coalesce(CASE WHEN w.own = 1 OR w.actor IS NULL THEN h.channel END, w.channel, -1) AS channel
    FROM actors a
    LEFT JOIN seat s ON s.actor = a.id
    LEFT JOIN channel h ON h.name = a.channel
    LEFT JOIN wrote w ON w.actor = a.id
    UNION ALL
    SELECT DISTINCT x.actor, x.actor, -1
    FROM (
        SELECT recipient AS actor FROM inbox WHERE via IN ('to', 'mention') AND recipient IS NOT NULL
        UNION ALL
        SELECT actor FROM announces
    ) x
    LEFT JOIN actors b ON b.id = x.actor
    WHERE b.id IS NULL
) k
