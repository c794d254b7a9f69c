-- People of whom several messages share the first moment (dates without hours): which was first is not known.
SELECT number FROM reception WHERE tenure = 0 AND why NOT IN (1, 2) GROUP BY number HAVING sum(posts) > 1
