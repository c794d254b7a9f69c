-- Follower counts by number and block of 30 days, where people are ranked by these. Time and count share one number, seconds
-- of the block above 31 bits of count: the least of a block is the first, the greatest the last. Nobody has more followers.
SELECT n.number, cast(floor(cast(k.observed AS DOUBLE) / 2592000000000.0) AS INTEGER) AS block,
    cast(floor(cast(k.observed - floor(cast(k.observed AS DOUBLE) / 2592000000000.0) * 2592000000000 AS DOUBLE) / 1000000.0)
        AS BIGINT) * 2147483648 + k.followers AS seen
FROM standings k
JOIN account n ON n.actor = k.actor
WHERE k.followers >= 0 AND k.followers < 2147483648 AND k.observed <= (SELECT as_of FROM scope)
    AND n.channel IN (SELECT channel FROM followed WHERE followed = 1)
