-- Who passed on whose message: announces and quotes, of somebody else's. The one who passes on has the rung of that moment,
-- the author that of when the message was written.
SELECT x.number AS giver, y.number AS taker, d.period, h.channel,
    cast(mod(coalesce(CASE WHEN p.block * 2592000000000 >= x.since AND p.block * 2592000000000 <= x.until
        THEN coalesce(CASE WHEN v.first_second <= p.second THEN v.here END, v.before, x.base) END, 3), 4) AS TINYINT) AS giver_class,
    cast(mod(coalesce(CASE WHEN p.written_block * 2592000000000 >= y.since AND p.written_block * 2592000000000 <= y.until
        THEN coalesce(CASE WHEN w.first_second <= p.written_second THEN w.here END, w.before, y.base) END, 3), 4) AS TINYINT) AS taker_class
FROM (
    SELECT coalesce(s.seat, n.actor) AS giver, coalesce(t.seat, o.actor) AS taker, o.channel, n.moment,
        cast(floor(n.moment / 2592000000000.0) AS INTEGER) AS block,
        cast(floor((n.moment - floor(n.moment / 2592000000000.0) * 2592000000000) / 1000000.0) AS INTEGER) AS second,
        cast(floor((o.published - floor(o.published / 2592000000000.0) * 2592000000000) / 1000000.0) AS INTEGER)
            AS written_second,
        cast(floor(o.published / 2592000000000.0) AS INTEGER) AS written_block
    FROM objects o
    JOIN passed n ON n.object = o.id
    LEFT JOIN seat s ON s.actor = n.actor
    LEFT JOIN seat t ON t.actor = o.actor
) p
CROSS JOIN scope c
JOIN channel h ON h.name = p.channel
JOIN day d ON d.day = cast(floor(p.moment / 86400000000.0) AS BIGINT) AND p.moment >= c.since AND p.moment <= c.until
JOIN seated x ON x.seat = p.giver
JOIN seated y ON y.seat = p.taker
LEFT JOIN rung v ON v.number = x.number AND v.block = p.block
LEFT JOIN rung w ON w.number = y.number AND w.block = p.written_block
WHERE p.giver <> p.taker
