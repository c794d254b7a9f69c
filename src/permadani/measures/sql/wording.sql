-- The words of what was written to the subjects or asked on their group channels (`received`), and of what they wrote
-- to others (`own`): without links and names, in lower case. Texts are read here once, for substance, language and pitches. Of a subject's own messages
-- without a claimed language some are `sampled` (ids are hashes, so the least are a sample): its language is guessed
-- from these.
CREATE OR REPLACE TEMP TABLE wording AS
WITH sample AS (
    SELECT object FROM own_object WHERE coalesce(language, '') IN ('', 'und') AND NOT automatic
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY object) <= 300
),
read AS (
    SELECT object, language, true AS received, false AS own, false AS sampled FROM message WHERE NOT deleted
    UNION ALL
    SELECT object, language, true, false, false FROM group_root
    UNION ALL
    SELECT object, language, false, true, false FROM own_object
    WHERE NOT automatic AND (root <> object OR quotes IS NOT NULL OR object IN (SELECT object FROM own_message))
    UNION ALL
    SELECT object, NULL, false, false, true FROM sample
),
folded AS (
    SELECT object, max(language) AS language, bool_or(received) AS received, bool_or(own) AS own,
        bool_or(sampled) AS sampled
    FROM read GROUP BY object
),
plain AS (
    SELECT f.*, regexp_matches(lower(t.text), 'https?://|www\.') AS link,
        regexp_replace(lower(t.text), '(https?://\S+|www\.\S+|[@+][\p{L}\p{N}_][\p{L}\p{N}_.\-]*)', ' ', 'g') AS text
    FROM folded f JOIN texts t ON t.object = f.object
    WHERE t.text IS NOT NULL
)
SELECT object, language, received, own, sampled, link, contains(text, '?') AS question,
    -- words stand apart by two blanks, so that neighbouring phrases share none
    '  ' || trim(regexp_replace(text, '[^\p{L}\p{N}]+', '  ', 'g')) || '  ' AS words
FROM plain;
