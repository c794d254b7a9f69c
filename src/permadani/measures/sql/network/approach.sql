-- Approaches on personal channels: who (`asker`) first spoke to whom (`target`) in a conversation, and when an answer
-- came in time (else -1). `judged`: both directions of the one approached were observed then, and answers can be told
-- there (no flat comments). `old`: the window was observed to its end. Either may be of another channel.
SELECT p.moment, CASE WHEN p.answered <= p.moment + c.lapse THEN p.answered ELSE -1 END AS answered, p.channel, p.asker,
    p.target,
    cast(CASE WHEN p.known_until IS NOT NULL AND f.channel IS NULL THEN 1 ELSE 0 END AS TINYINT) AS judged,
    cast(CASE WHEN f.channel IS NULL AND p.moment + c.lapse <= p.known_until THEN 1 ELSE 0 END AS TINYINT) AS old
FROM (
    SELECT q.asker, q.target, q.channel, q.moment, q.answered,
        CASE WHEN a.in_forgotten = 1 OR a.out_forgotten = 1 THEN NULL
             WHEN q.moment >= a.in_since AND q.moment <= a.in_until AND q.moment >= a.out_since AND q.moment <= a.out_until
                THEN CASE WHEN a.in_until < a.out_until THEN a.in_until ELSE a.out_until END
             WHEN q.moment >= t.in_since AND q.moment <= t.in_until AND q.moment >= t.out_since AND q.moment <= t.out_until
                THEN CASE WHEN t.in_until < t.out_until THEN t.in_until ELSE t.out_until END
             WHEN q.moment >= e.in_since AND q.moment <= e.in_until AND q.moment >= e.out_since AND q.moment <= e.out_until
                THEN CASE WHEN e.in_until < e.out_until THEN e.in_until ELSE e.out_until END END AS known_until
    FROM (
        SELECT thread, channel, low AS asker, high AS target, up_asked AS moment, down AS answered
        FROM pair WHERE up_asked < 9100000000000000000 AND up_asked <= down
        UNION ALL
        SELECT thread, channel, high, low, down_asked, up
        FROM pair WHERE down_asked < up
    ) q
    LEFT JOIN (SELECT s.number, m.* FROM claim m JOIN seated s ON s.seat = m.seat) a
        ON a.number = q.target AND a.channel = q.channel
    LEFT JOIN owner t ON t.thread = q.thread
    LEFT JOIN everybody e ON e.channel = q.channel
) p
CROSS JOIN scope c
JOIN channel h ON h.channel = p.channel AND h.grouped = 0
LEFT JOIN flat f ON f.channel = p.channel
WHERE p.moment >= c.since AND p.moment <= c.until
