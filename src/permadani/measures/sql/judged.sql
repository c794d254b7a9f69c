-- One row an approach, with all that is known of it. Times in microseconds; waited = answer minus approach.
CREATE OR REPLACE TEMP TABLE judged AS
WITH joined AS (
    SELECT a.subject, a.object, min(o.published) AS moment
    FROM approach a JOIN own_object o
        ON o.subject = a.subject AND o.root = a.thread AND o.published >= a.moment AND o.object <> o.root
    WHERE NOT o.automatic
    GROUP BY a.subject, a.object
)
SELECT a.subject, a.asker, a.actor, a.object, a.thread, a.channel, a.moment, a.via, a.regular, a.language,
    r.answer, r.matched_by, r.moment - a.moment AS waited,
    j.moment IS NOT NULL OR r.answer IS NOT NULL AS joined_ever,
    coalesce(j.moment - a.moment <= $window, false) OR coalesce(r.moment - a.moment <= $window, false) AS joined_in_time,
    coalesce(n.moment - a.moment <= $window, false) AS reached,
    coalesce(a.moment + $window <= least(c.ends, $as_of), false) AS ripe,
    coalesce(b.substance, 'unknown') AS substance,
    st.standing, st.dated, coalesce(u.uri LIKE '%/name/%', false) AS weak,
    k.object IS NOT NULL AS acknowledged
FROM approach a
LEFT JOIN answer r ON r.subject = a.subject AND r.approach = a.object
LEFT JOIN joined j ON j.subject = a.subject AND j.object = a.object
ASOF LEFT JOIN own_act n ON n.subject = a.subject AND n.moment > a.moment
LEFT JOIN span c ON c.subject = a.subject AND c.channel = a.channel
LEFT JOIN substance b ON b.object = a.object
LEFT JOIN standing st ON st.subject = a.subject AND st.object = a.object
LEFT JOIN uris u ON u.id = a.actor
LEFT JOIN (SELECT DISTINCT s.subject, l.object FROM likes l JOIN subject s ON l.actor = s.actor) k
    ON k.subject = a.subject AND k.object = a.object
WHERE a.moment >= $since AND a.moment <= $until;
