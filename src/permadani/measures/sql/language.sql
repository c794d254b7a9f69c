-- The language of each message to the subject, and the one that the subject itself mostly writes.
CREATE OR REPLACE TEMP TABLE language AS
SELECT c.subject, c.object, c.own, spoken_language(c.claim, s.language) AS language
FROM (
    SELECT subject, object, false AS own, language AS claim FROM message
    UNION ALL
    SELECT subject, object, true, language FROM own_object WHERE NOT automatic
) c LEFT JOIN substance s ON s.object = c.object;

CREATE OR REPLACE TEMP TABLE own_language AS
SELECT subject, language FROM language WHERE own AND language IS NOT NULL
GROUP BY subject, language
QUALIFY row_number() OVER (PARTITION BY subject ORDER BY count(*) DESC, language) = 1;
