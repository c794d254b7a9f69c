-- Who spoke to whom, by number: the mailbox without spam, programs, and what people say to themselves. `heard`: by a reply
-- or a comment, under `object`, the message or page it is written to. `direct`: not by an inherited mention. `stands`: it
-- was not deleted, and is no mention of an account of which not all mentions could be read.
SELECT i.thread, CASE WHEN i.via = 'reply' THEN i.parent ELSE i.thread END AS object, i.moment,
    coalesce(h.channel, -1) AS channel, g.number AS giver, t.number AS taker,
    cast(CASE WHEN i.via IN ('reply', 'comment') THEN 1 ELSE 0 END AS TINYINT) AS heard,
    cast(CASE WHEN i.via IN ('reply', 'comment', 'to') OR (i.via = 'mention' AND NOT i.inherited) THEN 1 ELSE 0 END
        AS TINYINT) AS direct,
    cast(CASE WHEN coalesce(i.deleted, false) OR (i.via = 'mention' AND u.actor IS NOT NULL) THEN 0 ELSE 1 END AS TINYINT)
        AS stands
FROM inbox i
JOIN account g ON g.actor = i.actor
JOIN account t ON t.actor = i.recipient
LEFT JOIN channel h ON h.name = i.channel
LEFT JOIN unseen u ON u.actor = i.recipient
WHERE g.number <> t.number AND NOT coalesce(i.spam, false)
    AND NOT coalesce(i.automatic, lower(i.client) IN (SELECT client FROM automatic_client), false)
    AND i.moment <= (SELECT as_of FROM scope)
