-- Channels with comments of which none replies to another: there nobody can see whether a comment was answered.
SELECT h.channel
FROM (
    SELECT channel, max(CASE WHEN via = 'reply' AND parent <> thread THEN 1 ELSE 0 END) AS linked
    FROM inbox
    WHERE channel IN (SELECT channel FROM inbox WHERE via = 'comment')
    GROUP BY channel
) i
JOIN channel h ON h.name = i.channel
WHERE i.linked = 0
