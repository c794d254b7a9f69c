-- Who passed on whose message, when, and when that was written: announces and quotes, of somebody else's. `channel`: of
-- those asked for, else -1.
SELECT g.number AS giver, t.number AS taker, n.moment, o.published AS written, coalesce(h.channel, -1) AS channel
FROM objects o
JOIN passed n ON n.object = o.id
JOIN account g ON g.actor = n.actor
JOIN account t ON t.actor = o.actor
LEFT JOIN channel h ON h.name = o.channel
WHERE g.number <> t.number
