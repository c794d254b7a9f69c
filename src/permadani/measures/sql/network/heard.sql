-- Who replied to or commented on whom, and in which block of 30 days, where people are ranked by that.
SELECT i.taker, i.giver, cast(floor(cast(i.moment AS DOUBLE) / 2592000000000.0) AS INTEGER) AS block
FROM spoken i
WHERE i.heard = 1 AND i.taker IN (SELECT number FROM seated WHERE followed = 0)
