-- Every staged object once, joined with what the store knows of it. ($$-names are filled from the vocabulary.)
CREATE OR REPLACE TEMP TABLE fresh AS
WITH s AS (SELECT id, $folded FROM staged_objects $grouped)
SELECT s.id, $joined, s.text, s.url, k.id IS NOT NULL AS known
FROM s LEFT JOIN objects k ON k.id = s.id;
