-- Blocks of 30 days in which a seat did anything, on channels where followers are counted.
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
