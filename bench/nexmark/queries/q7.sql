-- Query 7, highest bid: the bids with the highest price of each ten seconds.
-- Here the window aggregate is a stream of its own, and the join has a bound in time: a window's row carries the time of
-- its last millisecond, its bids are at most ten seconds older.
CREATE STREAM bid (auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP, extra STRING) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM max_price AS
SELECT MAX(price) AS maxprice, TUMBLE_END(dateTime, INTERVAL '10' SECOND) AS endtime
FROM bid WINDOW TUMBLING(10s) EMIT FINAL;

CREATE STREAM q7 AS
SELECT B.auction, B.price, B.bidder, B.dateTime, B.extra
FROM bid B JOIN max_price M
  ON B.price = M.maxprice AND B.dateTime BETWEEN M.endtime - INTERVAL '10' SECOND AND M.endtime
  WITHIN (1 SECOND, 10 SECONDS);
