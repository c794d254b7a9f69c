-- Who passed on whom at least once: ties by the one who passes on, and how many are returned.
SELECT a.giver AS person, count(*) AS given,
    sum(CASE WHEN b.giver IS NULL THEN 0 ELSE 1 END) AS returned
FROM (SELECT DISTINCT giver, taker FROM reshare) a
LEFT JOIN (SELECT DISTINCT giver, taker FROM reshare) b
    ON b.giver = a.taker AND b.taker = a.giver
GROUP BY a.giver
