-- Standings as rungs: class + 4 x band. Classes 0 junior, 1 middle, 2 senior, 3 unknown, by the bounds of the channel;
-- bands of followers 0 (under 100) to 4 (100,000 or more), 5 where followers are not what people are ranked by.
-- `here` holds from a second of the block on. Small columns: this is looked up for every message.
SELECT v.number, v.block, v.first_second,
    cast(CASE WHEN v.here IS NOT NULL THEN
        CASE WHEN b.junior_to IS NULL THEN 3 WHEN v.here <= b.junior_to THEN 0 WHEN v.here >= b.senior_from THEN 2 ELSE 1 END
        + 4 * CASE WHEN v.followed = 0 THEN 5 WHEN v.here < 100 THEN 0 WHEN v.here < 1000 THEN 1 WHEN v.here < 10000 THEN 2
                   WHEN v.here < 100000 THEN 3 ELSE 4 END END AS TINYINT) AS here,
    cast(CASE WHEN v.before IS NOT NULL THEN
        CASE WHEN b.junior_to IS NULL THEN 3 WHEN v.before <= b.junior_to THEN 0 WHEN v.before >= b.senior_from THEN 2 ELSE 1 END
        + 4 * CASE WHEN v.followed = 0 THEN 5 WHEN v.before < 100 THEN 0 WHEN v.before < 1000 THEN 1
                   WHEN v.before < 10000 THEN 2 WHEN v.before < 100000 THEN 3 ELSE 4 END END AS TINYINT) AS before
FROM (
    SELECT s.number, s.channel, s.followed, t.block, t.here, t.before,
        cast(floor((t.first_seen - cast(t.block AS BIGINT) * 2592000000000) / 1000000.0) AS INTEGER) AS first_second
    FROM standing t JOIN seated s ON s.seat = t.seat
) v
JOIN bound b ON b.channel = v.channel
