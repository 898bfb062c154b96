-- Query 5, hot items: the auctions with the most bids in the last ten seconds, every two seconds.
-- Here the two window aggregates are streams of their own, and the join has a bound in time: all rows of a window carry
-- the same time, its last millisecond.
CREATE STREAM bid (auction BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM auction_bids AS
SELECT auction, COUNT(*) AS num, _window_end AS endtime
FROM bid GROUP BY auction WINDOW SLIDING(10s, 2s) EMIT FINAL;

CREATE STREAM max_bids AS
SELECT endtime, MAX(num) AS maxn
FROM auction_bids GROUP BY endtime WINDOW TUMBLING(2s) EMIT FINAL;

CREATE STREAM q5 AS
SELECT A.auction, A.num, A.endtime
FROM auction_bids A JOIN max_bids M ON A.endtime = M.endtime AND A.num >= M.maxn WITHIN 1 SECOND;
