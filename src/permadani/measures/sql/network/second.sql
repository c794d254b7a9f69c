-- People whose first post on a channel was that of a newcomer, long enough ago: how many posts came first, by whether they
-- were answered in time, and how many of these people wrote in a second conversation within 90 days.
SELECT f.answered, count(*) AS people, sum(CASE WHEN w.least_root < w.greatest_root THEN 1 ELSE 0 END) AS again
FROM (
    SELECT number, max(CASE WHEN in_time > 0 THEN 1 ELSE 0 END) AS answered
    FROM reception WHERE why = 0 AND period IS NOT NULL AND tenure = 0 AND followed_up = 1
        AND number NOT IN (SELECT number FROM twice)
    GROUP BY number
) f
JOIN (
    SELECT number, min(least_root) AS least_root, max(greatest_root) AS greatest_root
    FROM reception WHERE why NOT IN (1, 2) GROUP BY number
) w ON w.number = f.number
GROUP BY f.answered
