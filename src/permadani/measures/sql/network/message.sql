-- Every message of the channels asked for, with its author's seat and whether it is a post: `why` is 0 for a post, else why
-- it is none (1 spam, 2 automatic, 3 deleted, 4 flat, 5 unobserved). `sure`: whether what was written to it was observed completely. What is claimed of its author decides,
-- else of who began the conversation, else of everybody there: the first that reaches over the moment. `known_until`: the
-- end of that claim. `begun`: from when on everybody's messages there are completely known; what is claimed of one
-- account tells that of a site of its own only. `opening`: it begins a conversation.
SELECT m.object, m.seat, m.channel, m.moment, m.root, m.opening,
    cast(CASE WHEN m.spam THEN 1 WHEN m.automatic THEN 2 WHEN m.deleted THEN 3 WHEN m.flat THEN 4 WHEN m.by = 0 THEN 5 ELSE 0
         END AS TINYINT) AS why,
    cast(CASE m.by WHEN 1 THEN m.own_sure WHEN 2 THEN m.thread_sure WHEN 3 THEN m.all_sure ELSE 0 END AS TINYINT) AS sure,
    CASE WHEN m.by = 3 THEN m.all_since WHEN m.site = 1 AND m.by = 2 THEN m.thread_since
         WHEN m.site = 1 AND m.by = 1 THEN m.own_since END AS begun,
    CASE m.by WHEN 1 THEN m.own_until WHEN 2 THEN m.thread_until WHEN 3 THEN m.all_until END AS known_until
FROM (
    SELECT o.id AS object, coalesce(s.seat, o.actor) AS seat, h.channel, o.published AS moment, o.root,
        cast(CASE WHEN o.root = o.id AND o.in_reply_to IS NULL THEN 1 ELSE 0 END AS TINYINT) AS opening,
        coalesce(o.spam, false) AS spam, coalesce(o.deleted, false) AS deleted,
        coalesce(o.automatic, k.client IS NOT NULL) AS automatic,
        f.channel IS NOT NULL AND o.in_reply_to IS NULL AND o.root <> o.id AS flat,
        CASE WHEN a.in_forgotten = 1 THEN 0
             WHEN o.published >= a.in_since AND o.published <= a.in_until THEN 1
             WHEN o.published >= t.in_since AND o.published <= t.in_until THEN 2
             WHEN o.published >= e.in_since AND o.published <= e.in_until THEN 3 ELSE 0 END AS by,
        CASE WHEN o.published >= a.in_sure_since AND o.published <= a.in_sure_until THEN 1 ELSE 0 END AS own_sure,
        CASE WHEN o.published >= t.in_sure_since AND o.published <= t.in_sure_until THEN 1 ELSE 0 END AS thread_sure,
        CASE WHEN o.published >= e.in_sure_since AND o.published <= e.in_sure_until THEN 1 ELSE 0 END AS all_sure,
        a.in_sure_since AS own_since, t.in_sure_since AS thread_since, e.in_sure_since AS all_since, h.site,
        a.in_until AS own_until, t.in_until AS thread_until, e.in_until AS all_until
    FROM objects o
    JOIN channel h ON h.name = o.channel
    LEFT JOIN seat s ON s.actor = o.actor
    LEFT JOIN claim a ON a.seat = coalesce(s.seat, o.actor) AND a.channel = h.channel
    LEFT JOIN owner t ON t.thread = o.root
    LEFT JOIN everybody e ON e.channel = h.channel
    LEFT JOIN flat f ON f.channel = h.channel
    LEFT JOIN automatic_client k ON k.client = lower(o.client)
    WHERE o.published <= (SELECT as_of FROM scope)
) m
