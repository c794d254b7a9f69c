-- Messages of the period that are no posts, by why; and posts too young to tell.
SELECT why, sum(posts) AS messages, sum(posts) - sum(old) AS young
FROM reception WHERE period IS NOT NULL GROUP BY why
