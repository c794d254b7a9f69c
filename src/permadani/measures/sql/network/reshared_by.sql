-- Reshares by the author, with the classes of both.
SELECT taker_number AS person, giver_class AS source, taker_class AS target, count(*) AS acts
FROM reshare GROUP BY taker_number, giver_class, taker_class
