-- Only URIs that a staged record uses and the store does not know yet.
INSERT INTO uris
SELECT s.id, min(s.uri) FROM staged_uris s ANTI JOIN uris k ON s.id = k.id GROUP BY s.id;
