-- What each asker is called: names and handles of at least three letters, in lower case.
CREATE OR REPLACE TEMP TABLE called AS
WITH names AS (
    SELECT DISTINCT a.subject, a.asker, unnest([n.name, n.handle]) AS name
    FROM (SELECT DISTINCT subject, asker FROM approach) a
    LEFT JOIN people p ON p.person = a.asker
    JOIN actors n ON n.id = coalesce(p.actor, a.asker)
)
SELECT DISTINCT subject, asker, lower(trim(name)) AS name FROM names WHERE length(trim(name)) >= 3;
