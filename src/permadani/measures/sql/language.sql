-- The language of each message to the subject, and the one that the subject itself mostly writes: as claimed (`in` is
-- Twitter's Indonesian; its q codes and a few others say that nobody knows), else as the substance rule guessed.
CREATE OR REPLACE TEMP TABLE language AS
WITH claims AS (
    SELECT subject, object, false AS own, lower(split_part(replace(language, '_', '-'), '-', 1)) AS claim FROM message
    UNION ALL
    SELECT subject, object, true, lower(split_part(replace(language, '_', '-'), '-', 1)) FROM own_object
    WHERE NOT automatic
)
SELECT c.subject, c.object, c.own,
    CASE WHEN c.claim = 'in' THEN 'id' WHEN c.claim = 'iw' THEN 'he'
         WHEN c.claim IS NULL OR c.claim IN ('', 'und', 'zxx', 'mul', 'mis', 'art') OR c.claim SIMILAR TO 'q[a-t][a-z]'
         THEN s.language ELSE c.claim END AS language
FROM claims c LEFT JOIN substance s ON s.object = c.object;

CREATE OR REPLACE TEMP TABLE own_language AS
SELECT subject, language FROM language WHERE own AND language IS NOT NULL
GROUP BY subject, language
QUALIFY row_number() OVER (PARTITION BY subject ORDER BY count(*) DESC, language) = 1;
