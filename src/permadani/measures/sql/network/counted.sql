-- Follower counts by seat and block of 30 days, where people are ranked by these: the first one seen in it and the last
-- one. Time and count share one number, seconds of the block above 40 bits of count.
SELECT n.number, cast(floor(k.observed / 2592000000000.0) AS INTEGER) AS block,
    min(cast(floor((k.observed - floor(k.observed / 2592000000000.0) * 2592000000000) / 1000000.0) AS BIGINT)
        * 1099511627776 + k.followers) AS first,
    max(cast(floor((k.observed - floor(k.observed / 2592000000000.0) * 2592000000000) / 1000000.0) AS BIGINT)
        * 1099511627776 + k.followers) AS last
FROM standings k
JOIN account n ON n.actor = k.actor
WHERE k.followers >= 0 AND k.followers < 1099511627776 AND k.observed <= (SELECT as_of FROM scope)
    AND n.channel IN (SELECT channel FROM followed WHERE followed = 1)
GROUP BY n.number, cast(floor(k.observed / 2592000000000.0) AS INTEGER)
