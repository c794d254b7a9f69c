-- Who replied to or commented on whom, and when, where people are ranked by that.
SELECT i.taker, i.giver, i.moment
FROM spoken i
WHERE i.heard = 1 AND i.taker IN (SELECT number FROM seated WHERE followed = 0)
