-- Questions on group channels, likewise; `replier`: -1 where no reply came in time.
SELECT asker, channel, moment,
    CASE WHEN answered <= moment + lapse THEN answered ELSE -1 END AS answered,
    CASE WHEN answered <= moment + lapse THEN replier ELSE -1 END AS replier,
    period, asker_class,
    replier_class
FROM question CROSS JOIN scope
