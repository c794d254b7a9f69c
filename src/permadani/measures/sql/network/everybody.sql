-- What is claimed of everybody on a channel.
SELECT channel, in_since, in_until, in_sure_since, in_sure_until, out_since, out_until, out_sure_since, out_sure_until
FROM claim WHERE seat IS NULL
