-- Bare applause (ditto) or something of one's own (substantive): a transparent rule per language, in points.
-- Links and names are taken away. A word that is not among the commonest counts one, five of the commonest together
-- one; a sign that something is asked, doubted, corrected, compared or reasoned counts three, once; every phrase and
-- word of applause takes two away. Three points are substantive.
-- Without text, or in a language without a trusted rule, nobody knows: unknown. (Of the subject's own messages only a
-- sample goes through this: its language is guessed from them.) How often a person agrees: ../rules/agreement.toml.
CREATE OR REPLACE TEMP TABLE substance AS
WITH cleaned AS (
    -- long drawn letters are one: sooo, bangettt
    SELECT object, lower(split_part(replace(language, '_', '-'), '-', 1)) AS claim, question, link,
        CASE WHEN regexp_matches(words, 'aaa|eee|iii|ooo|uuu|hhh|mmm|nnn|ppp|rrr|sss|ttt|yyy') THEN
            regexp_replace(regexp_replace(words,
                '(a)aa+|(e)ee+|(i)ii+|(o)oo+|(u)uu+|(h)hh+|(y)yy+', '\1\2\3\4\5\6\7', 'g'),
                '(m)mm+|(n)nn+|(p)pp+|(r)rr+|(s)ss+|(t)tt+', '\1\2\3\4\5\6', 'g')
        ELSE words END AS words
    FROM wording WHERE received OR sampled
),
tokens AS (
    SELECT object, unnest(string_split(trim(words), '  ')) AS word FROM cleaned
),
hits AS (
    -- words that tell the language; Indonesian is also known by how its words begin and end
    SELECT object, count(*) AS n,
        count(*) FILTER (r.en_common OR r.en_praise OR r.en_turns OR r.en_telling) AS en_words,
        count(*) FILTER (r.id_common OR r.id_praise OR r.id_turns OR r.id_telling
            OR (r.word IS NULL AND (t.word LIKE '__%nya' OR t.word LIKE '___%kan' OR t.word LIKE 'ng_%'
                OR t.word LIKE 'meng%' OR t.word LIKE 'memp%' OR t.word LIKE 'peng%'))) AS id_words
    FROM tokens t LEFT JOIN rule_word r ON r.word = t.word
    GROUP BY object
),
spoken AS (
    SELECT c.*, trim(c.words) = '' AS empty,
        h.en_words + regexp_matches(c.words, $en_phrases)::INTEGER AS en,
        h.id_words + regexp_matches(c.words, $id_phrases)::INTEGER AS id,
        CASE WHEN c.claim IN ('en', 'id') THEN c.claim
             WHEN c.claim = 'in' THEN 'id'  -- the code that Twitter uses for Indonesian
             WHEN c.claim IS NOT NULL AND c.claim NOT IN ('', 'und') THEN NULL
             WHEN greatest(en, id) < h.n * 0.34 THEN NULL
             WHEN en = id THEN CASE WHEN en >= h.n THEN 'en' END  -- every word is both: it weighs the same
             WHEN en > id THEN 'en' ELSE 'id' END AS spoken
    FROM cleaned c JOIN hits h USING (object)
),
bare AS (
    -- one pattern for each branch: a pattern that varies by row would be compiled for each row
    SELECT object, spoken, question OR regexp_matches(words, $en_openings) AS asks,
        regexp_replace(words, $en_phrases, '  ✓  ', 'g') AS words FROM spoken WHERE spoken = 'en'
    UNION ALL
    SELECT object, spoken, question OR regexp_matches(words, $id_openings),
        regexp_replace(words, $id_phrases, '  ✓  ', 'g') FROM spoken WHERE spoken = 'id'
),
left_over AS (
    SELECT object, spoken, unnest(string_split(words, ' ')) AS word FROM bare
),
kinds AS (
    SELECT l.object,
        l.word = '✓' OR coalesce(CASE l.spoken WHEN 'en' THEN r.en_praise ELSE r.id_praise END, false) AS praise,
        coalesce(CASE l.spoken WHEN 'en' THEN r.en_turns ELSE r.id_turns END, false) AS turn,
        coalesce(CASE l.spoken WHEN 'en' THEN r.en_common ELSE r.id_common END, length(l.word) = 1) AS common
    FROM left_over l LEFT JOIN rule_word r ON r.word = l.word
    WHERE l.word <> ''
),
counted AS (
    SELECT object, count(*) FILTER (praise) AS praise, bool_or(turn AND NOT praise) AS turn,
        count(*) FILTER (common AND NOT praise AND NOT turn) AS common,
        count(*) FILTER (NOT praise AND NOT turn AND NOT common) AS own
    FROM kinds GROUP BY object
)
SELECT s.object,
    CASE WHEN s.empty AND s.link THEN 'unknown'
         WHEN s.empty THEN 'ditto'
         WHEN s.spoken IS NULL OR s.spoken NOT IN (SELECT unnest($trusted::VARCHAR[])) THEN 'unknown'
         WHEN n.own + n.common // 5 + 3 * (b.asks OR n.turn)::INTEGER - 2 * n.praise >= 3 THEN 'substantive'
         ELSE 'ditto' END AS substance,
    s.spoken AS language
FROM spoken s LEFT JOIN bare b ON b.object = s.object LEFT JOIN counted n ON n.object = s.object;
