-- Accounts of which not all mentions could be read: those that were seen are the answered ones.
SELECT DISTINCT a.id AS actor
FROM coverage c
JOIN actors a ON a.channel = c.channel AND (c.actor IS NULL OR c.actor = a.id)
WHERE c.direction = 'mentions' AND c.completeness <> 'complete'
