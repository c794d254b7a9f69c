-- Messages of the period that are no posts, by why; and posts too young to tell, or of unknown tenure.
SELECT why, sum(posts) AS messages, sum(posts) - sum(old) AS young, sum(CASE WHEN tenure = 2 THEN posts ELSE 0 END) AS tenureless
FROM reception WHERE period IS NOT NULL GROUP BY why
