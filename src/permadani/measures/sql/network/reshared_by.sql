-- Reshares by the author, with the classes of both.
SELECT taker AS person, giver_class AS source, taker_class AS target, count(*) AS acts
FROM reshare GROUP BY taker, giver_class, taker_class
