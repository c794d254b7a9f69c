-- What the subject published; automatic where the source says so, or else where the client is a known scheduler.
CREATE OR REPLACE TEMP TABLE own_object AS
SELECT s.subject, o.id AS object, o.actor, o.published, o.root, o.in_reply_to, o.quotes, o.kind, o.client, o.channel,
    o.language,
    coalesce(o.automatic, o.client IS NOT NULL AND lower(o.client) IN (SELECT client FROM automatic_client)) AS automatic,
    o.automatic IS NOT NULL OR o.client IS NOT NULL AS origin_known
FROM objects o JOIN subject s ON o.actor = s.actor
WHERE o.published <= $as_of;
