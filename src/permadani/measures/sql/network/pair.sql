-- Two people in one conversation: when each first spoke to the other directly, and when with words that still stand. Seats
-- by the lesser id and the greater. Inherited mentions speak to nobody; neither do spam and programs. What was deleted, and
-- mentions of accounts of which not all could be read, were heard but approach nobody.
SELECT i.thread, h.channel,
    CASE WHEN i.giver < i.taker THEN i.giver ELSE i.taker END AS low,
    CASE WHEN i.giver < i.taker THEN i.taker ELSE i.giver END AS high,
    min(CASE WHEN i.giver < i.taker THEN i.moment END) AS up,
    min(CASE WHEN i.giver > i.taker THEN i.moment END) AS down,
    min(CASE WHEN i.giver < i.taker AND i.stands THEN i.moment END) AS up_asked,
    min(CASE WHEN i.giver > i.taker AND i.stands THEN i.moment END) AS down_asked
FROM (
    SELECT b.thread, b.channel, coalesce(s.seat, b.actor) AS giver, coalesce(t.seat, b.recipient) AS taker, b.moment,
        NOT coalesce(b.deleted, false) AND NOT (b.via = 'mention' AND u.actor IS NOT NULL) AS stands
    FROM inbox b
    LEFT JOIN seat s ON s.actor = b.actor
    LEFT JOIN seat t ON t.actor = b.recipient
    LEFT JOIN unseen u ON u.actor = b.recipient
    WHERE (b.via IN ('reply', 'comment', 'to') OR (b.via = 'mention' AND NOT b.inherited))
        AND NOT coalesce(b.spam, false)
        AND NOT coalesce(b.automatic, lower(b.client) IN (SELECT client FROM automatic_client), false)
        AND b.moment <= (SELECT as_of FROM scope)
) i
JOIN channel h ON h.name = i.channel
WHERE i.giver <> i.taker
GROUP BY i.thread, h.channel, CASE WHEN i.giver < i.taker THEN i.giver ELSE i.taker END,
    CASE WHEN i.giver < i.taker THEN i.taker ELSE i.giver END
