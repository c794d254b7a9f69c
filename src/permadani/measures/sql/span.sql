-- What was observed of each subject on each channel. A direction is complete where complete claims cover all that is
-- known of it without a gap. `ends`: up to when both directions are known.
-- `since` and `until`: the stretch in which both directions are known, or the one that is known at all; unknown where both
-- are, but never at the same time. `written_since`, `written_until`: of what it wrote alone.
CREATE OR REPLACE TEMP TABLE span AS
WITH sides AS (
    SELECT subject, channel, direction,
        CASE WHEN count(*) FILTER (level = 'known') = 0 THEN 'none'
             WHEN count(*) FILTER (level = 'complete') = 1
                AND min(since) FILTER (level = 'complete') <= min(since) FILTER (level = 'known')
                AND max(until) FILTER (level = 'complete') >= max(until) FILTER (level = 'known')
             THEN 'complete' ELSE 'partial' END AS level,
        min(since) FILTER (level = 'known') AS since, max(until) FILTER (level = 'known') AS until,
        string_agg(DISTINCT basis, '; ' ORDER BY basis) AS basis
    FROM observed GROUP BY subject, channel, direction
)
SELECT subject, channel,
    coalesce(max(level) FILTER (direction = 'inbound'), 'none') AS inbound,
    coalesce(max(level) FILTER (direction = 'outbound'), 'none') AS outbound,
    CASE WHEN max(since) <= min(until) THEN nullif(max(since), -9000000000000000000) END AS since,
    CASE WHEN max(since) <= min(until) THEN nullif(min(until), 9000000000000000000) END AS until,
    nullif(min(since) FILTER (direction = 'outbound'), -9000000000000000000) AS written_since,
    nullif(max(until) FILTER (direction = 'outbound'), 9000000000000000000) AS written_until,
    least(max(until) FILTER (direction = 'inbound'), max(until) FILTER (direction = 'outbound'), $as_of) AS ends,
    string_agg(DISTINCT basis, '; ' ORDER BY basis) AS basis
FROM sides GROUP BY subject, channel
UNION ALL
-- channels with messages about which nothing was claimed: nobody knows how much of them was collected
SELECT u.subject, u.channel, 'none', 'none', NULL, NULL, NULL, NULL, NULL, NULL
FROM (SELECT subject, channel FROM message UNION SELECT subject, channel FROM own_object) u
ANTI JOIN observed c ON c.subject = u.subject AND c.channel = u.channel;
