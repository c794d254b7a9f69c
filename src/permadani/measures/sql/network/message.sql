-- Every message of the channels asked for, with its author's number and whether it is a post: `why` is 0 for a post, else
-- why it is none (1 spam, 2 automatic, 3 deleted, 4 flat, 5 unobserved). `sure`: whether what was written to it was observed
-- completely. What is claimed of its author decides, else of who began the conversation, else of everybody there: the first
-- that reaches over the moment. `opening`: it begins a conversation.
-- `answered`: 0 never by anybody else, 1 later than the window or not known to be within, 2 within it. `old`: the window was observed to its end.
-- `followed_up`: so were the 90 days of a second post, and an answer's. `settled`: whether everybody's messages there are
-- completely known for so long that who was not seen before is new: 0 unknown, 1 no, 2 yes, 3 since the first message seen there;
-- what is claimed of one account tells that of a site of its own only.
SELECT m.object, m.number, m.channel, m.moment, m.root, m.opening,
    cast(CASE WHEN m.spam THEN 1 WHEN m.automatic THEN 2 WHEN m.deleted THEN 3 WHEN m.flat THEN 4 WHEN m.by = 0 THEN 5 ELSE 0
         END AS TINYINT) AS why,
    m.sure,
    cast(CASE WHEN m.sure = 0 OR m.begun IS NULL THEN 0 WHEN m.begun < -8000000000000000000 THEN 3
         WHEN m.moment < m.begun + 15552000000000 THEN 1 ELSE 2 END AS TINYINT) AS settled,
    cast(CASE WHEN m.moment + c.lapse <= m.known_until THEN 1 ELSE 0 END AS TINYINT) AS old,
    cast(CASE WHEN m.moment + 8985600000000 <= m.known_until THEN 1 ELSE 0 END AS TINYINT) AS followed_up,
    cast(CASE WHEN r.moment IS NULL THEN 0 WHEN r.moment <= m.moment + c.lapse THEN 2 ELSE 1 END AS TINYINT) AS answered
FROM (
    SELECT b.*,
        cast(CASE b.by WHEN 1 THEN b.own_sure WHEN 2 THEN b.thread_sure WHEN 3 THEN b.all_sure ELSE 0 END AS TINYINT) AS sure,
        CASE WHEN b.by = 3 THEN b.all_since WHEN b.site = 1 AND b.by = 2 THEN b.thread_since
             WHEN b.site = 1 AND b.by = 1 THEN b.own_since END AS begun,
        CASE b.by WHEN 1 THEN b.own_until WHEN 2 THEN b.thread_until WHEN 3 THEN b.all_until END AS known_until
    FROM (
        SELECT o.id AS object, n.number, h.channel, o.published AS moment, o.root,
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
        JOIN account n ON n.actor = o.actor AND n.channel >= 0
        LEFT JOIN claim a ON a.seat = n.seat AND a.channel = h.channel
        LEFT JOIN owner t ON t.thread = o.root
        LEFT JOIN everybody e ON e.channel = h.channel
        LEFT JOIN flat f ON f.channel = h.channel
        LEFT JOIN automatic_client k ON k.client = lower(o.client)
        WHERE o.published <= (SELECT as_of FROM scope)
    ) b
) m
CROSS JOIN scope c
LEFT JOIN answered r ON r.object = m.object
