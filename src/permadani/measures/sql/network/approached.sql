-- Approaches by the one who approaches, and by the one approached, with the classes of both.
SELECT asker AS person, asker_class AS source, target_class AS target, count(*) AS acts
FROM approach GROUP BY asker, asker_class, target_class
