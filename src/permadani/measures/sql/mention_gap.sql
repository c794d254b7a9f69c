-- The channels of the subject on which, somewhere in the period, mentions were not read completely, whether or not any
-- was seen. Only channels that are judged at all. A claim without an end reaches to the last message of the store.
CREATE OR REPLACE TEMP TABLE mention_gap AS
WITH lacking AS (
    SELECT c.subject, c.actor, c.channel, greatest(c.since, $since) AS since,
        least(CASE WHEN c.until < 9000000000000000000 THEN c.until
            ELSE (SELECT max(published) FROM objects WHERE published <= epoch_us(now())) END, $until, $as_of) AS until
    FROM mention_claim c JOIN span k ON k.subject = c.subject AND k.channel = c.channel
    WHERE NOT c.complete AND k.inbound <> 'none' AND k.outbound <> 'none'
        AND c.channel NOT IN (SELECT channel FROM group_channel)
),
-- if anything in a stretch lacks completeness, then its beginning does, or what follows the end of something complete
maybe AS (
    SELECT subject, actor, channel, since AS moment FROM lacking WHERE since <= until
    UNION
    SELECT l.subject, l.actor, l.channel, c.until + 1
    FROM lacking l JOIN mention_claim c ON c.subject = l.subject AND c.actor = l.actor AND c.channel = l.channel
        AND c.complete AND c.until >= l.since AND c.until < l.until
)
SELECT DISTINCT m.subject, m.channel FROM maybe m
ANTI JOIN mention_claim c ON c.subject = m.subject AND c.actor = m.actor AND c.channel = m.channel
    AND c.complete AND c.since <= m.moment AND c.until >= m.moment;
