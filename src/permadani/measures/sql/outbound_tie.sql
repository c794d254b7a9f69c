-- Whom each message of the subject speaks to by its form: the author of what it replies to or comments on, where that is
-- in the store, and whom it is addressed to. One row a message and person; linked accounts are one person, and `person`
-- is NULL for the subject itself. `under`: the page that a comment without a parent stands under.
CREATE OR REPLACE TEMP TABLE outbound_tie AS
SELECT s.subject, o.object, CASE WHEN own.actor IS NULL THEN coalesce(p.person, o.recipient) END AS person,
    CASE WHEN o.via = 'comment' THEN o.thread END AS under
FROM outbox o
JOIN subject s ON o.actor = s.actor
LEFT JOIN subject own ON own.subject = s.subject AND own.actor = o.recipient
LEFT JOIN people p ON p.actor = o.recipient
WHERE o.via IN ('reply', 'comment', 'to') AND o.moment >= $since AND o.moment <= $as_of;
