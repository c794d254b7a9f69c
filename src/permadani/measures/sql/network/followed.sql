-- Whether any follower count is known on a channel that can be used there (not one taken after its last message): then
-- people are ranked by followers there, else by the network.
SELECT h.channel,
    max(CASE WHEN a.followers IS NOT NULL OR k.observed <= l.moment THEN 1 ELSE 0 END) AS followed
FROM channel h
LEFT JOIN (SELECT channel, max(published) AS moment FROM objects GROUP BY channel) l ON l.channel = h.name
LEFT JOIN (SELECT channel, max(followers) AS followers FROM actors GROUP BY channel) a ON a.channel = h.name
LEFT JOIN (
    SELECT b.channel, min(s.observed) AS observed FROM standings s JOIN actors b ON b.id = s.actor GROUP BY b.channel
) k ON k.channel = h.name
GROUP BY h.channel
