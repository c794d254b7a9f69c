-- What is claimed of each seat, or of everybody on a channel (seat NULL), by direction: from when to when it is known at
-- all, and from when to when completely. Claims of a kind count from the first to the last day; one without an end reaches
-- to the last message of that channel. A dated claim of nothing decides nothing; `forgotten`: one without dates.
WITH told AS (
    SELECT coalesce(s.seat, c.actor) AS seat, h.channel, c.direction, c.completeness,
        coalesce(c.since, -9000000000000000000) AS since, coalesce(c.until, e.ends, 0) AS until,
        CASE WHEN c.completeness = 'none' AND c.since IS NULL AND c.until IS NULL THEN 1 ELSE 0 END AS forgotten
    FROM coverage c
    JOIN channel h ON h.name = c.channel
    LEFT JOIN (
        SELECT channel, max(published) AS ends
        FROM objects
        WHERE published <= (SELECT as_of FROM scope) AND channel IN (SELECT channel FROM coverage WHERE until IS NULL)
        GROUP BY channel
    ) e ON e.channel = c.channel
    LEFT JOIN seat s ON s.actor = c.actor
    WHERE c.direction <> 'mentions'
)
SELECT seat, channel,
    min(CASE WHEN direction = 'inbound' AND completeness <> 'none' THEN since END) AS in_since,
    max(CASE WHEN direction = 'inbound' AND completeness <> 'none' THEN until END) AS in_until,
    min(CASE WHEN direction = 'inbound' AND completeness = 'complete' THEN since END) AS in_sure_since,
    max(CASE WHEN direction = 'inbound' AND completeness = 'complete' THEN until END) AS in_sure_until,
    min(CASE WHEN direction = 'outbound' AND completeness <> 'none' THEN since END) AS out_since,
    max(CASE WHEN direction = 'outbound' AND completeness <> 'none' THEN until END) AS out_until,
    min(CASE WHEN direction = 'outbound' AND completeness = 'complete' THEN since END) AS out_sure_since,
    max(CASE WHEN direction = 'outbound' AND completeness = 'complete' THEN until END) AS out_sure_until,
    max(CASE WHEN direction = 'inbound' THEN forgotten ELSE 0 END) AS in_forgotten,
    max(CASE WHEN direction = 'outbound' THEN forgotten ELSE 0 END) AS out_forgotten
FROM told GROUP BY seat, channel
