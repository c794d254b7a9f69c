-- Reception summed over authors, by period (-1: all of them) and by kind: 0 everybody, 1 class, 2 tenure, 3 band. n, hits:
-- of all posts, answered at any time; old, in_time: of those old enough, within the window. With the sums of squares over
-- authors that an interval needs.
SELECT q.period, q.kind, q.code, sum(q.posts) AS n, sum(q.answered) AS hits, count(*) AS people,
    sum(q.posts * q.posts) AS nn, sum(q.answered * q.answered) AS hh, sum(q.posts * q.answered) AS nh,
    sum(q.old) AS old, sum(q.in_time) AS in_time, sum(CASE WHEN q.old > 0 THEN 1 ELSE 0 END) AS old_people,
    sum(q.old * q.old) AS oo, sum(q.in_time * q.in_time) AS tt, sum(q.old * q.in_time) AS ot
FROM (
    SELECT u.period, u.kind, u.code, u.person, cast(sum(u.posts) AS BIGINT) AS posts, cast(sum(u.answered) AS BIGINT) AS answered,
        cast(sum(u.old) AS BIGINT) AS old, cast(sum(u.in_time) AS BIGINT) AS in_time
    FROM (
        SELECT r.period, k.kind, CASE k.kind WHEN 0 THEN 0 WHEN 1 THEN r.class WHEN 2 THEN r.tenure ELSE r.band END AS code,
            r.person, r.posts, r.answered, r.old, r.in_time
        FROM received r CROSS JOIN (SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) k
    ) u
    GROUP BY u.period, u.kind, u.code, u.person
    UNION ALL
    SELECT -1, u.kind, u.code, u.person, cast(sum(u.posts) AS BIGINT), cast(sum(u.answered) AS BIGINT), cast(sum(u.old) AS BIGINT),
        cast(sum(u.in_time) AS BIGINT)
    FROM (
        SELECT k.kind, CASE k.kind WHEN 0 THEN 0 WHEN 1 THEN r.class WHEN 2 THEN r.tenure ELSE r.band END AS code,
            r.person, r.posts, r.answered, r.old, r.in_time
        FROM received r CROSS JOIN (SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) k
    ) u
    GROUP BY u.kind, u.code, u.person
) q
GROUP BY q.period, q.kind, q.code
