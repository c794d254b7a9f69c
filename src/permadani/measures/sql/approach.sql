-- The first message of one person to the subject in one thread, unless the subject had spoken to them there before.
-- What comes back from somebody the subject approached is an answer; an inherited mention speaks to nobody.
-- A message that was deleted upstream is left out here (and counted): after that nobody could answer it. So are sales
-- pitches, what the subject's statement names as abuse, and mentions where not all could be read. Its own pitches begin
-- nothing. Where the asker mentioned the subject unseen and later replies under one of its messages in that thread, the
-- reply is the approach – unless the subject had spoken to them there by then, for the conversation was answered already.
CREATE OR REPLACE TEMP TABLE approach AS
WITH addressed_to_subject AS (
    SELECT m.* FROM message m
    ANTI JOIN (SELECT subject, object FROM pitch UNION ALL SELECT subject, object FROM abuse
        UNION ALL SELECT subject, object FROM mention_unseen) u
        ON u.subject = m.subject AND u.object = m.object
    WHERE (via IN ('reply', 'comment', 'to') OR (via = 'mention' AND inherited IS FALSE))
        AND NOT spam AND NOT automatic AND NOT deleted
        AND channel NOT IN (SELECT channel FROM group_channel)
),
firsts AS (
    SELECT subject, asker, thread, moment, object, actor, channel, via, language
    FROM addressed_to_subject
    QUALIFY row_number() OVER (PARTITION BY subject, asker, thread ORDER BY moment, object) = 1
),
spoken AS (
    -- A direct reply to a message that spoke to the subject is an answer, whatever the clocks say: it was not first.
    SELECT m.subject, m.recipient, m.thread, m.moment FROM own_message m
    ANTI JOIN addressed_to_subject b ON b.subject = m.subject AND b.object = m.parent
    ANTI JOIN own_pitch p ON p.subject = m.subject AND p.object = m.object
    WHERE (m.via IN ('reply', 'comment', 'to') OR (m.via = 'mention' AND m.inherited IS FALSE)) AND NOT m.automatic
    UNION ALL
    -- Whoever quotes somebody speaks to them, in the thread that the quote begins.
    SELECT o.subject, b.asker, o.root, o.published
    FROM own_object o JOIN message b ON b.subject = o.subject AND b.object = o.quotes
    ANTI JOIN own_pitch p ON p.subject = o.subject AND p.object = o.object
    WHERE NOT o.automatic
),
spoken_first AS (
    SELECT subject, recipient, thread, min(moment) AS moment FROM spoken GROUP BY subject, recipient, thread
)
SELECT f.*, row_number() OVER (PARTITION BY f.subject, f.asker ORDER BY f.moment, f.object) > 1 AS regular
FROM firsts f
LEFT JOIN spoken_first s ON s.subject = f.subject AND s.recipient = f.asker AND s.thread = f.thread
WHERE s.moment IS NULL OR f.moment <= s.moment;
