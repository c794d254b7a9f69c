-- The moments at which the subject did something in public by itself: published, reshared or liked.
CREATE OR REPLACE TEMP TABLE own_act AS
SELECT subject, published AS moment FROM own_object WHERE NOT automatic
UNION
SELECT subject, moment FROM own_message WHERE NOT automatic
UNION
SELECT s.subject, a.published FROM announces a JOIN subject s ON a.actor = s.actor WHERE a.published <= $as_of
UNION
SELECT s.subject, l.published FROM likes l JOIN subject s ON l.actor = s.actor
WHERE l.published IS NOT NULL AND l.published <= $as_of;
