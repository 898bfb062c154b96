-- Query 12, processing time windows: how many bids each bidder makes in ten seconds of arrival.
-- Here there is no processing time in SQL, since no two runs would agree: the time is the one at which the record was
-- written to its topic.
CREATE STREAM bid (bidder BIGINT) WITH ('topic' = 'bid', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q12 AS
SELECT bidder, COUNT(*) AS bid_count, _window_start AS starttime, _window_end AS endtime
FROM bid GROUP BY bidder WINDOW TUMBLING(10s) EMIT FINAL;
