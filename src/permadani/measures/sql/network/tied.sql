-- Everybody with a tie: how many go out (`given`), how many of these were returned, how many come in (`taken`).
SELECT s.number, s.channel, coalesce(m.class, 3) AS class, t.given, t.returned, t.taken
FROM (
    SELECT seat, sum(given) AS given, sum(returned) AS returned, sum(taken) AS taken
    FROM (
        SELECT low AS seat, up AS given, up * down AS returned, down AS taken FROM tie
        UNION ALL
        SELECT high, down, up * down, up FROM tie
    ) b
    GROUP BY seat
) t
JOIN seated s ON s.seat = t.seat
LEFT JOIN member m ON m.seat = t.seat
WHERE t.given + t.taken > 0
