-- What each asker is called: names and handles of at least two letters, in lower case, with their first word.
CREATE OR REPLACE TEMP TABLE called AS
WITH names AS (
    SELECT DISTINCT a.subject, a.asker, unnest([n.name, n.handle]) AS name
    FROM (SELECT DISTINCT subject, asker FROM approach) a
    LEFT JOIN people p ON p.person = a.asker
    JOIN actors n ON n.id = coalesce(p.actor, a.asker)
)
SELECT DISTINCT subject, asker, lower(trim(name)) AS name,
    regexp_extract(lower(trim(name)), '^[\p{L}\p{N}_]+') AS first_word
FROM names WHERE length(trim(name)) >= 2;
