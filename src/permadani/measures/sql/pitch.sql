-- Sales pitches: what was written to the subject (`pitch`) and what it wrote to others itself (`own_pitch`).
-- A message is a pitch if it holds a link and a phrase of selling: one phrase, and one more for each question that may
-- make it an honest message: a question of its own, or the one it replies to.
-- The subject's own message is also a pitch if the same words (links, names and digits taken away, at least five) went
-- to at least five people, with such a phrase, and most of them had asked nothing, or it holds two phrases. A link alone
-- sells nothing: it may be where many found their answer. Where it is unknown what was asked, something was. `back`: sent to somebody who had written in that conversation.
-- `copied`: a pitch only because many people got the same words.
CREATE OR REPLACE TEMP TABLE pitch AS
SELECT m.subject, m.object FROM message m JOIN selling s ON s.object = m.object
WHERE s.link AND s.phrases >= 1 + s.question::INTEGER;

CREATE OR REPLACE TEMP TABLE own_pitch AS
WITH addressed AS (
    SELECT o.subject, o.object, m.recipient, m.thread, o.in_reply_to AS parent, o.in_reply_to IS NOT NULL AS known
    FROM own_object o JOIN own_message m ON m.subject = o.subject AND m.object = o.object
    WHERE (m.via IN ('reply', 'comment', 'to') OR (m.via = 'mention' AND m.inherited IS FALSE)) AND NOT o.automatic
    UNION ALL
    SELECT o.subject, o.object, b.asker, b.thread, o.quotes, true
    FROM own_object o JOIN message b ON b.subject = o.subject AND b.object = o.quotes WHERE NOT o.automatic
),
sent AS (
    SELECT * FROM addressed
    UNION ALL
    -- in a flat thread its words alone could tell whom it answers: each conversation counts as somebody
    SELECT o.subject, o.object, o.root, o.root, NULL, true FROM own_object o
    ANTI JOIN addressed a ON a.subject = o.subject AND a.object = o.object
    WHERE o.root <> o.object AND NOT o.automatic
),
heard AS (
    SELECT DISTINCT subject, asker, thread FROM message UNION SELECT DISTINCT subject, thread, thread FROM message
),
worded AS (
    SELECT e.subject, e.object, e.recipient, s.link, s.question, s.phrases, coalesce(q.question, e.known) AS asked,
        h.thread IS NOT NULL AS back,
        regexp_replace(regexp_replace(s.words, '[0-9]+', '', 'g'), ' +', ' ', 'g') AS plain
    FROM sent e JOIN (SELECT * FROM selling WHERE phrases >= 1) s ON s.object = e.object
    LEFT JOIN wording q ON q.object = e.parent AND q.received
    LEFT JOIN heard h ON h.subject = e.subject AND h.asker = e.recipient AND h.thread = e.thread
),
copies AS (
    SELECT subject, plain, count(DISTINCT recipient) AS recipients, avg(asked::INTEGER) AS asked
    FROM worded WHERE len(string_split(trim(plain), ' ')) >= 5 GROUP BY subject, plain
)
SELECT w.subject, w.object, max(coalesce(c.recipients, 1)) AS recipients,
    bool_or(w.back) AS back, NOT bool_or(w.link AND w.phrases >= 1 + w.question::INTEGER + w.asked::INTEGER) AS copied
FROM worded w LEFT JOIN copies c ON c.subject = w.subject AND c.plain = w.plain
WHERE (w.link AND w.phrases >= 1 + w.question::INTEGER + w.asked::INTEGER)
    OR (c.recipients >= 5 AND (c.asked < 0.5 OR w.phrases >= 2))
GROUP BY w.subject, w.object;
