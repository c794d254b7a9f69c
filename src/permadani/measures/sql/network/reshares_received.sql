-- Reshares by author and period of the reshare, over everybody who posted in that period (0 where nobody passed anything on).
SELECT p.person, p.period, coalesce(r.reshares, 0) AS received
FROM (SELECT DISTINCT person, period FROM received) p
LEFT JOIN (
    SELECT coalesce(q.person, x.seat) AS person, s.period, count(*) AS reshares
    FROM reshare s
    JOIN seated x ON x.number = s.taker
    LEFT JOIN people q ON q.actor = x.seat
    GROUP BY coalesce(q.person, x.seat), s.period
) r ON r.person = p.person AND r.period = p.period
