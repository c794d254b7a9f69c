-- Bare applause (ditto) or something of one's own (substantive): a transparent rule per language.
-- Links and names are taken away, then the language's phrases of applause, then its praise words. What is left is
-- substantive if it has six words, or three that are not among the commonest, or asks something in three words.
-- Without text, or in a language without a rule, nobody knows: unknown.
CREATE OR REPLACE TEMP TABLE substance AS
WITH texts_of AS (
    SELECT DISTINCT m.object, m.language, t.text
    FROM message m JOIN texts t ON t.object = m.object
    WHERE t.text IS NOT NULL AND NOT m.deleted
),
cleaned AS (
    SELECT object, lower(split_part(replace(language, '_', '-'), '-', 1)) AS claim, text LIKE '%?%' AS question,
        trim(regexp_replace(regexp_replace(lower(text), '(https?://\S+|www\.\S+|[@+][\p{L}\p{N}_][\p{L}\p{N}_.\-]*)', ' ', 'g'),
            '[^\p{L}\p{N}]+', ' ', 'g')) AS words,
        regexp_matches(lower(text), 'https?://|www\.') AS has_link
    FROM texts_of
),
counted AS (
    SELECT *, string_split(words, ' ') AS list, words = '' AS empty,
        '  ' || replace(words, ' ', '  ') || '  ' AS spaced  -- so that neighbouring phrases share no blank
    FROM cleaned
),
hits AS (
    SELECT *, len(list) AS n,
        len(list_filter(list, lambda w: list_contains($en_common, w)))
            + regexp_matches(spaced, $en_phrases)::INTEGER AS en_hits,
        len(list_filter(list, lambda w: list_contains($id_common, w)))
            + regexp_matches(spaced, $id_phrases)::INTEGER AS id_hits,
        len(list_filter(list, lambda w: list_contains($en_praise, w))) AS en_praised,
        len(list_filter(list, lambda w: list_contains($id_praise, w))) AS id_praised
    FROM counted
),
spoken AS (
    SELECT *,
        CASE WHEN claim IN ('en', 'id') THEN claim
             WHEN claim = 'in' THEN 'id'  -- the code that Twitter uses for Indonesian
             WHEN claim IS NOT NULL AND claim NOT IN ('', 'und') THEN NULL
             WHEN en_hits = id_hits AND en_praised = id_praised THEN NULL
             WHEN greatest(en_hits + en_praised, id_hits + id_praised) < n * 0.12 THEN NULL
             WHEN (en_hits, en_praised) > (id_hits, id_praised) THEN 'en' ELSE 'id' END AS spoken
    FROM hits
),
left_over AS (
    SELECT *,
        string_split(trim(regexp_replace(regexp_replace(spaced,
            CASE spoken WHEN 'en' THEN $en_phrases ELSE $id_phrases END, '  ', 'g'), ' +', ' ', 'g')), ' ') AS rest
    FROM spoken
),
own_words AS (
    SELECT *,
        list_filter(rest, lambda w: w <> '' AND NOT list_contains(
            CASE spoken WHEN 'en' THEN $en_praise ELSE $id_praise END, w)) AS own
    FROM left_over
)
SELECT object,
    CASE WHEN empty AND has_link THEN 'unknown'
         WHEN empty THEN 'ditto'
         WHEN spoken IS NULL THEN 'unknown'
         WHEN len(own) >= 6 OR (question AND len(own) >= 3) THEN 'substantive'
         WHEN len(list_filter(own, lambda w: NOT list_contains(
            CASE spoken WHEN 'en' THEN $en_common ELSE $id_common END, w))) >= 3 THEN 'substantive'
         ELSE 'ditto' END AS substance,
    spoken AS language
FROM own_words;
