-- Who addressed whom at least once in the period, and whether that was returned.
SELECT low, high,
    cast(max(CASE WHEN up >= c.since AND up <= c.until THEN 1 ELSE 0 END) AS TINYINT) AS up,
    cast(max(CASE WHEN down >= c.since AND down <= c.until THEN 1 ELSE 0 END) AS TINYINT) AS down
FROM pair CROSS JOIN scope c
GROUP BY low, high
