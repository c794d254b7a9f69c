-- Posts of the period by author (linked accounts are one), period, class, tenure and band.
SELECT coalesce(p.person, r.seat) AS person, r.period, mod(r.rung, 4) AS class, r.tenure,
    cast(floor(r.rung / 4) AS INTEGER) AS band, sum(r.posts) AS posts, sum(r.answered) AS answered, sum(r.old) AS old,
    sum(r.in_time) AS in_time
FROM reception r LEFT JOIN people p ON p.actor = r.seat
WHERE r.why = 0 AND r.period IS NOT NULL
GROUP BY coalesce(p.person, r.seat), r.period, mod(r.rung, 4), r.tenure, cast(floor(r.rung / 4) AS INTEGER)
