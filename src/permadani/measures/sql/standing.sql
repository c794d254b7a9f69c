-- How many people listened to the asker before the message: the last dated follower count, else an undated one.
CREATE OR REPLACE TEMP TABLE standing AS
WITH accounts AS (
    SELECT a.subject, a.object, a.asker, a.moment, coalesce(p.actor, a.actor) AS actor
    FROM approach a LEFT JOIN people p ON p.person = a.asker
),
seen AS (
    SELECT c.subject, c.object, s.followers, c.actor
    FROM accounts c
    ASOF LEFT JOIN (SELECT k.* FROM standings k SEMI JOIN accounts a ON a.actor = k.actor) s
        ON s.actor = c.actor AND s.observed <= c.moment
)
SELECT s.subject, s.object, max(coalesce(s.followers, n.followers)) AS standing,
    bool_or(s.followers IS NOT NULL) AS dated, 'followers' AS kind
FROM seen s LEFT JOIN actors n ON n.id = s.actor
GROUP BY s.subject, s.object
HAVING max(coalesce(s.followers, n.followers)) IS NOT NULL;
