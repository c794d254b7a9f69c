-- The first message of somebody else in each of those conversations: from then on the question is not open any more.
-- Programs and spam close nothing. A reply whose clock is up to a day behind follows at once.
CREATE OR REPLACE TEMP TABLE group_reply AS
SELECT r.object, o.id AS reply, coalesce(p.person, o.actor) AS replier, greatest(o.published, r.moment + 1) AS moment
FROM group_root r
JOIN objects o ON o.root = r.object AND o.id <> r.object AND o.published >= r.moment - 86400000000
LEFT JOIN people p ON p.actor = o.actor
WHERE coalesce(p.person, o.actor) <> r.author AND NOT coalesce(o.spam, false) AND o.published <= $as_of
    AND NOT coalesce(o.automatic, lower(o.client) IN (SELECT client FROM automatic_client), false)
QUALIFY row_number() OVER (PARTITION BY r.object ORDER BY greatest(o.published, r.moment + 1), o.id) = 1;
