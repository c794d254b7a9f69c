-- Who passed on whom at least once: ties by the one who passes on, and how many are returned.
SELECT a.giver_number AS person, count(*) AS given,
    sum(CASE WHEN b.giver_number IS NULL THEN 0 ELSE 1 END) AS returned
FROM (SELECT DISTINCT giver_number, taker_number FROM reshare) a
LEFT JOIN (SELECT DISTINCT giver_number, taker_number FROM reshare) b
    ON b.giver_number = a.taker_number AND b.taker_number = a.giver_number
GROUP BY a.giver_number
