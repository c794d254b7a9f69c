-- When the messages that were replied to were published, in microseconds, and how that is known: from the message
-- itself where it is in the store, else from its id. What is not known has no row. An article's time is never used:
-- comment systems date articles by their registration.
--
-- x         "snowflake" ids, in use from 29700859247 (4 November 2010) on: all bits but the last 22 are milliseconds since
--           1288834974657. Layout and epoch: IdWorker.scala in Twitter's own generator, github.com/twitter-archive/snowflake;
--           the first id: TweetedAt, github.com/oduwsdl/tweetedat.
-- bluesky   record keys of the form TID, atproto.com/specs/tid: 13 characters of base32-sortable; the last 10 bits name
--           the clock, all before them (the first 11 characters) are microseconds as the writer's program claims them.
-- mastodon  numbers of 17 or 18 digits in this form of address: the last 16 bits are a sequence, all before them
--           milliseconds (lib/mastodon/snowflake.rb in github.com/mastodon/mastodon). What would be before 2016, when
--           there was no Mastodon, is a number of another kind.
CREATE OR REPLACE TEMP TABLE parent_time AS
WITH parent AS (
    SELECT DISTINCT parent FROM outbound_person
),
held AS (
    SELECT k.id, k.published, k.kind FROM objects k SEMI JOIN parent p ON p.parent = k.id
),
named AS (
    SELECT p.parent,
        CASE WHEN starts_with(u.uri, 'x:status/') THEN try_cast(regexp_extract(
            u.uri, '^x:status/([0-9]{11,19})$', 1) AS BIGINT) END AS snowflake,
        CASE WHEN starts_with(u.uri, 'at://') THEN regexp_extract(
            u.uri, '^at://[^/]+/app\.bsky\.feed\.post/([2-7a-j][2-7a-z]{10})[2-7a-z]{2}$', 1) END AS tid,
        CASE WHEN starts_with(u.uri, 'https://') THEN try_cast(regexp_extract(
            u.uri, '^https://[^/]+/users/[^/]+/statuses/([1-9][0-9]{16,17})$', 1) AS BIGINT) END AS status
    FROM parent p JOIN uris u ON u.id = p.parent
    ANTI JOIN held h ON h.id = p.parent
)
SELECT id AS parent, published AS moment, 'store' AS known_by FROM held WHERE kind <> 'article'
UNION ALL
SELECT parent, ((snowflake >> 22) + 1288834974657) * 1000, 'x' FROM named WHERE snowflake >= 29700859247
UNION ALL
SELECT parent, list_sum(
    [(instr('234567abcdefghijklmnopqrstuvwxyz', tid[i]) - 1)::BIGINT << (55 - 5 * i) for i in range(1, 12)])::BIGINT, 'bluesky'
FROM named WHERE tid <> ''
UNION ALL
SELECT parent, (status >> 16) * 1000, 'mastodon' FROM named WHERE (status >> 16) >= 1451606400000;
