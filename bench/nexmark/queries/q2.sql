-- Query 2, selection: the bids on every 123rd auction.
CREATE STREAM bid (auction BIGINT, price BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q2 AS SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0;
