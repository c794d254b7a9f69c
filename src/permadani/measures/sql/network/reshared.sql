-- Reshares by the one who passes on, with the classes of both.
SELECT giver AS person, giver_class AS source, taker_class AS target, count(*) AS acts
FROM reshare GROUP BY giver, giver_class, taker_class
