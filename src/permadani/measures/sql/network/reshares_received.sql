-- Reshares by author and period of the reshare, over everybody who posted in that period (0 where nobody passed anything on).
SELECT p.number, p.period, cast(coalesce(r.reshares, 0) AS INTEGER) AS received
FROM (SELECT DISTINCT number, period FROM received) p
LEFT JOIN (SELECT taker, period, count(*) AS reshares FROM reshare GROUP BY taker, period) r
    ON r.taker = p.number AND r.period = p.period
