-- Mentions of the subject where not all mentions could be read: `mention_unseen`, one row a message, and what is claimed
-- of them (`mention_claim`), one row a claim and account.
-- Such a mention was seen because it was answered (it stands above the answer); those without an answer were not. To
-- count it would make the subject look better than it is. So it is no approach, makes nobody a regular, and what answers
-- it answers nothing that counts; but it remains a message of that conversation, and the answer an act of the subject's.
-- A claim speaks of one account: what is read of one says nothing of the others of the same person. What is claimed of
-- the account itself goes before what is claimed of everybody. Where mentions were read completely in one reading, it
-- matters nothing that another saw none. An open end stays open: no message lies behind it, seen or not.
CREATE OR REPLACE TEMP TABLE mention_claim AS
WITH told AS (
    SELECT actor, channel, completeness = 'complete' AS complete,
        coalesce(since, -9000000000000000000) AS since, coalesce(until, 9000000000000000000) AS until
    FROM coverage WHERE direction = 'mentions'
)
SELECT s.subject, s.actor, t.channel, t.complete, t.since, t.until FROM told t JOIN subject s ON s.actor = t.actor
UNION ALL
SELECT s.subject, s.actor, t.channel, t.complete, t.since, t.until
FROM told t JOIN actors a ON a.channel = t.channel JOIN subject s ON s.actor = a.id
ANTI JOIN told own ON own.actor = s.actor AND own.channel = t.channel
WHERE t.actor IS NULL;

CREATE OR REPLACE TEMP TABLE mention_unseen AS
WITH named AS (
    SELECT DISTINCT m.subject, m.object, m.asker, m.thread, m.moment, m.channel, i.recipient
    FROM (SELECT DISTINCT subject FROM mention_claim WHERE NOT complete) c
    JOIN message m ON m.subject = c.subject
    JOIN subject s ON s.subject = m.subject
    JOIN inbox i ON i.recipient = s.actor AND i.object = m.object
    WHERE m.via = 'mention' AND m.inherited IS FALSE AND i.via = 'mention'
),
account AS (
    SELECT n.subject, n.object, n.asker, n.thread, n.moment, count(c.actor) > 0 AND NOT bool_or(c.complete) AS unseen
    FROM named n LEFT JOIN mention_claim c ON c.subject = n.subject AND c.actor = n.recipient
        AND c.channel = n.channel AND c.since <= n.moment AND c.until >= n.moment
    GROUP BY n.subject, n.object, n.asker, n.thread, n.moment, n.recipient
)
-- whoever names two accounts of one person was seen if one of these sees all mentions
SELECT subject, object, asker, thread, moment FROM account
GROUP BY subject, object, asker, thread, moment HAVING bool_and(unseen);
