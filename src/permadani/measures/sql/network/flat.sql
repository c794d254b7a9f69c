-- Channels with comments of which none replies to another: there nobody can see whether a comment was answered.
SELECT h.channel
FROM inbox i JOIN channel h ON h.name = i.channel
GROUP BY h.channel
HAVING max(CASE WHEN i.via = 'comment' THEN 1 ELSE 0 END) = 1
    AND max(CASE WHEN i.via = 'reply' AND i.parent <> i.thread THEN 1 ELSE 0 END) = 0
