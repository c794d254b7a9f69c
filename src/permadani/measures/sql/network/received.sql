-- Posts of the period by author, period, whether they begin a conversation, class, tenure and band.
SELECT number, period, opening, cast(mod(rung, 4) AS TINYINT) AS class, tenure, cast(floor(rung / 4) AS TINYINT) AS band,
    cast(sum(posts) AS INTEGER) AS posts, cast(sum(answered) AS INTEGER) AS answered, cast(sum(old) AS INTEGER) AS old,
    cast(sum(in_time) AS INTEGER) AS in_time
FROM reception
WHERE why = 0 AND period IS NOT NULL
GROUP BY number, period, opening, cast(mod(rung, 4) AS TINYINT), tenure, cast(floor(rung / 4) AS TINYINT)
