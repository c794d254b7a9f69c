-- Standing by seat and block of 30 days. followers: the count first seen in the block (from `first_seen` on), and the last
-- one of an earlier block (`before`). network: how many different people were heard in the three blocks before: whoever was
-- heard last `gap` blocks earlier adds to as many new ones of the next three as that, and so is counted once in each.
SELECT seat, block, first_seen, mod(first_count, 1099511627776) AS here, mod(carried, 1099511627776) AS before
FROM (
    SELECT seat, block, first_seen, first_count,
        max((block + 1000000) * 1099511627776 + mod(last_count, 1099511627776))
            OVER (PARTITION BY seat ORDER BY block ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS carried
    FROM (
        SELECT seat, block, max(first_seen) AS first_seen, max(first_count) AS first_count, max(last_count) AS last_count
        FROM (
            SELECT seat, block, first_seen, first_count, last_count FROM counted
            UNION ALL
            SELECT seat, block, NULL, NULL, NULL FROM active
        ) b
        GROUP BY seat, block
    ) w
) f
UNION ALL
SELECT recipient, block + 4 - back, NULL, NULL, cast(sum(fresh) AS BIGINT)
FROM (
    SELECT n.recipient, n.block, k.back, CASE k.back WHEN 1 THEN n.one WHEN 2 THEN n.two ELSE n.three END AS fresh
    FROM (
        SELECT recipient, block, count(CASE WHEN gap >= 1 THEN 1 END) AS one, count(CASE WHEN gap >= 2 THEN 1 END) AS two,
            count(CASE WHEN gap >= 3 THEN 1 END) AS three
        FROM (
            SELECT recipient, block,
                coalesce(block - lag(block) OVER (PARTITION BY recipient, seat ORDER BY block), 3) AS gap
            FROM heard
        ) g
        GROUP BY recipient, block
    ) n
    CROSS JOIN (SELECT 1 AS back UNION ALL SELECT 2 UNION ALL SELECT 3) k
) f
WHERE fresh > 0
GROUP BY recipient, block + 4 - back
