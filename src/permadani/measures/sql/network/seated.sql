-- Each seat with the rung that it stands on where no block says more (`base`), a number of its own, when it was
-- first seen, and whether it is weak.
SELECT l.seat, l.channel, l.followed, l.since, l.until, l.weak, p.arrived, cast(row_number() OVER (ORDER BY l.seat) - 1 AS INTEGER) AS number,
    cast(CASE WHEN l.base IS NOT NULL THEN
        CASE WHEN b.junior_to IS NULL THEN 3 WHEN l.base <= b.junior_to THEN 0 WHEN l.base >= b.senior_from THEN 2 ELSE 1 END
        + 4 * CASE WHEN l.followed = 0 THEN 5 WHEN l.base < 100 THEN 0 WHEN l.base < 1000 THEN 1 WHEN l.base < 10000 THEN 2
                   WHEN l.base < 100000 THEN 3 ELSE 4 END END AS TINYINT) AS base
FROM listened l
JOIN bound b ON b.channel = l.channel
LEFT JOIN presence p ON p.seat = l.seat AND p.channel = l.channel
