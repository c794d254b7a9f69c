-- One subject's view of the group's questions: each waits until anybody answers. `waited`: the subject was the first;
-- `gone`: somebody else was (or the subject with a sales pitch, which is no answer). `reached`: the subject did
-- something there while it was open, at most the window. Times in microseconds.
WITH mine AS (
    SELECT channel, ends FROM span
    WHERE subject = $subject AND inbound <> 'none' AND outbound <> 'none'
        AND channel IN (SELECT channel FROM group_channel)
),
acts AS (
    SELECT channel, published AS moment FROM own_object
    WHERE subject = $subject AND NOT automatic AND channel IN (SELECT channel FROM mine)
),
known AS (
    SELECT channel, direction, since, until FROM observed WHERE subject = $subject AND level = 'known'
),
asked AS (
    SELECT r.*, m.ends,
        CASE WHEN f.replier = $subject AND w.object IS NULL THEN f.moment - r.moment END AS waited,
        CASE WHEN f.replier <> $subject OR w.object IS NOT NULL THEN f.moment - r.moment END AS gone
    FROM group_root r JOIN mine m ON m.channel = r.channel
    LEFT JOIN group_reply f ON f.object = r.object
    LEFT JOIN own_pitch w ON w.subject = $subject AND w.object = f.reply
    ANTI JOIN (SELECT object FROM selling WHERE link AND phrases >= 1 + question::INTEGER) p ON p.object = r.object
    WHERE r.author <> $subject AND r.moment >= $since AND r.moment <= $until
),
followed AS (
    SELECT a.object, s.followers
    FROM asked a ASOF JOIN (SELECT k.* FROM standings k SEMI JOIN group_root g ON g.actor = k.actor) s
        ON s.actor = a.actor AND s.observed <= a.moment
)
SELECT a.object, a.author AS asker, a.object AS thread, a.channel, a.moment, year(make_timestamp(a.moment)) AS year,
    a.regular, coalesce(b.substance, 'unknown') AS substance,
    coalesce(s.followers, n.followers) AS standing, s.followers IS NOT NULL AS dated,
    coalesce(u.uri LIKE '%/name/%' AND u.uri NOT LIKE 'http%', false) AS weak,
    coalesce(c.moment - a.moment <= least($window, a.gone), false) OR coalesce(a.waited <= $window, false) AS reached,
    a.moment + $window <= $as_of
        AND EXISTS (SELECT 1 FROM known k WHERE k.channel = a.channel AND k.direction = 'inbound'
                    AND k.since <= a.moment AND k.until >= a.moment + $window)
        AND EXISTS (SELECT 1 FROM known k WHERE k.channel = a.channel AND k.direction = 'outbound'
                    AND k.since <= a.moment AND k.until >= a.moment + $window) AS ripe,
    coalesce(a.waited <= $window, false) AS answered, coalesce(a.waited > $window, false) AS late,
    a.waited IS NOT NULL AS structural, coalesce(a.waited <= $window, false) AS joined_in_time,
    a.waited IS NOT NULL AS joined_ever, false AS anywhere, a.waited, a.ends - a.moment AS watched,
    false AS acknowledged, 'root' AS via,
    (spoken_language(a.language, b.language) = w.language)::DOUBLE AS language_match,
    coalesce(f.moment < a.moment, false) AS prior_contact, a.gone AS "left", NULL::DOUBLE AS elsewhere
FROM asked a
ASOF LEFT JOIN acts c ON c.channel = a.channel AND c.moment > a.moment
LEFT JOIN substance b ON b.object = a.object
LEFT JOIN followed s ON s.object = a.object
LEFT JOIN actors n ON n.id = a.actor
LEFT JOIN uris u ON u.id = a.actor
LEFT JOIN (SELECT language FROM own_language WHERE subject = $subject) w ON true
LEFT JOIN contact f ON f.subject = $subject AND f.recipient = a.author
ORDER BY a.moment, a.object;
