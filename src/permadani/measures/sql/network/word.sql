-- What two people said to each other directly, the one with the lesser number first: `forth` from them to the other.
SELECT i.thread, i.channel, i.moment, i.stands,
    CASE WHEN i.giver < i.taker THEN i.giver ELSE i.taker END AS low,
    CASE WHEN i.giver < i.taker THEN i.taker ELSE i.giver END AS high,
    CASE WHEN i.giver < i.taker THEN 1 ELSE 0 END AS forth
FROM spoken i
WHERE i.direct = 1 AND i.channel >= 0
