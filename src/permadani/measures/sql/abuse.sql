-- Messages that the subject's own statement names as abuse: one by one (id or address), or all of an account (id,
-- handle or profile address), with its linked accounts.
INSERT INTO abuse
WITH named AS (
    SELECT DISTINCT trim(name) AS name, lower(ltrim(trim(name), '@')) AS handle
    FROM (SELECT unnest($abuse::VARCHAR[]) AS name)
),
accounts AS (
    SELECT DISTINCT m.subject, m.asker, n.name
    FROM (SELECT DISTINCT subject, asker, actor FROM message) m
    JOIN actors a ON a.id = m.actor LEFT JOIN uris u ON u.id = m.actor
    JOIN named n ON n.name = u.uri OR n.handle = lower(a.handle) OR n.name = a.url
)
SELECT m.subject, m.object, n.name FROM message m JOIN uris u ON u.id = m.object JOIN named n ON n.name = u.uri
UNION
SELECT m.subject, m.object, n.name FROM message m JOIN texts t ON t.object = m.object JOIN named n ON n.name = t.url
UNION
SELECT m.subject, m.object, c.name FROM message m JOIN accounts c ON c.subject = m.subject AND c.asker = m.asker;
