-- Approaches that could be answered, as the waiting sets read them. `answered`: -1 where no answer came in time.
SELECT cast(asker_number AS INTEGER) AS asker, cast(target_number AS INTEGER) AS target, moment,
    CASE WHEN answered <= moment + lapse THEN answered ELSE -1 END AS answered, cast(period AS INTEGER) AS period,
    cast(asker_class AS TINYINT) AS asker_class, cast(target_class AS TINYINT) AS target_class
FROM approach CROSS JOIN scope WHERE judged = 1
