-- Who replied to, commented on or reshared whom in which block of 30 days, once each, where people are ranked by that.
SELECT DISTINCT h.recipient, h.seat, h.block
FROM (
    SELECT coalesce(t.seat, i.recipient) AS recipient, coalesce(s.seat, i.actor) AS seat,
        cast(floor(i.moment / 2592000000000.0) AS INTEGER) AS block
    FROM inbox i
    LEFT JOIN seat s ON s.actor = i.actor
    LEFT JOIN seat t ON t.actor = i.recipient
    WHERE i.via IN ('reply', 'comment') AND NOT coalesce(i.spam, false)
        AND NOT coalesce(i.automatic, lower(i.client) IN (SELECT client FROM automatic_client), false)
        AND i.moment <= (SELECT as_of FROM scope)
    UNION ALL
    SELECT coalesce(t.seat, o.actor), coalesce(s.seat, n.actor), cast(floor(n.moment / 2592000000000.0) AS INTEGER)
    FROM objects o
    JOIN passed n ON n.object = o.id
    LEFT JOIN seat s ON s.actor = n.actor
    LEFT JOIN seat t ON t.actor = o.actor
) h
JOIN listened l ON l.seat = h.recipient
WHERE l.followed = 0 AND h.recipient <> h.seat
