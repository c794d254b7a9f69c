-- What was observed of each subject on each channel. A direction is complete where a complete claim spans all
-- partial ones; `ends` is the moment up to which both directions are known: where a claim has no end, it reaches to
-- the last message of the whole store (nothing later can have been seen).
CREATE OR REPLACE TEMP TABLE span AS
WITH claims AS (
    SELECT s.subject, c.* EXCLUDE (actor) FROM coverage c JOIN subject s ON c.actor = s.actor
    UNION ALL
    SELECT n.subject, c.* EXCLUDE (actor)
    FROM coverage c CROSS JOIN (SELECT DISTINCT subject FROM subject) n
    WHERE c.actor IS NULL
        AND c.channel IN (SELECT a.channel FROM actors a JOIN subject s ON s.actor = a.id WHERE s.subject = n.subject)
),
hulls AS (
    SELECT subject, channel, direction, completeness,
        min(coalesce(since, -9000000000000000000)) AS since, max(coalesce(until, 9000000000000000000)) AS until,
        string_agg(DISTINCT basis, '; ' ORDER BY basis) AS basis
    FROM claims GROUP BY subject, channel, direction, completeness
),
sides AS (
    SELECT subject, channel, direction,
        CASE WHEN count(*) FILTER (completeness <> 'none') = 0 THEN 'none'
             WHEN bool_or(completeness = 'complete')
                AND min(since) FILTER (completeness <> 'none') >= min(since) FILTER (completeness = 'complete')
                AND max(until) FILTER (completeness <> 'none') <= max(until) FILTER (completeness = 'complete')
             THEN 'complete' ELSE 'partial' END AS level,
        nullif(min(since) FILTER (completeness <> 'none'), -9000000000000000000) AS since,
        nullif(max(until) FILTER (completeness <> 'none'), 9000000000000000000) AS until,
        string_agg(basis, '; ' ORDER BY basis) AS basis
    FROM hulls GROUP BY subject, channel, direction
)
SELECT subject, channel,
    coalesce(max(level) FILTER (direction = 'inbound'), 'none') AS inbound,
    coalesce(max(level) FILTER (direction = 'outbound'), 'none') AS outbound,
    min(since) AS since, max(until) AS until,
    least(coalesce(max(until) FILTER (direction = 'inbound'), (SELECT max(published) FROM objects)),
          coalesce(max(until) FILTER (direction = 'outbound'), (SELECT max(published) FROM objects))) AS ends,
    string_agg(DISTINCT basis, '; ' ORDER BY basis) AS basis
FROM sides GROUP BY subject, channel;
