-- Query 20, expand bid with auction: each bid on an auction of category 10 with the auction's columns.
-- Here the join has a bound in time: a bid comes at most a minute after its auction and five seconds before it.
CREATE STREAM bid (
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, dateTime TIMESTAMP, extra STRING
) WITH ('topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');
CREATE STREAM auction (
  id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, dateTime TIMESTAMP,
  expires TIMESTAMP, seller BIGINT, category BIGINT, extra STRING
) WITH (
  'topic' = 'auction', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q20 AS
SELECT B.auction, B.bidder, B.price, B.channel, B.url, B.dateTime AS bid_dateTime, B.extra AS bid_extra,
  A.itemName, A.description, A.initialBid, A.reserve, A.dateTime AS auction_dateTime, A.expires, A.seller, A.category,
  A.extra AS auction_extra
FROM bid B JOIN auction A ON B.auction = A.id WITHIN (1 MINUTE, 5 SECONDS)
WHERE A.category = 10;
