-- A language as claimed (`in` is Twitter's Indonesian; its q codes and a few others say that nobody knows), else as the
-- substance rule guessed.
CREATE OR REPLACE TEMP MACRO spoken_language(claim, guessed) AS
CASE lower(split_part(replace(claim, '_', '-'), '-', 1))
    WHEN 'in' THEN 'id' WHEN 'iw' THEN 'he'
    ELSE CASE WHEN claim IS NULL OR lower(split_part(replace(claim, '_', '-'), '-', 1))
                  IN ('', 'und', 'zxx', 'mul', 'mis', 'art')
              OR regexp_full_match(lower(claim), 'q[a-t][a-z]')
         THEN guessed ELSE lower(split_part(replace(claim, '_', '-'), '-', 1)) END
END;
