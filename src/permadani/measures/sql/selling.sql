-- How many different phrases of selling (rules/*.toml) are in each message that may be a pitch.
CREATE OR REPLACE TEMP TABLE selling AS
SELECT object, link, question, words, len(list_distinct(regexp_extract_all(words, $pitch))) AS phrases
FROM wording WHERE link OR own;
