-- Linked accounts on one channel share a seat: the least of their ids. Whoever is not here sits on a seat of their own.
SELECT p.actor, m.seat
FROM people p
JOIN actors a ON a.id = p.actor
JOIN (
    SELECT q.person, b.channel, min(q.actor) AS seat
    FROM people q JOIN actors b ON b.id = q.actor
    GROUP BY q.person, b.channel
) m ON m.person = p.person AND m.channel = a.channel
