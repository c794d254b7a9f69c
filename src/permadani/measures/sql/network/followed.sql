-- Whether any follower count is known on a channel that can be used there (not one taken after its last message): then
-- people are ranked by followers there, else by the network.
SELECT h.channel, max(CASE WHEN a.followers IS NOT NULL OR k.observed <= l.moment THEN 1 ELSE 0 END) AS followed
FROM channel h
LEFT JOIN (SELECT channel, max(published) AS moment FROM objects GROUP BY channel) l ON l.channel = h.name
LEFT JOIN actors a ON a.channel = h.name
LEFT JOIN (SELECT actor, min(observed) AS observed FROM standings GROUP BY actor) k ON k.actor = a.id
GROUP BY h.channel
