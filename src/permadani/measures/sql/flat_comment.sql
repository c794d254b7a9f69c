-- The subject's comments that stand directly under a post, so that only their words can tell whom they answer: one
-- row for each word that may begin a name (@word, +word, or word at the start of a line).
CREATE OR REPLACE TEMP TABLE flat_comment AS
WITH plain AS (
    SELECT o.subject, o.object, o.published, o.root, lower(t.text) AS text
    FROM own_object o JOIN texts t ON t.object = o.object
    WHERE o.root <> o.object AND (o.in_reply_to IS NULL OR o.in_reply_to = o.root) AND NOT o.automatic
        AND t.text IS NOT NULL
)
SELECT subject, object, published, root, text,
    unnest(list_distinct(regexp_extract_all(text, '(?m)(?:^|[@+])([\p{L}\p{N}_]+)', 1))) AS word
FROM plain;
