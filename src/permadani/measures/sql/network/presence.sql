-- Each seat that wrote anything on its channel: when it was first seen, by any message but spam and automatic ones
-- (`arrived`), and its first and last post of the period.
SELECT m.seat, m.channel, min(CASE WHEN m.why NOT IN (1, 2) THEN m.moment END) AS arrived,
    min(CASE WHEN m.why = 0 AND m.moment >= c.since AND m.moment <= c.until THEN m.moment END) AS first_post,
    max(CASE WHEN m.why = 0 AND m.moment >= c.since AND m.moment <= c.until THEN m.moment END) AS last_post
FROM message m CROSS JOIN scope c
GROUP BY m.seat, m.channel
