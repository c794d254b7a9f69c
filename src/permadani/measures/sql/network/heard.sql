-- Who replied to, commented on or reshared whom, and in which block of 30 days, where people are ranked by that.
SELECT l.seat AS recipient, coalesce(s.seat, i.actor) AS seat, cast(floor(i.moment / 2592000000000.0) AS INTEGER) AS block
FROM inbox i
LEFT JOIN seat s ON s.actor = i.actor
LEFT JOIN seat t ON t.actor = i.recipient
JOIN (SELECT seat FROM listened WHERE followed = 0) l ON l.seat = coalesce(t.seat, i.recipient)
WHERE i.via IN ('reply', 'comment') AND l.seat <> coalesce(s.seat, i.actor) AND NOT coalesce(i.spam, false)
    AND NOT coalesce(i.automatic, lower(i.client) IN (SELECT client FROM automatic_client), false)
    AND i.moment <= (SELECT as_of FROM scope)
UNION ALL
SELECT l.seat, coalesce(s.seat, n.actor), cast(floor(n.moment / 2592000000000.0) AS INTEGER)
FROM objects o
JOIN passed n ON n.object = o.id
LEFT JOIN seat s ON s.actor = n.actor
LEFT JOIN seat t ON t.actor = o.actor
JOIN (SELECT seat FROM listened WHERE followed = 0) l ON l.seat = coalesce(t.seat, o.actor)
WHERE l.seat <> coalesce(s.seat, n.actor)
