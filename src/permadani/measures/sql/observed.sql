-- The stretches of time in which a direction of a subject was observed on a channel, completely or in part. What is
-- claimed of the account itself goes before what is claimed of everybody; touching stretches are one.
-- An archive that holds nothing of a direction takes nothing away from what was collected elsewhere, if anything was.
-- (A claim of nothing without a span stands for good: who was forgotten must not look silent.) Whether mentions were read
-- is asked apart (mention_unseen.sql): it widens and narrows neither direction.
CREATE OR REPLACE TEMP TABLE observed AS
WITH everybody AS (
    SELECT n.subject, c.* EXCLUDE (actor)
    FROM coverage c CROSS JOIN (SELECT DISTINCT subject FROM subject) n
    WHERE c.actor IS NULL AND c.direction <> 'mentions'
        AND c.channel IN (SELECT a.channel FROM actors a JOIN subject s ON s.actor = a.id WHERE s.subject = n.subject)
),
own AS (
    SELECT s.subject, c.* EXCLUDE (actor) FROM coverage c JOIN subject s ON c.actor = s.actor
    WHERE c.direction <> 'mentions'
),
spoken_to AS (
    SELECT DISTINCT subject, channel FROM message WHERE via <> 'thread'
),
claims AS (
    SELECT * FROM own
    UNION ALL
    SELECT e.* FROM everybody e
    ANTI JOIN own o ON o.subject = e.subject AND o.channel = e.channel AND o.direction = e.direction
        AND NOT (o.completeness = 'none' AND o.since IS NOT NULL AND e.completeness = 'partial'
            AND (e.subject, e.channel) IN (SELECT (subject, channel) FROM spoken_to))
),
bounded AS (
    -- a claim without an end reaches to the last message of the whole store: nothing later can have been seen, and
    -- nothing that claims to be of the future
    SELECT subject, channel, direction, completeness, basis,
        coalesce(since, -9000000000000000000) AS since,
        coalesce(until, (SELECT max(published) FROM objects WHERE published <= epoch_us(now())), 9000000000000000000) AS until
    FROM claims
),
levels AS (
    SELECT *, completeness AS level FROM bounded WHERE completeness <> 'partial'
    UNION ALL
    SELECT *, 'known' FROM bounded WHERE completeness <> 'none'
),
starts AS (
    SELECT *, since > coalesce(max(until) OVER (
        PARTITION BY subject, channel, direction, level ORDER BY since, until
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -9000000000000000001) AS begins
    FROM levels
),
islands AS (
    SELECT *, count(*) FILTER (begins) OVER (
        PARTITION BY subject, channel, direction, level ORDER BY since, until) AS island
    FROM starts
)
SELECT subject, channel, direction, level, min(since) AS since, max(until) AS until,
    string_agg(DISTINCT basis, '; ' ORDER BY basis) AS basis
FROM islands GROUP BY subject, channel, direction, level, island;
