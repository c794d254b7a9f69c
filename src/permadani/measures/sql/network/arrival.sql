-- When each seat was first seen on its channel, by any message but spam and automatic ones.
SELECT coalesce(s.seat, o.actor) AS seat, h.channel, min(o.published) AS moment
FROM objects o
JOIN channel h ON h.name = o.channel
LEFT JOIN seat s ON s.actor = o.actor
WHERE NOT coalesce(o.spam, false) AND o.published <= (SELECT as_of FROM scope)
    AND NOT coalesce(o.automatic, lower(o.client) IN (SELECT client FROM automatic_client), false)
GROUP BY coalesce(s.seat, o.actor), h.channel
