-- One row an approach, with all that is known of it. Times in microseconds; waited = answer minus approach.
-- `ripe`: both directions were observed for the whole window after it. `anywhere`: the subject addressed the asker
-- in any thread within the window (a sign that answers went another way). `prior_contact`: it had addressed the asker
-- in any thread before. `regular`: NULL for who is seen for the first time soon after the beginning of a shortened
-- history, and may have written before. `language_match`: 1 where the message is in the language the subject mostly writes.
CREATE OR REPLACE TEMP TABLE judged AS
WITH joined AS (
    SELECT a.subject, a.object, min(o.published) AS moment
    FROM approach a JOIN own_object o
        ON o.subject = a.subject AND o.root = a.thread AND o.published >= a.moment AND o.object <> o.root
    WHERE NOT o.automatic
    GROUP BY a.subject, a.object
),
seen AS (
    SELECT a.subject, a.object
    FROM approach a
    JOIN observed i ON i.subject = a.subject AND i.channel = a.channel AND i.direction = 'inbound' AND i.level = 'known'
        AND i.since <= a.moment AND i.until >= a.moment + $window
    JOIN observed o ON o.subject = a.subject AND o.channel = a.channel AND o.direction = 'outbound' AND o.level = 'known'
        AND o.since <= a.moment AND o.until >= a.moment + $window
    WHERE a.moment + $window <= $as_of
),
to_all AS (
    -- what it wrote directly under its own post, as nobody's answer: it may have answered everybody there
    SELECT o.subject, o.root, o.published FROM own_object o
    JOIN own_object r ON r.subject = o.subject AND r.object = o.root
    ANTI JOIN answer n ON n.subject = o.subject AND n.answer = o.object
    WHERE o.object <> o.root AND (o.in_reply_to IS NULL OR o.in_reply_to = o.root) AND NOT o.automatic
),
liked AS (
    SELECT DISTINCT s.subject, l.object FROM likes l JOIN subject s ON l.actor = s.actor
    WHERE coalesce(l.published <= $as_of, true)
)
SELECT a.subject, a.asker, a.actor, a.object, a.thread, a.channel, a.moment, a.via,
    CASE WHEN NOT a.regular AND a.moment < h.since + $settling THEN NULL ELSE a.regular END AS regular, a.language,
    r.answer, r.matched_by, r.moment - a.moment AS waited,
    j.moment IS NOT NULL OR r.answer IS NOT NULL AS joined_ever,
    coalesce(j.moment - a.moment <= $window, false) OR coalesce(r.moment - a.moment <= $window, false) AS joined_in_time,
    coalesce(e.moment - a.moment <= $window, false) AS anywhere,
    least(e.moment, y.published) - a.moment AS elsewhere,
    coalesce(n.moment - a.moment <= $window, false) OR coalesce(r.moment - a.moment <= $window, false) AS reached,
    v.object IS NOT NULL AS ripe,
    coalesce(b.substance, 'unknown') AS substance,
    st.standing, st.dated,
    coalesce(u.uri LIKE '%/name/%' AND u.uri NOT LIKE 'http%', false) AS weak,
    k.object IS NOT NULL AS acknowledged,
    (g.language = w.language)::DOUBLE AS language_match,
    coalesce(f.moment < a.moment, false) AS prior_contact
FROM approach a
LEFT JOIN answer r ON r.subject = a.subject AND r.approach = a.object
LEFT JOIN joined j ON j.subject = a.subject AND j.object = a.object
LEFT JOIN seen v ON v.subject = a.subject AND v.object = a.object
ASOF LEFT JOIN own_act n ON n.subject = a.subject AND n.moment > a.moment
ASOF LEFT JOIN (
    SELECT subject, recipient, moment FROM own_message WHERE NOT automatic
    UNION ALL SELECT subject, recipient, moment FROM hailed
) e ON e.subject = a.subject AND e.recipient = a.asker AND e.moment >= a.moment
ASOF LEFT JOIN to_all y ON y.subject = a.subject AND y.root = a.thread AND y.published >= a.moment
LEFT JOIN substance b ON b.object = a.object
LEFT JOIN language g ON g.subject = a.subject AND g.object = a.object AND NOT g.own
LEFT JOIN own_language w ON w.subject = a.subject
LEFT JOIN contact f ON f.subject = a.subject AND f.recipient = a.asker
LEFT JOIN standing st ON st.subject = a.subject AND st.object = a.object
LEFT JOIN shortened h ON h.subject = a.subject AND h.channel = a.channel
LEFT JOIN uris u ON u.id = a.actor
LEFT JOIN liked k ON k.subject = a.subject AND k.object = a.object
WHERE a.moment >= $since AND a.moment <= $until;
