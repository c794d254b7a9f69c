CREATE OR REPLACE TEMP TABLE claims AS
SELECT actor, channel, direction, since, until, completeness, basis FROM staged_coverage
UNION ALL SELECT * FROM coverage;
DELETE FROM coverage;
INSERT INTO coverage
SELECT DISTINCT * FROM claims WHERE completeness <> 'partial'
UNION ALL
SELECT actor, channel, direction, min(since), max(until), completeness, basis FROM claims
WHERE completeness = 'partial' GROUP BY actor, channel, direction, completeness, basis
ORDER BY actor, channel, direction, since, until, completeness, basis;
