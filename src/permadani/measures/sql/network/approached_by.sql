-- Approaches by the one approached, with the classes of both; of those old enough, how many were answered in time.
SELECT target AS person, asker_class AS source, target_class AS target, count(*) AS acts
FROM approach GROUP BY target, asker_class, target_class
