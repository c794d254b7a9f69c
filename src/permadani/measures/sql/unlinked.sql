-- The subject's own messages that may have been answers but cannot be tied to anything: deleted without a known parent,
-- or a reply to what is not in the store, while nobody is named in it and it quotes nothing that is known.
CREATE OR REPLACE TEMP TABLE unlinked AS
SELECT o.subject, o.channel, o.object, o.published AS moment
FROM own_object o JOIN objects d ON d.id = o.object
ANTI JOIN objects p ON p.id = o.in_reply_to
ANTI JOIN objects q ON q.id = o.quotes
ANTI JOIN (SELECT subject, object FROM own_message WHERE via <> 'thread') m
    ON m.subject = o.subject AND m.object = o.object
WHERE NOT o.automatic AND (coalesce(d.deleted, false) OR o.in_reply_to IS NOT NULL);
