-- The subjects' own texts that may hold advice to engage (nothing automatic), cut to the length that is read: read once
-- for all subjects, since a look into all texts for each would take as many passes as there are accounts.
CREATE OR REPLACE TEMP TABLE advice AS
WITH short AS (
    SELECT o.subject, o.object, o.published, t.url, left(t.text, $longest_text) AS text
    FROM own_object o JOIN texts t ON t.object = o.object
    WHERE NOT o.automatic AND t.text IS NOT NULL
)
SELECT * FROM short s
WHERE regexp_matches(lower(s.text), $advice_stems) AND regexp_matches(lower(s.text), $advice_about);
