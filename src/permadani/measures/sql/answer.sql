-- Each approach with the first message that came back, and how it is known to belong to it:
-- structural (a reply or a quote), or named (in a flat thread, by the asker's name). A sales pitch answers nothing.
CREATE OR REPLACE TEMP TABLE answer AS
WITH replies AS (
    SELECT a.subject, a.object AS approach, m.object AS answer, m.moment
    FROM approach a JOIN own_message m ON m.subject = a.subject AND m.recipient = a.asker AND m.thread = a.thread
    WHERE (m.via IN ('reply', 'to') OR (m.via = 'comment' AND a.object = a.thread)) AND NOT m.automatic
        AND m.moment >= a.moment
    UNION ALL
    -- a direct reply follows what it replies to, also where its clock is up to a day behind
    SELECT a.subject, a.object, m.object, greatest(m.moment, b.moment + 1)
    FROM approach a
    JOIN message b ON b.subject = a.subject AND b.asker = a.asker AND b.thread = a.thread AND b.moment >= a.moment
    JOIN own_message m ON m.subject = b.subject AND m.parent = b.object AND m.recipient = b.asker
    WHERE m.via = 'reply' AND NOT m.automatic AND m.moment < a.moment AND m.moment >= b.moment - 86400000000
),
returned AS (
    SELECT *, 'structural' AS matched_by FROM replies
    UNION ALL
    SELECT a.subject, a.object, o.object, o.published, 'structural'
    FROM approach a
    JOIN message b ON b.subject = a.subject AND b.asker = a.asker AND b.thread = a.thread AND b.moment >= a.moment
    JOIN own_object o ON o.subject = a.subject AND o.quotes = b.object AND o.published >= a.moment
    WHERE NOT o.automatic
    UNION ALL
    SELECT a.subject, a.object, m.object, m.moment, 'named'
    FROM approach a JOIN own_message m
        ON m.subject = a.subject AND m.recipient = a.asker AND m.thread = a.thread AND m.moment >= a.moment
    WHERE m.via = 'mention' AND m.inherited IS FALSE AND NOT m.automatic
    UNION ALL
    SELECT a.subject, a.object, f.object, f.published, 'named'
    FROM approach a
    JOIN called c ON c.subject = a.subject AND c.asker = a.asker
    JOIN flat_comment f ON f.subject = a.subject AND f.root = a.thread AND f.word = c.first_word
        AND f.published >= a.moment
    -- a pattern of its own for each pair is dear: first whether the name is there at all
    WHERE (contains(f.text, '@' || c.name) OR contains(f.text, '+' || c.name) OR contains(f.text, c.name || ':'))
        AND regexp_matches(f.text, '(?m)(?:[@+]' || regexp_escape(c.name) || '(?:$|[^\p{L}\p{N}_])|^'
        || regexp_escape(c.name) || ':)')
)
SELECT r.subject, r.approach, r.answer, r.moment, r.matched_by FROM returned r
ANTI JOIN own_pitch p ON p.subject = r.subject AND p.object = r.answer
QUALIFY row_number() OVER (
    PARTITION BY r.subject, r.approach ORDER BY r.moment, r.matched_by <> 'structural', r.answer) = 1;
