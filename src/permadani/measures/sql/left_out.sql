-- Why each other message is no approach: one word for each, so that nothing is missing and nothing counted twice.
-- spam, automatic, deleted; elsewhere (to somebody else in a conversation of the subject); inherited, or unclear,
-- mention; abuse, pitch; mention_unseen (where not all mentions could be read); same_conversation (an approach in it, or
-- such a mention, stands before); spoke_first (the subject did).
-- Messages on group channels, and on channels that are not covered both ways, are no part of the question.
CREATE OR REPLACE TEMP TABLE left_out AS
WITH begun AS (
    SELECT subject, asker, thread, min(moment) AS moment FROM approach GROUP BY subject, asker, thread
),
unseen AS (
    SELECT subject, asker, thread, min(moment) AS moment FROM mention_unseen GROUP BY subject, asker, thread
)
SELECT m.subject, m.object, m.moment, m.channel,
    CASE WHEN m.channel IN (SELECT channel FROM group_channel) THEN 'group_channel'
         WHEN coalesce(c.inbound, 'none') = 'none' OR coalesce(c.outbound, 'none') = 'none' THEN 'uncovered'
         WHEN m.spam THEN 'spam' WHEN m.automatic THEN 'automatic'
         WHEN m.via = 'thread' THEN 'elsewhere'
         WHEN m.deleted THEN 'deleted'
         WHEN b.object IS NOT NULL THEN 'abuse'
         WHEN m.inherited THEN 'inherited' WHEN m.inherited IS NULL THEN 'unclear'
         WHEN p.object IS NOT NULL THEN 'pitch'
         WHEN n.object IS NOT NULL AND coalesce(m.moment <= t.moment, true) THEN 'mention_unseen'
         WHEN t.asker IS NOT NULL OR e.moment < m.moment THEN 'same_conversation'
         ELSE 'spoke_first' END AS why
FROM message m
LEFT JOIN span c ON c.subject = m.subject AND c.channel = m.channel
LEFT JOIN (SELECT DISTINCT subject, object FROM abuse) b ON b.subject = m.subject AND b.object = m.object
LEFT JOIN pitch p ON p.subject = m.subject AND p.object = m.object
LEFT JOIN begun t ON t.subject = m.subject AND t.asker = m.asker AND t.thread = m.thread
LEFT JOIN mention_unseen n ON n.subject = m.subject AND n.object = m.object
LEFT JOIN unseen e ON e.subject = m.subject AND e.asker = m.asker AND e.thread = m.thread
ANTI JOIN approach a ON a.subject = m.subject AND a.object = m.object
    AND c.inbound <> 'none' AND c.outbound <> 'none';
