-- Bare applause (ditto) or something of one's own (substantive): a transparent rule per language.
-- Links and names are taken away, then the language's phrases of applause, then its praise words. What is left is
-- substantive if it has six words, or three that are not among the commonest, or asks something in three words.
-- Without text, or in a language without a rule, nobody knows: unknown.
-- (Of the subject's own messages only a sample goes through this: its language is guessed from them.)
CREATE OR REPLACE TEMP TABLE substance AS
WITH cleaned AS (
    SELECT object, lower(split_part(replace(language, '_', '-'), '-', 1)) AS claim, question, link AS has_link, words
    FROM wording WHERE received OR sampled
),
tokens AS (
    SELECT object, unnest(string_split(trim(words), '  ')) AS word FROM cleaned
),
hits AS (
    SELECT object, count(*) AS n, count(*) FILTER (r.en_common) AS en_common, count(*) FILTER (r.id_common) AS id_common,
        count(*) FILTER (r.en_praise) AS en_praise, count(*) FILTER (r.id_praise) AS id_praise
    FROM tokens t LEFT JOIN rule_word r ON r.word = t.word
    GROUP BY object
),
spoken AS (
    SELECT c.*, trim(c.words) = '' AS empty,
        h.en_common + regexp_matches(c.words, $en_phrases)::INTEGER AS en,
        h.id_common + regexp_matches(c.words, $id_phrases)::INTEGER AS id,
        CASE WHEN c.claim IN ('en', 'id') THEN c.claim
             WHEN c.claim = 'in' THEN 'id'  -- the code that Twitter uses for Indonesian
             WHEN c.claim IS NOT NULL AND c.claim NOT IN ('', 'und') THEN NULL
             WHEN en = id AND h.en_praise = h.id_praise THEN NULL
             WHEN greatest(en + h.en_praise, id + h.id_praise) < h.n * 0.12 THEN NULL
             WHEN (en, h.en_praise) > (id, h.id_praise) THEN 'en' ELSE 'id' END AS spoken
    FROM cleaned c JOIN hits h USING (object)
),
bare AS (
    -- one pattern for each branch: a pattern that varies by row would be compiled for each row
    SELECT object, spoken, regexp_replace(words, $en_phrases, '  ', 'g') AS words FROM spoken WHERE spoken = 'en'
    UNION ALL
    SELECT object, spoken, regexp_replace(words, $id_phrases, '  ', 'g') FROM spoken WHERE spoken = 'id'
),
left_over AS (
    SELECT object, spoken, unnest(string_split(words, ' ')) AS word FROM bare
),
own AS (
    SELECT object,
        count(*) FILTER (NOT praised) AS words,
        count(*) FILTER (NOT praised AND NOT common) AS rare
    FROM (
        SELECT l.object, coalesce(CASE l.spoken WHEN 'en' THEN r.en_praise ELSE r.id_praise END, false) AS praised,
            coalesce(CASE l.spoken WHEN 'en' THEN r.en_common ELSE r.id_common END, false) AS common
        FROM left_over l LEFT JOIN rule_word r ON r.word = l.word
        WHERE l.word <> ''
    ) GROUP BY object
)
SELECT s.object,
    CASE WHEN s.empty AND s.has_link THEN 'unknown'
         WHEN s.empty THEN 'ditto'
         WHEN s.spoken IS NULL THEN 'unknown'
         WHEN o.words >= 6 OR o.rare >= 3 OR (s.question AND o.words >= 3) THEN 'substantive'
         ELSE 'ditto' END AS substance,
    s.spoken AS language
FROM spoken s LEFT JOIN own o ON o.object = s.object;
