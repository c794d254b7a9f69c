-- Questions on group channels: posts that begin a conversation, with the first reply of somebody else in time (else
-- -1), and whose it was.
-- Rungs: of the one who asks at the question, of the one who replies at the reply.
SELECT x.number AS asker, coalesce(y.number, -1) AS replier, q.channel, q.moment, d.period,
    CASE WHEN r.moment <= q.moment + c.lapse THEN r.moment ELSE -1 END AS answered,
    CASE WHEN q.moment + c.lapse <= q.known_until THEN 1 ELSE 0 END AS old,
    cast(mod(coalesce(CASE WHEN q.block * 2592000000000 >= x.since AND q.block * 2592000000000 <= x.until
        THEN coalesce(CASE WHEN v.first_second <= q.second THEN v.here END, v.before, x.base) END, 3), 4) AS TINYINT) AS asker_class,
    cast(mod(coalesce(CASE WHEN r.block * 2592000000000 >= y.since AND r.block * 2592000000000 <= y.until
        THEN coalesce(CASE WHEN w.first_second <= r.second THEN w.here END, w.before, y.base) END, 3), 4) AS TINYINT) AS replier_class
FROM (
    SELECT m.object, m.seat, m.channel, m.moment, m.known_until,
        cast(floor(m.moment / 2592000000000.0) AS INTEGER) AS block,
        cast(floor((m.moment - floor(m.moment / 2592000000000.0) * 2592000000000) / 1000000.0) AS INTEGER) AS second
    FROM message m JOIN channel h ON h.channel = m.channel AND h.grouped = 1
    WHERE m.why = 0 AND m.opening = 1
) q
CROSS JOIN scope c
JOIN day d ON d.day = cast(floor(q.moment / 86400000000.0) AS BIGINT) AND q.moment >= c.since AND q.moment <= c.until
LEFT JOIN (
    SELECT f.thread, f.moment, min(o.seat) AS seat, cast(floor(f.moment / 2592000000000.0) AS INTEGER) AS block,
        cast(floor((f.moment - floor(f.moment / 2592000000000.0) * 2592000000000) / 1000000.0) AS INTEGER) AS second
    FROM (SELECT thread, min(moment) AS moment FROM response GROUP BY thread) f
    JOIN response o ON o.thread = f.thread AND o.moment = f.moment
    GROUP BY f.thread, f.moment
) r ON r.thread = q.object
JOIN seated x ON x.seat = q.seat
LEFT JOIN seated y ON y.seat = r.seat
LEFT JOIN rung v ON v.number = x.number AND v.block = q.block
LEFT JOIN rung w ON w.number = y.number AND w.block = r.block
