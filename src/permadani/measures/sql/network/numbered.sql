-- Linked accounts of several channels: the number of each seat, and the least of the same person's.
SELECT s.number, min(o.number) AS least
FROM people p
JOIN seated s ON s.seat = p.actor
JOIN people q ON q.person = p.person
JOIN seated o ON o.seat = q.actor
GROUP BY s.number
