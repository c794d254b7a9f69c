-- Other accounts that answered a third or more (at least five) of what was written to the subject, in time: perhaps its
-- own under another name.
CREATE OR REPLACE TEMP TABLE helper AS
WITH answered AS (
    SELECT j.subject, coalesce(p.person, o.actor) AS actor, count(DISTINCT j.object) AS answered
    FROM judged j JOIN outbox o ON o.parent = j.object AND o.recipient = j.actor AND o.via = 'reply'
    LEFT JOIN people p ON p.actor = o.actor
    ANTI JOIN subject own ON own.subject = j.subject AND own.actor = o.actor
    WHERE coalesce(p.person, o.actor) <> j.asker AND o.moment <= least(j.moment + $window, $as_of)
        AND NOT coalesce(o.spam, false) AND NOT coalesce(o.automatic, false)
    GROUP BY 1, 2
)
SELECT a.subject, a.actor
FROM answered a JOIN (SELECT subject, count(*) AS approaches FROM judged GROUP BY subject) n USING (subject)
WHERE a.answered >= 5 AND 3 * a.answered >= n.approaches;
