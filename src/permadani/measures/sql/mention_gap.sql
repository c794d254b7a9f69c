-- The channels of the subject on which, somewhere in the time that is judged (both directions known, in the period),
-- mentions were not read completely, whether or not any was seen: from `since` to `until`, NULL where this reaches to the
-- beginning (end) of that time. A claim without an end reaches to the last message of the store.
CREATE OR REPLACE TEMP TABLE mention_gap AS
WITH both_known AS (
    SELECT i.subject, i.channel, greatest(i.since, o.since, $since) AS since,
        least(i.until, o.until, $until, $as_of) AS until
    FROM observed i JOIN observed o ON o.subject = i.subject AND o.channel = i.channel
    WHERE i.direction = 'inbound' AND o.direction = 'outbound' AND i.level = 'known' AND o.level = 'known'
        AND i.channel NOT IN (SELECT channel FROM group_channel)
),
lacking AS (
    SELECT c.subject, c.actor, c.channel, greatest(c.since, k.since) AS since,
        least(CASE WHEN c.until < 9000000000000000000 THEN c.until
            ELSE (SELECT max(published) FROM objects WHERE published <= epoch_us(now())) END, k.until) AS until
    FROM mention_claim c JOIN both_known k ON k.subject = c.subject AND k.channel = c.channel
    WHERE NOT c.complete
),
-- if anything in a stretch lacks completeness, then its beginning does, or what follows the end of something complete;
-- and its end, or what stands before the beginning of something complete
maybe AS (
    SELECT subject, actor, channel, unnest([since, until]) AS moment FROM lacking WHERE since <= until
    UNION
    SELECT l.subject, l.actor, l.channel, c.until + 1
    FROM lacking l JOIN mention_claim c ON c.subject = l.subject AND c.actor = l.actor AND c.channel = l.channel
        AND c.complete AND c.until >= l.since AND c.until < l.until
    UNION
    SELECT l.subject, l.actor, l.channel, c.since - 1
    FROM lacking l JOIN mention_claim c ON c.subject = l.subject AND c.actor = l.actor AND c.channel = l.channel
        AND c.complete AND c.since > l.since AND c.since <= l.until
),
gap AS (
    SELECT m.subject, m.channel, min(m.moment) AS since, max(m.moment) AS until FROM maybe m
    ANTI JOIN mention_claim c ON c.subject = m.subject AND c.actor = m.actor AND c.channel = m.channel
        AND c.complete AND c.since <= m.moment AND c.until >= m.moment
    GROUP BY m.subject, m.channel
),
judged AS (
    SELECT subject, channel, min(since) AS since, max(until) AS until FROM both_known WHERE since <= until
    GROUP BY subject, channel
)
SELECT g.subject, g.channel, CASE WHEN g.since > j.since THEN g.since END AS since,
    CASE WHEN g.until < least(j.until, (SELECT max(published) FROM objects WHERE published <= epoch_us(now())))
        THEN g.until END AS until
FROM gap g JOIN judged j ON j.subject = g.subject AND j.channel = g.channel;
