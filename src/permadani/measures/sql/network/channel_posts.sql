-- Posts by channel, and of how many of them what was written to them was observed completely.
SELECT channel, sum(posts) AS posts, sum(CASE WHEN sure = 1 THEN posts ELSE 0 END) AS sure
FROM reception WHERE why = 0 AND period IS NOT NULL GROUP BY channel
