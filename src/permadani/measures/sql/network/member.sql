-- Whoever posted in the period: posts, how many of them were answered, and the last rung, by which a person is in a club.
SELECT l.seat, l.channel, l.weak, s.number, s.followed, l.standing, coalesce(p.person, l.seat) AS person,
    CASE WHEN l.standing IS NULL OR b.junior_to IS NULL THEN 3 WHEN l.standing <= b.junior_to THEN 0 WHEN l.standing >= b.senior_from THEN 2 ELSE 1 END
        AS class,
    r.posts, r.answered
FROM last l
JOIN seated s ON s.seat = l.seat
JOIN bound b ON b.channel = l.channel
LEFT JOIN people p ON p.actor = l.seat
JOIN (
    SELECT number, sum(posts) AS posts, sum(answered) AS answered FROM received GROUP BY number
) r ON r.number = s.number
