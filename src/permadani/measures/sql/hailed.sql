-- Whom the subject calls as @handle or @name in a post of its own of which the source does not tell whom it addresses.
-- No answer and no contact: only a sign that somebody was perhaps answered elsewhere.
CREATE OR REPLACE TEMP TABLE hailed AS
WITH plain AS (
    SELECT o.subject, o.object, o.published, lower(t.text) AS text
    FROM own_object o JOIN texts t ON t.object = o.object
    ANTI JOIN (SELECT subject, object FROM own_message WHERE via IN ('to', 'mention')) m
        ON m.subject = o.subject AND m.object = o.object
    WHERE NOT o.automatic AND contains(t.text, '@')
),
words AS (
    SELECT *, unnest(list_distinct(regexp_extract_all(text, '@([\p{L}\p{N}_]+)', 1))) AS word FROM plain
)
SELECT DISTINCT w.subject, c.asker AS recipient, w.object, w.published AS moment
FROM words w JOIN called c ON c.subject = w.subject AND c.first_word = w.word
WHERE c.name = c.first_word OR contains(w.text, '@' || c.name);  -- patterns made of each name would be slow
