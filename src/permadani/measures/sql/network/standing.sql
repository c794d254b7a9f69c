-- Standing by seat and block of 30 days. followers: the count first seen in the block (from `first_seen` on), and the last
-- one of an earlier block (`before`). network: how many different people were heard in the three blocks before; each of
-- them counts in a block once, for the latest of the three in which he was heard.
SELECT seat, block, first_seen, mod(first_count, 1099511627776) AS here, mod(carried, 1099511627776) AS before
FROM (
    SELECT seat, block, first_seen, first_count,
        max(block * 1099511627776 + mod(last_count, 1099511627776))
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
SELECT recipient, block + 4 - k.back, NULL, NULL, count(*)
FROM (
    SELECT recipient, block, block - lag(block) OVER (PARTITION BY recipient, seat ORDER BY block) AS gap FROM heard
) g
CROSS JOIN (SELECT 1 AS back UNION ALL SELECT 2 UNION ALL SELECT 3) k
WHERE coalesce(g.gap, 3) >= k.back
GROUP BY recipient, block + 4 - k.back
