CREATE OR REPLACE TEMP TABLE claims AS
SELECT actor, channel, direction, since, until, completeness, basis FROM staged_coverage
UNION ALL SELECT * FROM coverage;
DELETE FROM coverage;
INSERT INTO coverage
SELECT DISTINCT * FROM claims WHERE completeness <> 'partial'
UNION ALL
SELECT actor, channel, direction, CASE WHEN count(*) = count(since) THEN min(since) END,
    CASE WHEN count(*) = count(until) THEN max(until) END, completeness, basis FROM claims
WHERE completeness = 'partial' GROUP BY actor, channel, direction, completeness, basis
ORDER BY actor, channel, direction, since, until, completeness, basis;
