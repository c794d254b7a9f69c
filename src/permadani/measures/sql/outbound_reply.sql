-- What the subject wrote, one row a message. `kind` says to whom:
-- others     a reply to somebody else (a comment is a reply to what it stands under, also where nothing tells what that is)
-- own        a reply within its own thread
-- unknown    a reply to what was not collected or is not told, addressed to nobody who is known
-- addressed  written to somebody, in reply to nothing
-- post       to its audience
CREATE OR REPLACE TEMP TABLE outbound_reply AS
WITH tied AS (
    SELECT subject, object, count(person) > 0 AS others, max(under) AS under
    FROM outbound_tie GROUP BY subject, object
)
SELECT o.subject, o.object, o.published, o.client, o.automatic, o.origin_known,
    coalesce(o.in_reply_to, t.under) AS parent,
    CASE WHEN coalesce(o.in_reply_to, t.under) IS NULL AND o.kind <> 'comment'
            THEN CASE WHEN t.others THEN 'addressed' ELSE 'post' END
         WHEN t.others THEN 'others'
         WHEN t.object IS NOT NULL THEN 'own'
         ELSE 'unknown' END AS kind
FROM own_object o LEFT JOIN tied t ON t.subject = o.subject AND t.object = o.object
WHERE o.published BETWEEN $since AND $until;
