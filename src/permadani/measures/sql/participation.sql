-- The subject's own posts that drew three comments of substance by at least two people within 72 hours (unknown
-- substance is not held against a comment, but counted), whether it was around then, and whether it joined: wrote in
-- the thread, or quoted or reshared one of its messages. `joined_ever`: the same without an end. `elsewhere`: it spoke
-- to one who commented, in time, anywhere (a sign that it joined in another way). Times in microseconds.
CREATE OR REPLACE TEMP TABLE participation AS
WITH comments AS MATERIALIZED (
    SELECT o.subject, o.object AS post, o.published, o.channel, m.moment, m.asker,
        coalesce(b.substance, 'unknown') = 'unknown' AS dull,
        row_number() OVER (PARTITION BY o.subject, o.object ORDER BY m.moment) AS nth
    FROM own_object o
    JOIN message m ON m.subject = o.subject AND m.thread = o.object
    LEFT JOIN substance b ON b.object = m.object
    ANTI JOIN (SELECT subject, object FROM pitch UNION ALL SELECT subject, object FROM abuse) u
        ON u.subject = m.subject AND u.object = m.object
    WHERE o.root = o.object AND NOT m.spam AND NOT m.automatic AND NOT m.deleted
        AND m.moment <= o.published + 72 * 3600000000
        AND coalesce(b.substance, 'unknown') <> 'ditto'
        AND o.channel NOT IN (SELECT channel FROM group_channel)
),
drawn AS MATERIALIZED (
    SELECT subject, post, any_value(published) AS published, any_value(channel) AS channel,
        min(moment) FILTER (nth = 1) AS first_comment, min(moment) FILTER (nth = 3) AS third_comment,
        count(*) FILTER (dull) AS dull, count(*) AS comments
    FROM comments GROUP BY subject, post HAVING count(*) >= 3 AND count(DISTINCT asker) >= 2
),
joins AS (
    -- a reply follows what it replies to, also where its clock is up to a day behind
    SELECT o.subject, o.root AS post, greatest(o.published, r.moment) AS moment FROM own_object o
    LEFT JOIN (SELECT subject, object, max(moment) AS moment FROM own_message GROUP BY subject, object) r
        ON r.subject = o.subject AND r.object = o.object
    ANTI JOIN own_pitch p ON p.subject = o.subject AND p.object = o.object
    WHERE NOT o.automatic AND o.object <> o.root
    UNION ALL
    SELECT o.subject, m.thread, o.published FROM own_object o
    JOIN message m ON m.subject = o.subject AND m.object = o.quotes
    ANTI JOIN own_pitch p ON p.subject = o.subject AND p.object = o.object
    WHERE NOT o.automatic
    UNION ALL
    SELECT s.subject, m.thread, n.published FROM announces n JOIN subject s ON n.actor = s.actor
    JOIN message m ON m.subject = s.subject AND m.object = n.object WHERE n.published <= $as_of
),
first_join AS (
    SELECT d.subject, d.post, min(j.moment) AS moment
    FROM drawn d JOIN joins j ON j.subject = d.subject AND j.post = d.post AND j.moment >= d.first_comment
    GROUP BY d.subject, d.post
),
addressed AS (
    SELECT m.subject, m.recipient, m.moment FROM own_message m
    ANTI JOIN own_pitch p ON p.subject = m.subject AND p.object = m.object
    WHERE m.via <> 'thread' AND m.inherited IS DISTINCT FROM true AND NOT m.automatic
    UNION ALL
    SELECT h.subject, h.recipient, h.moment FROM hailed h
    ANTI JOIN own_pitch p ON p.subject = h.subject AND p.object = h.object
),
spoken AS (
    SELECT w.subject, w.post, min(a.moment) AS moment
    FROM (
        SELECT DISTINCT d.subject, d.post, d.first_comment, c.asker
        FROM drawn d JOIN comments c ON c.subject = d.subject AND c.post = d.post
    ) w JOIN addressed a ON a.subject = w.subject AND a.recipient = w.asker AND a.moment >= w.first_comment
    GROUP BY w.subject, w.post
)
SELECT d.subject, d.post, d.channel, d.published, d.dull, d.comments,
    EXISTS (SELECT 1 FROM own_act n WHERE n.subject = d.subject
            AND n.moment > d.first_comment AND n.moment <= d.third_comment + $window) AS around,
    coalesce(j.moment <= d.third_comment + $window, false) AS joined,
    j.moment IS NOT NULL AS joined_ever,
    coalesce(k.moment <= d.third_comment + $window, false) AS elsewhere
FROM drawn d
LEFT JOIN first_join j ON j.subject = d.subject AND j.post = d.post
LEFT JOIN spoken k ON k.subject = d.subject AND k.post = d.post
JOIN span c ON c.subject = d.subject AND c.channel = d.channel
WHERE d.third_comment + $window <= c.ends
    AND c.inbound <> 'none' AND c.outbound <> 'none'
    AND d.published >= $since AND d.published <= $until;
