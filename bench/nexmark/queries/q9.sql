-- Query 9, winning bids: the highest bid of each auction, the earliest of equal ones.
-- Here the join has a bound in time, and nothing is taken back: a bid is written when it is the best so far, and replaces
-- the auction's row in the table.
CREATE STREAM auction (
  id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, dateTime TIMESTAMP,
  expires TIMESTAMP, seller BIGINT, category BIGINT, extra STRING
) WITH (
  'topic' = 'auction', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');
CREATE STREAM bid (auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP, extra STRING) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE TABLE q9 AS
SELECT id PRIMARY KEY, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra,
  auction, bidder, price, bid_dateTime, bid_extra
FROM (
  SELECT A.*, B.auction, B.bidder, B.price, B.dateTime AS bid_dateTime, B.extra AS bid_extra,
    ROW_NUMBER() OVER (PARTITION BY A.id ORDER BY B.price DESC, B.dateTime ASC) AS rownum
  FROM auction A JOIN bid B
    ON A.id = B.auction AND B.dateTime BETWEEN A.dateTime AND A.expires
    WITHIN (0 SECONDS, 10 SECONDS)
) W
WHERE rownum <= 1;
