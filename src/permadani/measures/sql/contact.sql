-- When the subject first addressed each person, anywhere: in reply, by mention or mail, by a quote, or by name in a flat
-- thread. Programs and sales pitches do not count. What answers a mention that does not count (mention_unseen.sql) is a
-- contact all the same: all that the subject wrote is known, so it tells as much of everybody.
CREATE OR REPLACE TEMP TABLE contact AS
SELECT subject, recipient, min(moment) AS moment FROM (
    SELECT m.subject, m.recipient, m.moment FROM own_message m
    ANTI JOIN own_pitch p ON p.subject = m.subject AND p.object = m.object
    WHERE (m.via IN ('reply', 'comment', 'to') OR (m.via = 'mention' AND m.inherited IS FALSE)) AND NOT m.automatic
    UNION ALL
    SELECT r.subject, a.asker, r.moment
    FROM answer r JOIN approach a ON a.subject = r.subject AND a.object = r.approach
) GROUP BY subject, recipient;
