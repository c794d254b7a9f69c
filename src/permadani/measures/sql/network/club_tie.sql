-- Ties between seniors of one channel.
SELECT coalesce(sum(t.up + t.down), 0) AS ties
FROM tie t
JOIN member a ON a.seat = t.low AND a.class = 2
JOIN member b ON b.seat = t.high AND b.class = 2 AND b.channel = a.channel
