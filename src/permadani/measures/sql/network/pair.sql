-- Two people in one conversation, the lesser number first: when each first spoke to the other directly, and when with words
-- that still stand. What was deleted, and mentions of accounts of which not all could be read, were heard but approach
-- nobody.
SELECT i.thread, i.channel,
    CASE WHEN i.giver < i.taker THEN i.giver ELSE i.taker END AS low,
    CASE WHEN i.giver < i.taker THEN i.taker ELSE i.giver END AS high,
    min(CASE WHEN i.giver < i.taker THEN i.moment END) AS up,
    min(CASE WHEN i.giver > i.taker THEN i.moment END) AS down,
    min(CASE WHEN i.giver < i.taker AND i.stands = 1 THEN i.moment END) AS up_asked,
    min(CASE WHEN i.giver > i.taker AND i.stands = 1 THEN i.moment END) AS down_asked
FROM spoken i
WHERE i.direct = 1 AND i.channel >= 0
GROUP BY i.thread, i.channel, CASE WHEN i.giver < i.taker THEN i.giver ELSE i.taker END,
    CASE WHEN i.giver < i.taker THEN i.taker ELSE i.giver END
