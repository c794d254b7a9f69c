-- What the subject passed on: announced or quoted (not by a program, and no sales pitch), and whose it was.
-- `approach` is filled where it was an approach to the subject, or a later message of that person in that
-- conversation; then `moment` is not earlier than the message, whatever the clocks say by up to a day. `standing` is
-- the author's by followers before that moment, where known. Authors that were never collected: no row.
CREATE OR REPLACE TEMP TABLE reshare AS
WITH acts AS (
    SELECT s.subject, n.object, n.published AS moment FROM announces n JOIN subject s ON n.actor = s.actor
    WHERE n.published <= $as_of
    UNION ALL
    SELECT o.subject, o.quotes, o.published FROM own_object o
    ANTI JOIN own_pitch p ON p.subject = o.subject AND p.object = o.object
    WHERE o.quotes IS NOT NULL AND NOT o.automatic
),
whose AS (
    SELECT a.subject, a.object, min(a.moment) AS moment, any_value(o.actor) AS actor, any_value(o.channel) AS channel,
        any_value(coalesce(p.person, o.actor)) AS author
    FROM acts a JOIN objects o ON o.id = a.object
    LEFT JOIN people p ON p.actor = o.actor
    ANTI JOIN subject own ON own.subject = a.subject AND own.actor = o.actor
    GROUP BY a.subject, a.object
),
tied AS (
    SELECT w.subject, w.object, a.object AS approach, greatest(w.moment, b.moment + 1) AS moment
    FROM whose w
    JOIN message b ON b.subject = w.subject AND b.object = w.object
    JOIN approach a ON a.subject = b.subject AND a.asker = b.asker AND a.thread = b.thread AND b.moment >= a.moment
    WHERE w.moment >= b.moment - 86400000000
),
seen AS (
    SELECT w.subject, w.object, s.followers
    FROM whose w
    ASOF LEFT JOIN (SELECT k.* FROM standings k SEMI JOIN whose w ON w.actor = k.actor) s
        ON s.actor = w.actor AND s.observed <= w.moment
)
SELECT w.subject, w.object, w.author, w.channel, t.approach, coalesce(t.moment, w.moment) AS moment,
    coalesce(s.followers, n.followers) AS standing
FROM whose w
LEFT JOIN tied t ON t.subject = w.subject AND t.object = w.object
LEFT JOIN seen s ON s.subject = w.subject AND s.object = w.object
LEFT JOIN actors n ON n.id = w.actor;
