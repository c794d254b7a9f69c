-- Each approach with the first message that came back, and how it is known to belong to it:
-- structural (a reply or a quote), or named (in a flat thread, by the asker's name).
CREATE OR REPLACE TEMP TABLE answer AS
WITH returned AS (
    SELECT a.subject, a.object AS approach, m.object AS answer, m.moment, 'structural' AS matched_by
    FROM approach a JOIN own_message m
        ON m.subject = a.subject AND m.recipient = a.asker AND m.thread = a.thread AND m.moment >= a.moment
    WHERE m.via IN ('reply', 'to') AND NOT m.automatic
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
    JOIN flat_comment f ON f.subject = a.subject AND f.root = a.thread AND f.published >= a.moment
    JOIN called c ON c.subject = a.subject AND c.asker = a.asker
    WHERE contains(f.text, c.name)
        AND regexp_matches(f.text, '(?m)(?:[@+]' || regexp_escape(c.name) || '(?:$|[^\p{L}\p{N}_])|^'
            || regexp_escape(c.name) || ':)')
)
SELECT subject, approach, answer, moment, matched_by FROM returned
QUALIFY row_number() OVER (
    PARTITION BY subject, approach ORDER BY moment, matched_by <> 'structural', answer) = 1;
