-- Messages by author, period, rung and tenure: how many, how many of them anybody else answered, at any time and within
-- the window, and which are old enough for that. `opening`: they begin a conversation. Tenure: 0 newcomer (the first message there), 1 regular, 2 unknown.
-- `period` is NULL outside of the time asked for. `least_root`, `greatest_root`: of the messages of the author's first 90
-- days; they differ where somebody wrote in a second conversation.
SELECT l.number, d.period, m.why, m.sure, m.opening,
    cast(coalesce(CASE WHEN m.block * 2592000000000 >= l.since AND m.block * 2592000000000 <= l.until
         THEN coalesce(CASE WHEN t.first_second <= m.second THEN t.here END, t.before, l.base) END, 23) AS TINYINT) AS rung,
    cast(CASE WHEN m.sure = 0 OR m.begun IS NULL THEN 2
         WHEN m.moment > l.arrived THEN 1
         WHEN l.arrived < 15552000000000 + CASE WHEN m.begun < -8000000000000000000 THEN g.moment ELSE m.begun END THEN 2
         ELSE 0 END AS TINYINT) AS tenure,
    cast(CASE WHEN m.moment = l.arrived AND m.moment + 8985600000000 <= m.known_until THEN 1 ELSE 0 END AS TINYINT)
        AS followed_up,
    count(*) AS posts,
    count(a.moment) AS answered,
    count(CASE WHEN m.moment + c.lapse <= m.known_until THEN 1 END) AS old,
    count(CASE WHEN m.moment + c.lapse <= m.known_until AND a.moment <= m.moment + c.lapse THEN 1 END) AS in_time,
    min(CASE WHEN m.moment <= l.arrived + 7776000000000 THEN m.root END) AS least_root,
    max(CASE WHEN m.moment <= l.arrived + 7776000000000 THEN m.root END) AS greatest_root
FROM (
    SELECT x.*, cast(floor(x.moment / 2592000000000.0) AS INTEGER) AS block,
        cast(floor((x.moment - floor(x.moment / 2592000000000.0) * 2592000000000) / 1000000.0) AS INTEGER) AS second
    FROM message x
) m
CROSS JOIN scope c
LEFT JOIN day d ON d.day = cast(floor(m.moment / 86400000000.0) AS BIGINT)
    AND m.moment >= c.since AND m.moment <= c.until
LEFT JOIN answered a ON a.object = m.object
LEFT JOIN beginning g ON g.channel = m.channel
JOIN seated l ON l.seat = m.seat
LEFT JOIN rung t ON t.number = l.number AND t.block = m.block
GROUP BY l.number, d.period, m.why, m.sure, m.opening, rung, tenure, followed_up
