-- The subject's comments that stand directly under a post, so that only their words can tell whom they answer.
CREATE OR REPLACE TEMP TABLE flat_comment AS
SELECT o.subject, o.object, o.published, o.root, lower(t.text) AS text
FROM own_object o JOIN texts t ON t.object = o.object
WHERE o.root <> o.object AND (o.in_reply_to IS NULL OR o.in_reply_to = o.root) AND NOT o.automatic
    AND t.text IS NOT NULL;
