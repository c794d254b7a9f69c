-- Approaches that could be answered, as the waiting sets read them. `answered`: -1 where no answer came in time.
SELECT asker, target, moment,
    CASE WHEN answered <= moment + lapse THEN answered ELSE -1 END AS answered, period,
    asker_class, target_class
FROM approach CROSS JOIN scope WHERE judged = 1
