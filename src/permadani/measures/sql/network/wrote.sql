-- Who wrote on which of the channels asked for: the least of them, and whether on the account's own.
SELECT o.actor, min(h.channel) AS channel, max(CASE WHEN a.channel = o.channel THEN 1 ELSE 0 END) AS own
FROM objects o
JOIN channel h ON h.name = o.channel
JOIN actors a ON a.id = o.actor
GROUP BY o.actor
