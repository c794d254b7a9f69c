-- Whether each of two people spoke to the other in the period, a row a conversation.
SELECT p.low, p.high,
    cast(CASE WHEN p.up >= c.since AND p.up <= c.until THEN 1 ELSE 0 END AS TINYINT) AS up,
    cast(CASE WHEN p.down >= c.since AND p.down <= c.until THEN 1 ELSE 0 END AS TINYINT) AS down
FROM pair p CROSS JOIN scope c
