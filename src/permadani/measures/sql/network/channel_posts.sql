-- Posts by channel, and of how many of them what was written to them was observed completely.
SELECT s.channel, sum(r.posts) AS posts, sum(CASE WHEN r.sure = 1 THEN r.posts ELSE 0 END) AS sure
FROM reception r JOIN seated s ON s.number = r.number
WHERE r.why = 0 AND r.period IS NOT NULL
GROUP BY s.channel
