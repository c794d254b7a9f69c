-- Posts of the period by author, period, whether they begin a conversation, class, tenure and band.
SELECT r.number, r.period, r.opening, cast(mod(r.rung, 4) AS TINYINT) AS class,
    cast(CASE WHEN t.number IS NULL THEN r.tenure ELSE 2 END AS TINYINT) AS tenure, cast(floor(r.rung / 4) AS TINYINT) AS band,
    cast(sum(r.posts) AS INTEGER) AS posts, cast(sum(r.answered) AS INTEGER) AS answered, cast(sum(r.old) AS INTEGER) AS old,
    cast(sum(r.in_time) AS INTEGER) AS in_time
FROM reception r
LEFT JOIN twice t ON t.number = r.number AND r.tenure = 0
WHERE r.why = 0 AND r.period IS NOT NULL
GROUP BY r.number, r.period, r.opening, cast(mod(r.rung, 4) AS TINYINT),
    cast(CASE WHEN t.number IS NULL THEN r.tenure ELSE 2 END AS TINYINT), cast(floor(r.rung / 4) AS TINYINT)
