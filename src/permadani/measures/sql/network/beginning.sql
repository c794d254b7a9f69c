-- From when on each channel is known completely; where that is open, from its first message on.
SELECT c.channel, CASE WHEN c.since > -9000000000000000000 THEN c.since ELSE f.moment END AS moment
FROM (SELECT channel, min(in_sure_since) AS since FROM claim WHERE in_sure_since IS NOT NULL GROUP BY channel) c
JOIN (SELECT channel, min(arrived) AS moment FROM presence GROUP BY channel) f ON f.channel = c.channel
