-- Two people in one conversation, the lesser number first: when each first spoke to the other directly, and when with words
-- that still stand (9100000000000000000: never). What was deleted, and mentions of accounts of which not all could be read,
-- were heard but approach nobody. Where all stands, which is usual, there is but one moment to look for.
SELECT p.thread, p.channel, p.low, p.high, p.up, p.down,
    CASE WHEN p.stands = 1 THEN p.up ELSE coalesce(a.up, 9100000000000000000) END AS up_asked,
    CASE WHEN p.stands = 1 THEN p.down ELSE coalesce(a.down, 9100000000000000000) END AS down_asked
FROM (
    SELECT thread, channel, low, high, min(CASE WHEN forth = 1 THEN moment ELSE 9100000000000000000 END) AS up,
        min(CASE WHEN forth = 0 THEN moment ELSE 9100000000000000000 END) AS down, min(stands) AS stands
    FROM word
    GROUP BY thread, channel, low, high
) p
LEFT JOIN (
    SELECT thread, channel, low, high, min(CASE WHEN forth = 1 THEN moment ELSE 9100000000000000000 END) AS up,
        min(CASE WHEN forth = 0 THEN moment ELSE 9100000000000000000 END) AS down
    FROM word
    WHERE stands = 1
        AND thread IN (SELECT thread FROM spoken WHERE stands = 0)
    GROUP BY thread, channel, low, high
) a ON a.thread = p.thread AND a.channel = p.channel AND a.low = p.low AND a.high = p.high
