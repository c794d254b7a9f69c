-- The first message of each channel that was seen (spam and automatic ones apart).
SELECT channel, min(arrived) AS moment FROM presence GROUP BY channel
