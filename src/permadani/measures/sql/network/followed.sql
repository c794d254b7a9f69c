-- Whether any follower count is known on a channel: then people are ranked by followers there, else by the network.
SELECT h.channel, max(CASE WHEN a.followers IS NOT NULL OR k.actor IS NOT NULL THEN 1 ELSE 0 END) AS followed
FROM channel h
LEFT JOIN actors a ON a.channel = h.name
LEFT JOIN (SELECT DISTINCT actor FROM standings) k ON k.actor = a.id
GROUP BY h.channel
