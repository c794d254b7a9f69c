-- Channels on which what was written to the subject is known from `since` on only, while the account is known to be older
-- than that by more than 14 days: made earlier, or (where that is not known) it wrote, passed on, liked, or was written
-- to earlier. Whoever wrote before looks like a newcomer there. What stands under something dated later than itself has a
-- false date on one side (comment systems date articles by their registration), and is no sign of an earlier life.
CREATE OR REPLACE TEMP TABLE shortened AS
WITH begun AS (
    SELECT o.subject, o.channel, min(o.since) AS since, min(o.since) - 1209600000000 AS bound
    FROM observed o JOIN span k ON k.subject = o.subject AND k.channel = o.channel
    WHERE o.direction = 'inbound' AND o.level = 'known' AND k.outbound <> 'none'
        AND o.channel NOT IN (SELECT channel FROM group_channel)
    GROUP BY o.subject, o.channel HAVING min(o.since) > -8000000000000000000
),
account AS (
    SELECT s.subject, s.actor, a.channel, a.created FROM subject s JOIN actors a ON a.id = s.actor
),
made AS (
    -- accounts of which it is unknown when they were made may be older than those of which it is known
    SELECT subject, channel, min(created) AS created, bool_and(created IS NOT NULL) AS known
    FROM account GROUP BY subject, channel
),
early AS (
    SELECT o.subject, o.channel FROM own_object o
    JOIN begun b ON b.subject = o.subject AND b.channel = o.channel AND o.published < b.bound
    LEFT JOIN objects r ON r.id = o.root WHERE coalesce(r.published <= o.published, true)
    UNION
    SELECT m.subject, m.channel FROM message m
    JOIN begun b ON b.subject = m.subject AND b.channel = m.channel AND m.moment < b.bound
    LEFT JOIN objects r ON r.id = m.thread WHERE m.via <> 'thread' AND coalesce(r.published <= m.moment, true)
    UNION
    SELECT a.subject, a.channel FROM announces n JOIN account a ON a.actor = n.actor
    JOIN begun b ON b.subject = a.subject AND b.channel = a.channel AND n.published < b.bound
    UNION
    SELECT a.subject, a.channel FROM likes l JOIN account a ON a.actor = l.actor
    JOIN begun b ON b.subject = a.subject AND b.channel = a.channel AND l.published < b.bound
)
SELECT b.subject, b.channel, b.since FROM begun b
LEFT JOIN made m ON m.subject = b.subject AND m.channel = b.channel
WHERE coalesce(m.created < b.bound, false)
    OR (NOT coalesce(m.known, false) AND (b.subject, b.channel) IN (SELECT (subject, channel) FROM early));
