-- Messages passed on: announces, and quotes by hand.
SELECT actor, object, published AS moment FROM announces WHERE published <= (SELECT as_of FROM scope)
UNION ALL
SELECT actor, quotes, published FROM objects
WHERE quotes IS NOT NULL AND NOT coalesce(spam, false) AND published <= (SELECT as_of FROM scope)
    AND NOT coalesce(automatic, lower(client) IN (SELECT client FROM automatic_client), false)
