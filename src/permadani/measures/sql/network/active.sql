-- Blocks of 30 days in which a seat did anything or was spoken to, on channels where followers are counted: in these its
-- standing is asked for.
SELECT l.seat, cast(floor(o.published / 2592000000000.0) AS INTEGER) AS block
FROM objects o
LEFT JOIN seat s ON s.actor = o.actor
JOIN (SELECT seat FROM listened WHERE followed = 1) l ON l.seat = coalesce(s.seat, o.actor)
UNION
SELECT l.seat, cast(floor(i.moment / 2592000000000.0) AS INTEGER)
FROM inbox i
LEFT JOIN seat s ON s.actor = i.actor
JOIN (SELECT seat FROM listened WHERE followed = 1) l ON l.seat = coalesce(s.seat, i.actor)
UNION
SELECT l.seat, cast(floor(p.moment / 2592000000000.0) AS INTEGER)
FROM passed p
LEFT JOIN seat s ON s.actor = p.actor
JOIN (SELECT seat FROM listened WHERE followed = 1) l ON l.seat = coalesce(s.seat, p.actor)
UNION
SELECT l.seat, cast(floor(i.moment / 2592000000000.0) AS INTEGER)
FROM inbox i
LEFT JOIN seat s ON s.actor = i.recipient
JOIN (SELECT seat FROM listened WHERE followed = 1) l ON l.seat = coalesce(s.seat, i.recipient)
