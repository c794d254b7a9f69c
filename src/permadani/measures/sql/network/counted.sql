-- Follower counts by number, where people are ranked by these. Nobody has 2^31 followers or more.
SELECT n.number, k.observed, k.followers
FROM standings k
JOIN account n ON n.actor = k.actor
WHERE k.followers >= 0 AND k.followers < 2147483648 AND k.observed <= (SELECT as_of FROM scope)
    AND n.number IN (SELECT number FROM seated WHERE followed = 1)
