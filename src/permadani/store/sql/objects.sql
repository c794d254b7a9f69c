-- Every staged object once, joined with what the store knows of it. ($$-names are filled from the vocabulary.)
-- Versions by different authors are never mixed, or somebody's words could stand under another's name: the version
-- of the greater author stands whole (`wins` 1: the new one, -1: the stored one, 0: one author, joined).
CREATE OR REPLACE TEMP TABLE fresh AS
WITH s AS (SELECT id, $folded FROM $staged $grouped),
met AS (
    SELECT s.*, CASE WHEN k.id IS NULL OR s.actor > k.actor THEN 1 WHEN s.actor < k.actor THEN -1 ELSE 0 END AS wins
    FROM s LEFT JOIN objects k ON k.id = s.id
)
SELECT s.id, $joined, s.text, s.url, s.wins, k.id IS NOT NULL AS known
FROM met s LEFT JOIN objects k ON k.id = s.id;
