-- Of the approaches to each class that are old enough, how many were answered in time, summed over those approached (0) and
-- over those who approached (1), with the sums of squares that an interval needs.
SELECT u.side, u.source, u.target, sum(u.n) AS n, sum(u.hits) AS hits, count(*) AS people, sum(u.n * u.n) AS nn,
    sum(u.hits * u.hits) AS hh, sum(u.n * u.hits) AS nh
FROM (
    SELECT 0 AS side, target_class AS source, asker_class AS target, target AS person, count(*) AS n,
        cast(sum(CASE WHEN answered <= moment + lapse THEN 1 ELSE 0 END) AS BIGINT) AS hits
    FROM approach CROSS JOIN scope WHERE old = 1 GROUP BY target_class, asker_class, target
    UNION ALL
    SELECT 1, target_class, asker_class, asker, count(*),
        cast(sum(CASE WHEN answered <= moment + lapse THEN 1 ELSE 0 END) AS BIGINT)
    FROM approach CROSS JOIN scope WHERE old = 1 GROUP BY target_class, asker_class, asker
) u
GROUP BY u.side, u.source, u.target
