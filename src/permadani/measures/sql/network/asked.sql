-- Questions on group channels, likewise; `replier`: -1 where no reply came in time.
SELECT cast(asker_number AS INTEGER) AS asker, channel, moment,
    CASE WHEN answered <= moment + lapse THEN answered ELSE -1 END AS answered,
    CASE WHEN answered <= moment + lapse THEN cast(replier_number AS INTEGER) ELSE -1 END AS replier,
    cast(period AS INTEGER) AS period, cast(asker_class AS TINYINT) AS asker_class,
    cast(replier_class AS TINYINT) AS replier_class
FROM question CROSS JOIN scope
