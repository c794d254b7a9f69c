-- Follower counts by seat and block of 30 days: when one was first seen in it, that count, and the last one. Time and
-- count share one number, seconds above 40 bits of count, so that the least and the greatest say which came first and last.
SELECT coalesce(s.seat, k.actor) AS seat, cast(floor(k.observed / 2592000000000.0) AS INTEGER) AS block,
    min(k.observed) AS first_seen,
    min(cast(floor((k.observed - floor(k.observed / 2592000000000.0) * 2592000000000) / 1000000.0) AS BIGINT)
        * 1099511627776 + k.followers) AS first_count,
    max(cast(floor((k.observed - floor(k.observed / 2592000000000.0) * 2592000000000) / 1000000.0) AS BIGINT)
        * 1099511627776 + k.followers) AS last_count
FROM standings k
LEFT JOIN seat s ON s.actor = k.actor
WHERE k.followers >= 0 AND k.followers < 1099511627776 AND k.observed <= (SELECT as_of FROM scope)
GROUP BY coalesce(s.seat, k.actor), cast(floor(k.observed / 2592000000000.0) AS INTEGER)
