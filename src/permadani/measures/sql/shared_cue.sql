-- Pairs of accounts (one < other) with a cue in common, and what it is. Only accounts that are not one person already.
-- Addresses are compared without scheme, "www." and a final slash. A value that more than $most accounts share is a
-- firm's or a forum's, not a person's; a name without an account that came with several e-mail addresses is several
-- people. A profile address on another host than the account's own id is only claimed.
CREATE OR REPLACE TEMP TABLE shared_cue AS
WITH told AS (
    SELECT actor, kind, value FROM cues
    UNION ALL
    SELECT a.id, 'home', a.url FROM actors a JOIN uris u USING (id)
    WHERE a.url IS NOT NULL
        AND NOT (starts_with(u.uri, 'http') AND split_part(u.uri, '/', 3) <> split_part(a.url, '/', 3))
), every AS (
    SELECT DISTINCT actor, kind, CASE kind WHEN 'address' THEN value ELSE
        regexp_replace(lower(rtrim(regexp_replace(value, '^https?://(www\.|mobile\.|m\.)?', '', 'i'), '/')),
            '^twitter\.com/', 'x.com/') END AS value
    FROM told
), cue AS (
    SELECT actor, kind, value FROM every WHERE kind <> 'home'
), home AS (
    SELECT actor, value FROM every WHERE kind = 'home'
), several AS (
    SELECT c.actor FROM cue c JOIN uris u ON u.id = c.actor
    WHERE c.kind = 'address' AND contains(u.uri, '/name/') GROUP BY c.actor HAVING count(*) > 1
), said AS (
    SELECT c.actor, c.kind, c.value FROM cue c ANTI JOIN several s USING (actor)
), few AS (
    SELECT CASE kind WHEN 'me' THEN 'link' ELSE kind END AS kind, value FROM said
    GROUP BY ALL HAVING count(DISTINCT actor) BETWEEN 2 AND $most
), leads AS (
    SELECT DISTINCT s.actor AS origin, h.actor AS target, s.kind FROM said s JOIN home h USING (value)
    WHERE s.kind <> 'address' AND s.actor <> h.actor
), pairs AS (
    SELECT a.actor AS one, b.actor AS other, CASE f.kind WHEN 'address' THEN 'address' ELSE 'same_link' END AS reason,
        CASE f.kind WHEN 'address' THEN NULL ELSE a.value END AS value
    FROM few f JOIN said a ON a.value = f.value AND (a.kind = 'address') = (f.kind = 'address')
    JOIN said b ON b.value = f.value AND (b.kind = 'address') = (f.kind = 'address') AND a.actor < b.actor
    UNION ALL
    SELECT least(origin, target), greatest(origin, target), 'checked_link', NULL FROM leads WHERE kind = 'me'
    UNION ALL
    SELECT a.origin, a.target, 'mutual_link', NULL
    FROM leads a JOIN leads b ON b.origin = a.target AND b.target = a.origin WHERE a.origin < a.target
), apart AS (
    SELECT DISTINCT one, other, reason, value FROM pairs p
    ANTI JOIN people x ON x.actor = p.one AND x.person IN (SELECT person FROM people WHERE actor = p.other)
)
SELECT * FROM apart
UNION ALL
SELECT DISTINCT a.one, a.other, 'same_handle', NULL FROM apart a
JOIN actors x ON x.id = a.one JOIN actors y ON y.id = a.other
WHERE a.reason IN ('mutual_link', 'checked_link') AND lower(split_part(x.handle, '@', 1)) = lower(split_part(y.handle, '@', 1));
