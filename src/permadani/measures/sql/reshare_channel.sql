-- Channels on which reshares can be seen at all: somebody announced or quoted something there. Others are looked at
-- only where no subject did, so that one account's audit seldom reads all announces.
CREATE OR REPLACE TEMP TABLE reshare_channel AS
WITH own AS (
    SELECT a.channel FROM announces n JOIN subject s ON n.actor = s.actor JOIN actors a ON a.id = s.actor
    UNION
    SELECT channel FROM own_object WHERE quotes IS NOT NULL
),
lacking AS (
    SELECT DISTINCT channel FROM span WHERE channel NOT IN (SELECT channel FROM own)
)
SELECT channel FROM own
UNION
SELECT a.channel FROM announces n JOIN actors a ON a.id = n.actor SEMI JOIN lacking k ON k.channel = a.channel
UNION
SELECT o.channel FROM objects o SEMI JOIN lacking k ON k.channel = o.channel WHERE o.quotes IS NOT NULL;
