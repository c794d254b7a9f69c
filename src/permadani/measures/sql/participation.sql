-- The subject's own posts that drew three comments of substance within 72 hours (unknown substance is not held
-- against a comment), whether it was around then, and whether it joined. Times in microseconds.
CREATE OR REPLACE TEMP TABLE participation AS
WITH comments AS (
    SELECT o.subject, o.object AS post, o.published, o.channel, m.moment,
        row_number() OVER (PARTITION BY o.subject, o.object ORDER BY m.moment) AS nth
    FROM own_object o
    JOIN message m ON m.subject = o.subject AND m.thread = o.object AND m.via IN ('reply', 'comment', 'thread')
    LEFT JOIN substance b ON b.object = m.object
    WHERE o.root = o.object AND NOT m.spam AND NOT m.automatic
        AND m.moment <= o.published + 72 * 3600000000
        AND coalesce(b.substance, 'unknown') <> 'ditto'
        AND o.channel NOT IN (SELECT channel FROM group_channel)
),
drawn AS (
    SELECT subject, post, any_value(published) AS published, any_value(channel) AS channel,
        min(moment) FILTER (nth = 1) AS first_comment, min(moment) FILTER (nth = 3) AS third_comment
    FROM comments GROUP BY subject, post HAVING count(*) >= 3
)
SELECT d.subject, d.post, d.published,
    EXISTS (SELECT 1 FROM own_act n WHERE n.subject = d.subject
            AND n.moment > d.first_comment AND n.moment <= d.third_comment + $window) AS around,
    EXISTS (SELECT 1 FROM own_object w WHERE w.subject = d.subject AND w.root = d.post AND w.object <> d.post
            AND NOT w.automatic
            AND w.published > d.first_comment AND w.published <= d.third_comment + $window) AS joined
FROM drawn d
JOIN span c ON c.subject = d.subject AND c.channel = d.channel
WHERE d.third_comment + $window <= least(c.ends, $as_of)
    AND c.inbound <> 'none' AND c.outbound <> 'none'
    AND d.published >= $since AND d.published <= $until;
