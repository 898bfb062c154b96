-- Query 11, user sessions: how many bids each bidder makes until he is silent for more than ten seconds.
CREATE STREAM bid (bidder BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q11 AS
SELECT bidder, COUNT(*) AS bid_count, _window_start AS starttime, _window_end AS endtime
FROM bid GROUP BY bidder WINDOW SESSION(10s) EMIT FINAL;
