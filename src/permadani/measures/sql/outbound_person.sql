-- Whom the replies that a person wrote speak to: one row a reply and person.
CREATE OR REPLACE TEMP TABLE outbound_person AS
SELECT DISTINCT t.subject, t.object, t.person, r.published, r.parent
FROM outbound_tie t
JOIN outbound_reply r ON r.subject = t.subject AND r.object = t.object AND r.kind = 'others' AND NOT r.automatic
WHERE t.person IS NOT NULL;
