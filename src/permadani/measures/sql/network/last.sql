-- The standing of each seat before its last post of the period, by which people are ranked. `undated`: it rests on a count
-- without a date.
SELECT p.seat, p.channel, p.first_moment, p.moment, coalesce(l.weak, 0) AS weak,
    CASE WHEN p.block * 2592000000000 >= l.since AND p.block * 2592000000000 <= l.until
         THEN coalesce(CASE WHEN t.first_seen <= p.moment THEN t.here END, t.before, l.base) END AS standing,
    CASE WHEN l.followed = 1 AND l.base IS NOT NULL AND t.before IS NULL AND (t.here IS NULL OR t.first_seen > p.moment)
         THEN 1 ELSE 0 END AS undated
FROM (
    SELECT seat, channel, first_post AS first_moment, last_post AS moment,
        cast(floor(last_post / 2592000000000.0) AS INTEGER) AS block
    FROM presence WHERE last_post IS NOT NULL
) p
LEFT JOIN listened l ON l.seat = p.seat
LEFT JOIN standing t ON t.seat = p.seat AND t.block = p.block
