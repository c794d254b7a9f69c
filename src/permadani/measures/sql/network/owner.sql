-- Conversations begun by somebody of whom something is claimed: in these the claim speaks for everybody who writes there.
SELECT o.id AS thread, c.in_since, c.in_until, c.in_sure_since, c.in_sure_until, c.out_since, c.out_until
FROM objects o
LEFT JOIN seat s ON s.actor = o.actor
JOIN channel h ON h.name = o.channel
JOIN claim c ON c.seat = coalesce(s.seat, o.actor) AND c.channel = h.channel
WHERE o.root = o.id AND c.in_since IS NOT NULL
